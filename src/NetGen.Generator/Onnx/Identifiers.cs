using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator;

/// <summary>Makes parameters of the names that inputs and outputs have in a file.</summary>
internal static class Identifiers
{
    // Metadata has room for a thousand letters; what is longer would fail where nobody can see why.
    private const int Longest = 200;

    /// <summary>The same with names that C# takes, all different.</summary>
    /// <param name="others">What else is called something beside them.</param>
    public static Port[] Of(IReadOnlyList<Port> ports, IEnumerable<string> others)
    {
        var taken = new HashSet<string>(others, StringComparer.Ordinal);
        return [.. ports.Select(port => port with { Name = Unique(port.Name, taken) })];
    }

    private static string Unique(string name, HashSet<string> taken)
    {
        var letters = new StringBuilder();
        foreach (char c in name.Take(Longest))
        {
            letters.Append(IsPart(c) ? c : '_');
        }

        if (letters.Length == 0 || !SyntaxFacts.IsIdentifierStartCharacter(letters[0]))
        {
            letters.Insert(0, '_');
        }

        string wanted = letters.ToString();
        string unique = wanted;
        for (int i = 2; !taken.Add(unique); i++)
        {
            unique = $"{wanted}_{Literal.Of(i)}";
        }

        return SyntaxFacts.GetKeywordKind(unique) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(unique) != SyntaxKind.None ? "@" + unique : unique;
    }
    // C# takes formats such as a zero-width space, but passes over them: names that differ in them alone are one.
    private static bool IsPart(char c) => SyntaxFacts.IsIdentifierPartCharacter(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format;
}
