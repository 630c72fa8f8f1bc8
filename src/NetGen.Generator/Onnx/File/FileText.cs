using System.Globalization;

namespace NetGen.Generator;

/// <summary>Text of a file as messages and comments of generated code may show it.</summary>
internal static class FileText
{
    private const int Longest = 80;

    /// <summary>
    /// Whatever the text holds, a piece of one line that ends no comment: names in a file are anything, and what follows a
    /// comment is compiled.
    /// </summary>
    public static string Shown(string text)
    {
        string start = text.Length > Longest ? text.Substring(0, Longest) : text;
        string line = new([.. start.Select(c => IsShown(c) ? c : '?')]);
        return line.Replace("*/", "*?") + (start.Length < text.Length ? "…" : "");
    }

    // Formats turn the direction of the text around them, for one.
    private static bool IsShown(char character) => char.GetUnicodeCategory(character) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
