using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;

namespace NetGen.Testing;

/// <summary>One generated file.</summary>
public sealed record GeneratedText(string HintName, string Text);

/// <summary>What a run of generator, analyzer and compiler gave.</summary>
/// <param name="Input">The compilation before the generator.</param>
/// <param name="Output">The compilation with what was generated.</param>
/// <param name="Driver">The driver after its first run, for what a test wants to run next.</param>
/// <param name="Sources">The generated files.</param>
/// <param name="DriverDiagnostics">The generator's own; there should never be any.</param>
/// <param name="AnalyzerDiagnostics">The analyzer's, without those that are suppressed in source.</param>
/// <param name="CompilationDiagnostics">The compiler's, hidden ones apart.</param>
public sealed record GeneratorRun(
    Compilation Input,
    Compilation Output,
    GeneratorDriver Driver,
    ImmutableArray<GeneratedText> Sources,
    ImmutableArray<Diagnostic> DriverDiagnostics,
    ImmutableArray<Diagnostic> AnalyzerDiagnostics,
    ImmutableArray<Diagnostic> CompilationDiagnostics)
{
    /// <summary>All files, each after a comment with its name.</summary>
    public string Text => Sources.Length == 1
        ? Sources[0].Text
        : string.Concat(Sources.Select(s => $"//// {s.HintName}\n{s.Text}\n"));

    public ImmutableArray<Diagnostic> AllDiagnostics => [.. DriverDiagnostics, .. AnalyzerDiagnostics, .. CompilationDiagnostics];

    /// <summary>Throws, with the diagnostics and the generated text, unless there is no error and no warning.</summary>
    public GeneratorRun MustBeClean()
    {
        ThrowAtWarnings(AllDiagnostics);
        return this;
    }

    internal static void ThrowAtWarnings(IEnumerable<Diagnostic> diagnostics)
    {
        Diagnostic[] bad = [.. diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning)];
        if (bad.Length > 0)
        {
            throw new InvalidOperationException(Describe(bad));
        }
    }

    // Each diagnostic with the lines around it: whole files would bury it.
    private static string Describe(IEnumerable<Diagnostic> diagnostics)
    {
        var text = new StringBuilder();
        foreach (Diagnostic diagnostic in diagnostics.Take(20))
        {
            text.Append(diagnostic).Append('\n');
            if (diagnostic.Location.SourceTree is not { } tree)
            {
                continue;
            }

            int wrong = diagnostic.Location.GetLineSpan().StartLinePosition.Line;
            string[] lines = tree.ToString().Split('\n');
            for (int line = Math.Max(0, wrong - 8); line < Math.Min(lines.Length, wrong + 4); line++)
            {
                text.Append($"{line + 1,5}{(line == wrong ? '>' : ' ')} {lines[line]}\n");
            }
        }

        return text.ToString();
    }
}
