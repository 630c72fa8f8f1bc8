using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator;

namespace NetGen.Benchmarks.Generation;

/// <summary>Drives the generator and the compiler in this process.</summary>
public static class NetworkCompilation
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private static readonly Lazy<IReadOnlyList<MetadataReference>> References = new(FindReferences);

    private static int _assemblies;

    public static CSharpCompilation Create(IEnumerable<string> sources) => CSharpCompilation.Create(
        "Networks" + Interlocked.Increment(ref _assemblies),
        sources.Select(Parse),
        References.Value,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));

    public static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, ParseOptions);

    public static GeneratorDriver CreateDriver() =>
        CSharpGeneratorDriver.Create([new NetGenGenerator().AsSourceGenerator()], parseOptions: ParseOptions);

    public static Assembly Load(IEnumerable<string> sources)
    {
        CreateDriver().RunGeneratorsAndUpdateCompilation(Create(sources), out Compilation compilation, out _);
        return Load(compilation);
    }

    /// <summary>Loads what needs no generator any more.</summary>
    public static Assembly Load(Compilation compilation)
    {
        using var image = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image);
        if (!result.Success)
        {
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(10)));
        }

        image.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(image);
    }

    // The framework that runs, the runtime library, and this program for the base class of the loops.
    private static IReadOnlyList<MetadataReference> FindReferences()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string[] own = [typeof(INetwork).Assembly.Location, typeof(NetworkCompilation).Assembly.Location];
        return
        [
            .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
                .Split(Path.PathSeparator)
                .Where(path => Path.GetDirectoryName(path) == framework)
                .Concat(own)
                .Select(path => MetadataReference.CreateFromFile(path)),
        ];
    }
}
