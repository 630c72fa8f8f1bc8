using System.Globalization;
using System.Text;

namespace NetGen.Generator;

/// <summary>A class and what the names of its generated files start with.</summary>
internal sealed record NamedNetwork(string FullName, string Name);

/// <summary>A file as the compiler takes it.</summary>
internal sealed record HintedFile(string HintName, string Text);

/// <summary>
/// Names the generated files. The compiler compares their names without regard to case, and takes letters, digits
/// and a few signs alone; identifiers can hold more. A name is the class's own in nearly every program: only what
/// would meet another is decided for all classes together.
/// </summary>
internal static class HintNames
{
    // With the ending and the folders before it, well within what file systems take.
    private const int MaxLength = 100;

    /// <summary>Those of the classes that cannot have the name they would have alone, with the one they get.</summary>
    /// <param name="fullNames">Of all classes, in any order; none twice.</param>
    public static EquatableArray<NamedNetwork> Renamed(IEnumerable<string> fullNames)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var renamed = new List<NamedNetwork>();
        foreach (string fullName in fullNames.OrderBy(n => n, StringComparer.Ordinal))
        {
            string wanted = Wanted(fullName);
            string name = wanted;
            for (int i = 2; !taken.Add(name); i++)
            {
                name = wanted + "(" + i.ToString(CultureInfo.InvariantCulture) + ")";
            }

            if (name != wanted)
            {
                renamed.Add(new NamedNetwork(fullName, name));
            }
        }

        return renamed.ToEquatableArray();
    }

    /// <summary>Gives a class's files their whole names. No network's name holds a hyphen, so no two files meet.</summary>
    public static EquatableArray<HintedFile> Apply(CompiledNetwork network, EquatableArray<NamedNetwork> renamed)
    {
        string name = renamed.FirstOrDefault(n => n.FullName == network.FullName)?.Name ?? Wanted(network.FullName);
        return network.Files
            .Select(file => new HintedFile((file.HintSuffix.Length == 0 ? name : name + "-" + file.HintSuffix) + ".g.cs", file.Text))
            .ToEquatableArray();
    }

    private static string Wanted(string fullName)
    {
        string name = fullName.Replace('+', '.').Replace("@", "");
        var clean = new StringBuilder();
        foreach (char c in name.Length <= MaxLength ? name : name.Substring(name.Length - MaxLength))
        {
            clean.Append(char.IsLetterOrDigit(c) || c == '.' ? c : '_');
        }

        return clean.ToString();
    }
}
