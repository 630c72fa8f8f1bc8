using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Benchmarks.Generation;

namespace NetGen.Benchmarks.Regressions;

/// <summary>The generator itself: a new network, and an edit that concerns none.</summary>
[MemoryDiagnoser]
public class GeneratorBenchmarks
{
    private CSharpCompilation _compilation = null!;
    private Compilation _edited = null!;
    private GeneratorDriver _ran = null!;

    [Params(1, 100)]
    public int Networks { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _compilation = NetworkCompilation.Create(Enumerable.Range(0, Networks).Select(i => NetworkSource.Network(new NetworkShape(64 + i, 32, 10))));
        _edited = _compilation.AddSyntaxTrees(NetworkCompilation.Parse("class Unrelated { }"));
        _ran = NetworkCompilation.CreateDriver().RunGenerators(_compilation);
    }

    [Benchmark]
    public GeneratorDriver Compile() => NetworkCompilation.CreateDriver().RunGenerators(_compilation);

    [Benchmark]
    public GeneratorDriver UnrelatedEdit() => _ran.RunGenerators(_edited);
}
