using System.Text.RegularExpressions;

namespace NetGen.Generator;

/// <summary>Reads texts such as <c>sequence=576, height=64</c>.</summary>
internal static class Assignments
{
    // Names in files are anything, commas and equals signs among them: a name ends where a number and a comma, or the end, follow.
    private static readonly Regex One = new(@"\G\s*(\S.*?)\s*=\s*([-+]?[0-9][0-9.eE+-]*)\s*(?:,|$)", RegexOptions.CultureInvariant | RegexOptions.Singleline);

    /// <param name="setting">The property that has the text.</param>
    /// <exception cref="OnnxException">The text is something else.</exception>
    public static IReadOnlyList<(string Name, string Value)> Read(string text, string setting)
    {
        var all = new List<(string Name, string Value)>();
        int at = 0;
        while (at < text.Length && !string.IsNullOrWhiteSpace(text.Substring(at)))
        {
            Match match = One.Match(text, at);
            if (!match.Success)
            {
                throw new OnnxException($"{setting} = {Literal.Of(text)} is no list such as \"name=16, other=3\": it goes wrong at {OnnxException.Quote(text.Substring(at).Trim())}") { Setting = setting };
            }

            all.Add((match.Groups[1].Value, match.Groups[2].Value));
            at = match.Index + match.Length;
        }

        return all;
    }
}
