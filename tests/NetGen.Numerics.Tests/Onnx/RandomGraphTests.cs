using NetGen.Generator;

using NetGen.Testing;

namespace NetGen.Numerics.Tests.Onnx;

/// <summary>Random graphs against ONNX Runtime: the same in every run.</summary>
public sealed class RandomGraphTests
{
    private const int NetworksEach = 40;

    private static readonly int Graphs = TestSet.Choose(byDefault: 24, full: 240, exhaustive: 2_400);

    // Each graph with one of the ways to carry it out.
    private static readonly string[] Ways =
    [
        $"Simd = NetGen.Simd.{NetworkSpec.FewVectors}", "Simd = NetGen.Simd.Vector256", "Simd = NetGen.Simd.Vector128", "Simd = NetGen.Simd.None",
        "Simd = NetGen.Simd.None, Unroll = NetGen.Unroll.Full", "Simd = NetGen.Simd.None, Unroll = NetGen.Unroll.Loops",
    ];

    public static TheoryData<int> Chunks => [.. Enumerable.Range(0, (Graphs + NetworksEach - 1) / NetworksEach)];

    [Theory]
    [MemberData(nameof(Chunks))]
    public void Computes_what_ONNX_Runtime_does(int chunk)
    {
        OnnxCase[] cases =
        [
            .. Enumerable.Range(chunk * NetworksEach, Math.Min(NetworksEach, Graphs - (chunk * NetworksEach)))
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
