namespace NetGen.Generator.Tests;

/// <summary>What a stage throws costs the network that it is about, and no other.</summary>
public class IsolationTests
{
    private const string Source = """
        using NetGen;
        [Network(2)] [Dense(3)] public partial class Net { public static int Size => InputCount + OutputCount; }
        [OnnxNetwork("policy.onnx")] public partial class Policy { }
        [Network(2)] [Dense(3)] public partial class Fine { }
        public static class Program
        {
            public static void Main()
            {
                new Net().Forward(new float[Net.Size], new float[Net.OutputCount]);
                new Fine().Forward(new float[2], new float[3]);
                INetwork net = new Net();
                IPredictor policy = new Policy();
                net.Share().TrainStep(new float[2], new float[3], 0.1f);
                policy.Share().Save("policy.safetensors");
            }
        }
        """;

    private static readonly RunOptions Project = RunOptions.Default with { Framework = ConsumerFramework.NetStandard20, Files = ModelFiles.All };

    public static TheoryData<string, string> Stages { get; } = new(
        from stage in Enum.GetNames<Stage>()
        from network in stage == nameof(Stage.Read) ? ["Policy"] : new[] { "Net", "Policy" }
        select (network, stage));

    [Theory]
    [MemberData(nameof(Stages))]
    public void An_exception_in_a_stage_is_an_error_of_its_network(string network, string stage)
    {
        GeneratorRun run = CompileHelper.Run(Source, Project with
        {
            Entered = (name, entered) => Throw(name == network && entered == stage, new KeyNotFoundException("The key 'z1'\nis  missing.")),
        });

        Assert.Empty(run.DriverDiagnostics);
        Diagnostic error = Assert.Single(run.AnalyzerDiagnostics);
        Assert.Equal("NG0031", error.Id);
        Assert.Equal(network, error.Location.SourceTree!.ToString().Substring(error.Location.SourceSpan.Start, error.Location.SourceSpan.Length));
        Assert.StartsWith($"'{network}' cannot be compiled because of a fault of NetGen: stage '{stage}' threw KeyNotFoundException: The key 'z1' is missing.; ", error.GetMessage(), StringComparison.Ordinal);
        Assert.All(new[] { "Net", "Policy", "Fine" }.Where(name => name != network), name => Assert.Contains(run.Sources, s => s.HintName == $"{name}-Contract.g.cs"));
        Assert.DoesNotContain(run.Sources, s => s.HintName == $"{network}-Contract.g.cs");

        // A class that could not be read has no outline.
        Assert.Equal(stage != nameof(Stage.Parse), run.CompilationDiagnostics.All(d => d.Severity < DiagnosticSeverity.Warning));
    }

    [Fact]
    public void What_is_wrong_in_every_network_is_an_error_of_each()
    {
        GeneratorRun run = CompileHelper.Run(Source, Project with { Entered = (_, stage) => Throw(stage == nameof(Stage.Plan), new InvalidOperationException()) });

        Assert.Empty(run.DriverDiagnostics);
        Assert.Equal(["NG0031", "NG0031", "NG0031"], run.AnalyzerDiagnostics.Select(d => d.Id));
        Assert.All(run.Sources, s => Assert.True(Steps.IsOutline(s)));
    }

    [Theory]
    [InlineData(nameof(Stage.Build))]
    [InlineData(nameof(Stage.Export))]
    public void Cancellation_passes_through(string stage)
    {
        var declared = new DeclaredNetwork(new NetworkOutline(Models.Of("2-1").Type, true, 2, 1), Models.Of("2-1"));
        var stages = new StageTracker(entered => Throw(entered.ToString() == stage, new OperationCanceledException()), CancellationToken.None);

        Assert.Throws<OperationCanceledException>(() => ClassCompiler.Compile(declared, Models.Consumer, stages));
    }

    [Fact]
    public void The_text_of_a_network_does_not_depend_on_others()
    {
        GeneratorRun alone = CompileHelper.Run("[NetGen.Network(2)] [NetGen.Dense(3)] public partial class Fine { }", Project);
        GeneratorRun among = CompileHelper.Run(Source, Project);

        Assert.All(alone.Sources, file => Assert.Contains(file, among.Sources));
    }

    private static void Throw(bool now, Exception exception)
    {
        if (now)
        {
            throw exception;
        }
    }
}
