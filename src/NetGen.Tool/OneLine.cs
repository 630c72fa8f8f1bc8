using System.Globalization;

namespace NetGen.Tool;

/// <summary>Text of a file as a terminal may show it: whatever it holds, a piece of one line without escape sequences.</summary>
internal static class OneLine
{
    private const int LongestName = 80;
    private const int LongestMessage = 1000;

    public static string Name(string text) => Of(text, LongestName);

    public static string Message(string text) => Of(text, LongestMessage);

    private static string Of(string text, int longest)
    {
        string start = text.Length > longest ? text[..longest] + "…" : text;
        return new string([.. start.Select(c => IsShown(c) ? c : '?')]);
    }

    // Formats turn the direction of the text around them, for one.
    private static bool IsShown(char character) => char.GetUnicodeCategory(character) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
