using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NetGen.Unity.Tests;

/// <summary>Compiles scripts as Unity does: its class library, C# 9, and whatever the package's analyzer brings.</summary>
internal sealed class UnityCompiler(UnityPackage package)
{
    private static readonly CSharpParseOptions Language = new(
        LanguageVersion.CSharp9, DocumentationMode.None, preprocessorSymbols: ["UNITY_5_3_OR_NEWER", "UNITY_2022_3_OR_NEWER"]);

    // What Unity's compiler is told to say nothing of.
    private static readonly ImmutableDictionary<string, ReportDiagnostic> Silent = ImmutableDictionary.CreateRange(
        new[] { "CS0169", "CS0649", "CS0282", "CS1701", "CS1702" }.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Suppress)));

    public bool RefersToLibrary { get; init; } = true;

    public NullableContextOptions Nullable { get; init; } = NullableContextOptions.Disable;

    /// <summary>Paths of the additional files.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    public UnityBuild Compile(params string[] scripts)
    {
        var compilation = CSharpCompilation.Create(
            "Assembly-CSharp",
            scripts.Select((text, i) => CSharpSyntaxTree.ParseText(text, Language, $"Assets/Script{i}.cs")),
            References(),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                specificDiagnosticOptions: Silent,
                nullableContextOptions: Nullable));

        var failures = new List<string>();
        var analyzer = new AnalyzerFileReference(package.Generator, new PackageLoader());
        analyzer.AnalyzerLoadFailed += (_, failure) => failures.Add(failure.Message);
        ImmutableArray<ISourceGenerator> generators = analyzer.GetGenerators(LanguageNames.CSharp);
        ImmutableArray<DiagnosticAnalyzer> analyzers = analyzer.GetAnalyzers(LanguageNames.CSharp);
        Assert.Empty(failures);
        Assert.NotEmpty(generators);
        Assert.NotEmpty(analyzers);

        ImmutableArray<AdditionalText> files = [.. Files.Select(path => new PathText(path))];
        GeneratorDriver driver = CSharpGeneratorDriver
            .Create(generators, files, Language)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> ofGenerators);
        ImmutableArray<Diagnostic> all = output
            .WithAnalyzers(analyzers, new AnalyzerOptions(files))
            .GetAllDiagnosticsAsync()
            .GetAwaiter()
            .GetResult();
        return new UnityBuild(
            output,
            [.. ofGenerators.Concat(all).Where(d => d.Severity >= DiagnosticSeverity.Warning && !d.IsSuppressed).Select(d => d.ToString())],
            [.. driver.GetRunResult().GeneratedTrees.Select(tree => tree.FilePath)]);
    }

    private IEnumerable<MetadataReference> References() => Directory.EnumerateFiles(BuildInfo.Get("References"), "*.dll")
        .Concat(RefersToLibrary ? [package.Library] : [])
        .Select(path => MetadataReference.CreateFromFile(path));
}
