using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace NetGen.Runtime.Tests;

/// <summary>docs/reference.md says of <see cref="Trainer"/> what its properties are without being set, and what they say of themselves.</summary>
public class TrainerReferenceTests
{
    [Fact]
    public void ThePageHasTheDefaults()
    {
        string page = File.ReadAllText(PagePath()).ReplaceLineEndings("\n");
        string table = Table();
        Assert.True(page.Contains($"\n## Trainer\n", StringComparison.Ordinal), "docs/reference.md has no '## Trainer'.");
        Assert.True(page.Contains($"\n{table}", StringComparison.Ordinal), $"'## Trainer' of docs/reference.md is not what Trainer is, which is\n\n{table}");
    }

    private static string Table()
    {
        var trainer = new Trainer(new LinearModel());
        var documentation = XDocument.Load(Path.ChangeExtension(typeof(Trainer).Assembly.Location, ".xml"));
        var text = new StringBuilder("| property | default | |\n| --- | --- | --- |\n");
        foreach (PropertyInfo property in typeof(Trainer).GetProperties().OrderBy(property => property.MetadataToken))
        {
            XElement summary = documentation.Descendants("member")
                .Single(member => (string?)member.Attribute("name") == $"P:NetGen.Trainer.{property.Name}").Element("summary")!;
            text.Append($"| `{property.Name}` | {Shown(property.GetValue(trainer))} | {FirstSentence(summary)} |\n");
        }

        return text.ToString();
    }

    private static string Shown(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        LearningRateSchedule schedule when schedule == LearningRateSchedule.Constant => "`Constant`",
        IReadOnlyList<Metric> { Count: 0 } => "none",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string FirstSentence(XElement summary)
    {
        string text = string.Concat(summary.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "see" } see => $"`{((string)see.Attribute("cref")!).Split('.')[^1]}`",
            XElement element => $"`{element.Value}`",
            _ => node.ToString(),
        }));
        text = Regex.Replace(text, @"\s+", " ").Trim();
        return Regex.Match(text, @"^.*?\.(?= |$)").Value;
    }

    private static string PagePath([CallerFilePath] string file = "") =>
        Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "docs", "reference.md");
}
