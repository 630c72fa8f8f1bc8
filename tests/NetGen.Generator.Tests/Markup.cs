using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace NetGen.Generator.Tests;

/// <summary>Source in which [|…|] marks where a diagnostic belongs.</summary>
internal sealed record Markup(string Source, TextSpan Span)
{
    public static Markup Parse(string text)
    {
        int start = text.IndexOf("[|", StringComparison.Ordinal);
        int end = text.IndexOf("|]", StringComparison.Ordinal) - 2;
        return new Markup(Regex.Replace(text, @"\[\||\|\]", ""), TextSpan.FromBounds(start, end));
    }
}
