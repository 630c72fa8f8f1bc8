using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using NetGen.Generator;

namespace NetGen.Testing;

/// <summary>
/// Runs the generator and the analyzer as the compiler does. Every run also checks that an unrelated edit finds
/// every step of the pipeline cached, so that no test can forget it.
/// </summary>
public static class CompileHelper
{
    // The SDK's NoWarn: a library for .NET 8 in a program for .NET 10 is no reason to warn.
    private static readonly Dictionary<string, ReportDiagnostic> SdkNoWarn = new()
    {
        ["CS1701"] = ReportDiagnostic.Suppress,
        ["CS1702"] = ReportDiagnostic.Suppress,
    };

    private static int _assemblies;

    public static GeneratorRun Run(string source, RunOptions? options = null) => Run([("Source.cs", source)], options);

    public static GeneratorRun Run(IEnumerable<(string Path, string Text)> sources, RunOptions? options = null)
    {
        (CSharpCompilation input, Compilation output, GeneratorDriver driver, ImmutableArray<Diagnostic> driverDiagnostics) =
            Generate(sources, options ?? RunOptions.Default);

        return new GeneratorRun(options ?? RunOptions.Default, input, output, driver, driverDiagnostics);
    }

    /// <summary>
    /// The compiled assembly; throws, with the diagnostics and the lines they are in, where there is any error or
    /// warning. Binding is most of the time that tests take, and this binds each method body once: the warnings are
    /// those that emitting gives, and the analyzer, which reads declarations alone, sees what there was before the
    /// generator.
    /// </summary>
    public static byte[] Emit(IEnumerable<(string Path, string Text)> sources, RunOptions options)
    {
        (CSharpCompilation input, Compilation output, _, ImmutableArray<Diagnostic> driverDiagnostics) = Generate(sources, options);
        using var image = new MemoryStream();
        EmitResult result = output.Emit(image, manifestResources: options.EmbedsFiles ? options.Files.Select(Resource) : null);
        GeneratorRun.ThrowAtWarnings([.. driverDiagnostics, .. Analyze(input, options), .. result.Diagnostics.Where(IsShown)]);
        return image.ToArray();
    }

    /// <summary>
    /// The same of text that was generated before: nothing in it is for the generator or the analyzer, which would bind every
    /// method body once more. Its documentation, which is half of small networks, is read where the generator runs.
    /// </summary>
    public static byte[] EmitGenerated(IEnumerable<(string Path, string Text)> sources, RunOptions options)
    {
        using var image = new MemoryStream();
        EmitResult result = CreateCompilation(sources, options with { Documentation = DocumentationMode.None }).Emit(image);
        GeneratorRun.ThrowAtWarnings([.. result.Diagnostics.Where(IsShown)]);
        return image.ToArray();
    }

    private static ResourceDescription Resource(string path) =>
        new(ProjectOptions.Resource(path), () => File.OpenRead(path), isPublic: true);

    public static CSharpCompilation CreateCompilation(IEnumerable<(string Path, string Text)> sources, RunOptions options)
    {
        SyntaxTree[] trees = [.. sources.Select(s => CSharpSyntaxTree.ParseText(s.Text, options.ParseOptions, s.Path))];
        return CSharpCompilation.Create(
            "Consumer" + Interlocked.Increment(ref _assemblies),
            trees,
            ConsumerReferences.Of(options.Framework).Where(reference => Path.GetFileNameWithoutExtension(reference.Display) != (options.Without ?? "")),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: options.Optimization,
                checkOverflow: options.Checked,
                platform: options.Platform,
                specificDiagnosticOptions: SdkNoWarn,
                warningLevel: options.WarningLevel,
                nullableContextOptions: options.LanguageVersion.MapSpecifiedToEffectiveVersion() >= LanguageVersion.CSharp8
                    ? options.Nullable
                    : NullableContextOptions.Disable)
                .WithSyntaxTreeOptionsProvider(options.EditorConfig is { } text ? new EditorConfigProvider(text) : null));
    }

    public static GeneratorDriver CreateDriver(RunOptions options) => CSharpGeneratorDriver.Create(
        [new NetGenGenerator(Entered(options)).AsSourceGenerator()],
        additionalTexts: Files(options),
        parseOptions: options.ParseOptions,
        optionsProvider: new ProjectOptions(options),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>What the analyzer reports, with a crash of it (AD0001) among it.</summary>
    public static ImmutableArray<Diagnostic> Analyze(Compilation compilation, RunOptions? options = null) =>
        Sorted(WithAnalyzer(compilation, options ?? RunOptions.Default).GetAnalyzerDiagnosticsAsync(CancellationToken.None).GetAwaiter().GetResult());

    /// <summary>What the analyzer reports in some of the files, as in an editor; the method bodies of all others stay unbound.</summary>
    internal static ImmutableArray<Diagnostic> AnalyzeFiles(Compilation compilation, IEnumerable<SyntaxTree> files, RunOptions options)
    {
        CompilationWithAnalyzers analysis = WithAnalyzer(compilation, options);
        return Sorted(files
            .SelectMany(file => analysis.GetAnalysisResultAsync(compilation.GetSemanticModel(file), filterSpan: null, CancellationToken.None).GetAwaiter().GetResult().GetAllDiagnostics())
            .Distinct()
            .Where(d => !d.IsSuppressed));
    }

    /// <summary>What compiler and analyzer report in one pass: two would bind every method body twice.</summary>
    internal static ImmutableArray<Diagnostic> Diagnose(Compilation compilation, RunOptions options) =>
        Sorted(WithAnalyzer(compilation, options).GetAllDiagnosticsAsync(CancellationToken.None).GetAwaiter().GetResult().Where(d => !IsCompilers(d) || IsShown(d)));

    internal static bool IsCompilers(Diagnostic diagnostic) => diagnostic.Id.StartsWith("CS", StringComparison.Ordinal);

    private static (CSharpCompilation Input, Compilation Output, GeneratorDriver Driver, ImmutableArray<Diagnostic> Diagnostics) Generate(
        IEnumerable<(string Path, string Text)> sources, RunOptions options)
    {
        CSharpCompilation input = CreateCompilation(sources, options);
        GeneratorDriver driver = CreateDriver(options)
            .RunGeneratorsAndUpdateCompilation(input, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
        Caching.AssertUnrelatedEditIsCached(driver, input, options);
        return (input, output, driver, diagnostics);
    }

    private static CompilationWithAnalyzers WithAnalyzer(Compilation compilation, RunOptions options) =>
        compilation.WithAnalyzers([new NetworkAnalyzer(Entered(options))], new AnalyzerOptions(Files(options), new ProjectOptions(options)));

    private static Action<string, Stage> Entered(RunOptions options) => (network, stage) => options.Entered?.Invoke(network, stage.ToString());

    private static ImmutableArray<AdditionalText> Files(RunOptions options) => [.. options.Files.Select(path => new BinaryFile(path))];

    private static ImmutableArray<Diagnostic> Sorted(IEnumerable<Diagnostic> diagnostics) => diagnostics
        .OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal)
        .ThenBy(d => d.Location.SourceSpan.Start)
        .ThenBy(d => d.Id, StringComparer.Ordinal)
        .ToImmutableArray();

    private static bool IsShown(Diagnostic diagnostic) =>
        diagnostic.Severity != DiagnosticSeverity.Hidden && !diagnostic.IsSuppressed && !IsMissingDoc(diagnostic);

    // Documentation is asked of what is generated, not of what tests declare.
    private static bool IsMissingDoc(Diagnostic diagnostic) =>
        diagnostic.Id == "CS1591" && !(diagnostic.Location.SourceTree is { } tree && GeneratedMembers.IsOurs(tree));
}
