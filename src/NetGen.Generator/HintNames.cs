using System.Globalization;
using System.Text;

namespace NetGen.Generator;

/// <summary>A network and what the names of its generated files start with.</summary>
internal sealed record NamedNetwork(string Name, NetworkModel Network);

/// <summary>A file as the compiler takes it.</summary>
internal sealed record HintedFile(string HintName, string Text);

/// <summary>
/// Names the generated files. The compiler compares their names without regard to case, and takes letters, digits
/// and a few signs alone; identifiers can hold more.
/// </summary>
internal static class HintNames
{
    // With the ending and the folders before it, well within what file systems take.
    private const int MaxLength = 100;

    public static IEnumerable<NamedNetwork> Assign(IEnumerable<NetworkModel> networks)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (NetworkModel network in networks.OrderBy(n => n.Type.FullName, StringComparer.Ordinal))
        {
            // A class with [Network] twice comes twice, and is the same both times.
            if (!seen.Add(network.Type.FullName))
            {
                continue;
            }

            string wanted = Clean(network.Type.FullName.Replace('+', '.'));
            string name = wanted;
            for (int i = 2; !taken.Add(name); i++)
            {
                name = wanted + "(" + i.ToString(CultureInfo.InvariantCulture) + ")";
            }

            yield return new NamedNetwork(name, network);
        }
    }

    /// <summary>Gives a file its whole name. No network's name holds a hyphen, so no two files meet.</summary>
    public static HintedFile Apply(string name, GeneratedFile file) =>
        new((file.HintSuffix.Length == 0 ? name : name + "-" + file.HintSuffix) + ".g.cs", file.Text);

    private static string Clean(string name)
    {
        var clean = new StringBuilder();
        foreach (char c in name.Length <= MaxLength ? name : name.Substring(name.Length - MaxLength))
        {
            clean.Append(char.IsLetterOrDigit(c) || c == '.' ? c : '_');
        }

        return clean.ToString();
    }
}
