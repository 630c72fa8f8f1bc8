using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests;

/// <summary>What a network may inherit, from source and from other assemblies.</summary>
public class InheritanceTests
{
    private const string Library = """
        using NetGen;
        [Network(2, Simd = Simd.None)] [Dense(1, Activation.Tanh)] public partial class Encoder { }
        public class Inner : Encoder { }
        public class Internal { internal int Step, _parameters; internal protected void Forward() { } private int InputCount; }
        public class Protected { internal protected int Step; protected virtual float[] _parameters { get; } }
        """;

    private static readonly Lazy<MetadataReference> Compiled = new(() =>
    {
        using var image = new MemoryStream();
        Assert.True(CompileHelper.Run(Library).Output.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    });

    [Fact]
    public void A_network_below_another_is_reported_and_breaks_nothing_else()
    {
        GeneratorRun run = CompileHelper.Run("""
            using NetGen;
            [Network(2)] [Dense(1)] public partial class Encoder { }
            [Network(3)] [Dense(2)] public partial class Policy : Encoder { public int Count => InputCount; }
            public class Derived : Encoder { public Encoder Copy() => Share(); }
            """);

        Assert.Equal(["NG0020"], run.AnalyzerDiagnostics.Select(d => d.Id));
        Assert.Empty(run.CompilationDiagnostics);
        Assert.All(run.Sources, s => Assert.StartsWith("Encoder", s.HintName, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Encoder", "NG0020")]
    [InlineData("Inner", "NG0020")]
    [InlineData("Internal")]
    [InlineData("Protected", "NG0021", "NG0021")]
    [InlineData("Missing")]
    [InlineData("Net")]
    public void A_base_class_of_another_assembly_counts_where_it_is_seen(string parent, params string[] ids)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        CSharpCompilation input = CompileHelper
            .CreateCompilation([("Net.cs", $"[NetGen.Network(2, Simd = NetGen.Simd.None)] [NetGen.Dense(1)] public partial class Net : {parent} {{ }}")], RunOptions.Default)
            .AddReferences(Compiled.Value);
        GeneratorDriver driver = CompileHelper.CreateDriver(RunOptions.Default)
            .RunGeneratorsAndUpdateCompilation(input, out Compilation output, out _, cancellation);

        Assert.Equal(ids, CompileHelper.Analyze(output).Select(d => d.Id));
        Assert.Equal(ids.Length == 0, !driver.GetRunResult().GeneratedTrees.IsEmpty);
        Assert.DoesNotContain(output.GetDiagnostics(cancellation), d => d.Id is "CS0108" or "CS0114");
    }
}
