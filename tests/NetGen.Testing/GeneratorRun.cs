using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;

namespace NetGen.Testing;

/// <summary>One generated file.</summary>
public sealed record GeneratedText(string HintName, string Text);

/// <summary>
/// What a run of generator, analyzer and compiler gave. Binding all that was generated is most of the time that tests take, so
/// it waits until somebody asks.
/// </summary>
/// <param name="options">How the consumer compiles.</param>
/// <param name="input">The compilation before the generator.</param>
/// <param name="output">The compilation with what was generated.</param>
/// <param name="driver">The driver after its first run, for what a test wants to run next.</param>
/// <param name="driverDiagnostics">The generator's own; there should never be any.</param>
public sealed class GeneratorRun(
    RunOptions options,
    Compilation input,
    Compilation output,
    GeneratorDriver driver,
    ImmutableArray<Diagnostic> driverDiagnostics)
{
    private readonly Lazy<ImmutableArray<Diagnostic>> _compiled = new(() => CompileHelper.Diagnose(output, options));
    private readonly Lazy<ImmutableArray<Diagnostic>> _analyzed = new(() => CompileHelper.AnalyzeFiles(output, input.SyntaxTrees, options));

    /// <summary>The compilation before the generator.</summary>
    public Compilation Input => input;

    /// <summary>The compilation with what was generated.</summary>
    public Compilation Output => output;

    /// <summary>The driver after its first run, for what a test wants to run next.</summary>
    public GeneratorDriver Driver => driver;

    /// <summary>The generated files.</summary>
    public ImmutableArray<GeneratedText> Sources { get; } =
        [.. driver.GetRunResult().Results[0].GeneratedSources.Select(s => new GeneratedText(s.HintName, s.SourceText.ToString()))];

    /// <summary>The generator's own; there should never be any.</summary>
    public ImmutableArray<Diagnostic> DriverDiagnostics => driverDiagnostics;

    /// <summary>The analyzer's of the user's files, without those that are suppressed in source.</summary>
    public ImmutableArray<Diagnostic> AnalyzerDiagnostics => _analyzed.Value;

    /// <summary>The compiler's, hidden ones apart.</summary>
    public ImmutableArray<Diagnostic> CompilationDiagnostics => [.. _compiled.Value.Where(CompileHelper.IsCompilers)];

    /// <summary>All files, each after a comment with its name.</summary>
    public string Text => Sources.Length == 1
        ? Sources[0].Text
        : string.Concat(Sources.Select(s => $"//// {s.HintName}\n{s.Text}\n"));

    /// <summary>Throws, with the diagnostics and the generated text, unless there is no error and no warning.</summary>
    public GeneratorRun MustBeClean()
    {
        ThrowAtWarnings([.. DriverDiagnostics, .. _compiled.Value]);
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
