using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace NetGen.Generator.Tests;

/// <summary>docs/reference.md says what the catalogue says: its tables are made of the rows.</summary>
public class ReferencePageTests
{
    [Fact]
    public void ThePageIsWhatTheCatalogueGives()
    {
        string page = File.ReadAllText(PagePath()).ReplaceLineEndings("\n");
        foreach ((string heading, string text) in Sections())
        {
            string section = Section(page, heading);
            Assert.True(section == text, $"'## {heading}' of docs/reference.md is not what the catalogue gives, which is\n\n{text}");
        }
    }

    private static IEnumerable<(string Heading, string Text)> Sections()
    {
        yield return ("Activations", Table(
            ["`Activation.`", "g(x)", "g′, of x and y = g(x)", "may be set", "`Initializer.Auto`"],
            Activations.All.Select(row => (string[])
            [
                Code(row.Name),
                row.Summary,
                row.OverLayer is null ? MathText.Print(row.Slope, ["x", "y"]) : "of all outputs",
                Options(row.Options),
                Code(row.Initializer),
            ])));
        yield return ("Losses", Table(
            ["`Loss.`", "of the prediction y and the target t", "may be set", "stable with"],
            Losses.All.Select(row => (string[])
            [
                Code(row.Name),
                row.Summary,
                Options(row.Options),
                row.FusedActivation is { } activation ? Code(activation) : "",
            ])));
        yield return ("Optimizers", Table(
            ["`Optimizer.`", "one step", "may be set", "remembers, in files as"],
            Optimizers.All.Select(row => (string[])
            [
                Code(row.Name),
                row.Summary,
                Options(row.Options),
                string.Join(", ", row.Slots.Select(slot => $"{slot.Name}: {Code(slot.StateName)}").Concat(row.Powers.Select(power => $"{power.Symbol}: {Code(power.StateName)}"))),
            ])));
        yield return ("Initializers", Table(
            ["`Initializer.`", "the weights"],
            Initializers.All.Select(row => (string[])[Code(row.Name), row.Summary])));
    }

    // From the heading's table to the next heading.
    private static string Section(string page, string heading)
    {
        int start = page.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/reference.md has no '## {heading}'.");
        int table = page.IndexOf("\n| ", start, StringComparison.Ordinal) + 1;
        int end = page.IndexOf("\n\n", table, StringComparison.Ordinal);
        return page[table..(end < 0 ? page.Length : end + 1)];
    }

    private static string Table(string[] head, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder();
        foreach (string[] row in (IEnumerable<string[]>)[head, [.. head.Select(_ => "---")], .. rows])
        {
            text.Append("| ").AppendJoin(" | ", row.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
        }

        return text.ToString();
    }

    private static string Options(IEnumerable<RowOption> options) =>
        string.Join(", ", options.Select(option => Code($"{option.Name} = {option.Default.ToString("R", CultureInfo.InvariantCulture)}")));

    private static string Code(string text) => $"`{text}`";

    private static string PagePath([CallerFilePath] string file = "") =>
        Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "docs", "reference.md");
}
