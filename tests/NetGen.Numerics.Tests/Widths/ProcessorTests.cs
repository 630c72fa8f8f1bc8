using NetGen.Numerics.Tests.Reference;

namespace NetGen.Numerics.Tests.Widths;

/// <summary>
/// Networks run with the vectors that the processor has. <see cref="HardwareFlagTests"/> runs this class again in
/// processes that are told to have less.
/// </summary>
public sealed class ProcessorTests
{
    /// <summary>The environment variable that gives such a process the lanes it must find.</summary>
    public const string ExpectedLanes = "NETGEN_TEST_LANES";

    private static readonly int[] Widths = [16, 8, 4, 0];

    // Wide enough that lengths of vectors round differently.
    private static readonly NetworkSpec Telltale = new("Telltale", 129, [new LayerSpec(65, "Tanh"), new LayerSpec(3)]);

    private static readonly Lazy<WidthNetworks> OneWidth = new(() => new WidthNetworks([Telltale]));
    private static readonly CompiledNetworks AnyWidth = new("Telltales", [Telltale]);

    public static TheoryData<string> Networks => [.. ProcessorNetworks.All.Select(n => n.Name)];

    [Fact]
    public void The_processor_has_what_the_flag_leaves()
    {
        string? expected = Environment.GetEnvironmentVariable(ExpectedLanes);
        Assert.SkipWhen(expected is null, "Nothing was taken from this process.");
        Assert.Equal(expected, ProcessorNetworks.Lanes.ToString());
    }

    [Fact]
    public void The_longest_vectors_of_the_processor_are_chosen()
    {
        float[][] ofWidths = [.. Widths.Select(lanes => Bits(OneWidth.Value.Create(Telltale.Name, lanes)))];
        float[] chosen = Bits(AnyWidth.Create(Telltale.Name));

        Assert.Equal(ProcessorNetworks.Lanes, Assert.Single(Widths, lanes => chosen.SequenceEqual(ofWidths[Array.IndexOf(Widths, lanes)])));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_network_computes_what_its_graph_means(string name) => ReferenceComparison.AssertSame(
        ProcessorNetworks.All.Single(n => n.Name == name), ProcessorNetworks.Create(name), rows: 70, seed: name.Length);

    /// <summary>Compiles all that this class runs, for the processes to find.</summary>
    internal static void Compile()
    {
        ProcessorNetworks.Create(ProcessorNetworks.All[0].Name);
        AnyWidth.Create(Telltale.Name);
        OneWidth.Value.Create(Telltale.Name, 0);
    }

    // What differs in the last place from one width to the next.
    private static float[] Bits(INetwork network)
    {
        var random = new Random(5);
        float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
        network.SetParameters(Draw(network.ParameterCount));
        float[] x = Draw(network.InputCount * 8);
        float[] t = Draw(network.OutputCount * 8);
        network.TrainBatch(x, t, 0.1f);
        network.TrainStep(x.AsSpan(0, network.InputCount), t.AsSpan(0, network.OutputCount), 0.1f);
        var parameters = new float[network.ParameterCount];
        network.GetParameters(parameters);
        return parameters;
    }
}
