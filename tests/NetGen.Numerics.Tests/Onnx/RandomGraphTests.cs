using NetGen.Generator;

namespace NetGen.Numerics.Tests.Onnx;

/// <summary>Random graphs against ONNX Runtime: the same in every run; ten times as many with NETGEN_EXHAUSTIVE=1.</summary>
public sealed class RandomGraphTests
{
    private const int Graphs = 240;
    private const int NetworksEach = 40;

    // Each graph with one of the ways to carry it out.
    private static readonly string[] Ways =
    [
        "", "Simd = NetGen.Simd.Vector256", "Simd = NetGen.Simd.Vector128", "Simd = NetGen.Simd.None",
        "Simd = NetGen.Simd.None, Unroll = NetGen.Unroll.Full", "Simd = NetGen.Simd.None, Unroll = NetGen.Unroll.Loops",
    ];

    private static bool IsExhaustive => Environment.GetEnvironmentVariable("NETGEN_EXHAUSTIVE") == "1";

    public static TheoryData<int> Chunks => [.. Enumerable.Range(0, (IsExhaustive ? 10 : 1) * Graphs / NetworksEach)];

    [Theory]
    [MemberData(nameof(Chunks))]
    public void Computes_what_ONNX_Runtime_does(int chunk)
    {
        OnnxCase[] cases =
        [
            .. Enumerable.Range(chunk * NetworksEach, NetworksEach)
                .Select(seed => RandomGraph.Grow(seed, steps: 4 + (seed % 17)) with { Options = Ways[seed % Ways.Length] }),
        ];
        var networks = new OnnxNetworks(cases);
        Assert.All(cases, c => OnnxComparison.AssertSame(c, networks));
    }

    [Fact]
    public void Computes_what_is_left_when_much_is_trivial()
    {
        OnnxCase[] cases =
        [
            .. Enumerable.Range(5000, NetworksEach)
                .Select(seed => RandomGraph.Grow(seed, steps: 3 + (seed % 11), isTrivial: true) with { Options = $"Training = {(seed % 2 == 0 ? "true" : "false")}{(Ways[seed % Ways.Length] is { Length: > 0 } way ? ", " + way : "")}" })
                .Where(DependsOnItsInputs),
        ];
        Assert.True(cases.Length > NetworksEach / 2);
        var networks = new OnnxNetworks(cases);
        Assert.All(cases, c => OnnxComparison.AssertSame(c, networks));

        static bool DependsOnItsInputs(OnnxCase @case)
        {
            try
            {
                _ = new OnnxReference(@case);
                return true;
            }
            catch (OnnxException e) when (e.Message.Contains("do not depend", StringComparison.Ordinal))
            {
                return false;
            }
        }
    }
}
