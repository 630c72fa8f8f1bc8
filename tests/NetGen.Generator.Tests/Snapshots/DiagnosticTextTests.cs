using System.Text;

namespace NetGen.Generator.Tests.Snapshots;

/// <summary>What users read when something is wrong, with the place that is underlined.</summary>
public class DiagnosticTextTests
{
    [Fact]
    public void Of_every_mistake()
    {
        var text = new StringBuilder();
        foreach (DiagnosticCase test in DiagnosticCase.All)
        {
            const string Usings = "using NetGen; ";
            var markup = Markup.Parse(Usings + test.Markup);
            GeneratorRun run = CompileHelper.Run(markup.Source, test.Project);
            foreach (Diagnostic diagnostic in run.AnalyzerDiagnostics)
            {
                int start = diagnostic.Location.SourceSpan.Start - Usings.Length;
                text.Append($"{markup.Source[Usings.Length..]}\n{new string(' ', start)}{new string('~', diagnostic.Location.SourceSpan.Length)}\n");
                text.Append($"{diagnostic.Severity} {diagnostic.Id}: {diagnostic.GetMessage()}\n\n");
            }
        }

        Snapshot.Verify(text.ToString(), extension: "txt");
    }
}
