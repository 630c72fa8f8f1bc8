using NetGen.Generator;
using NetGen.Testing;

namespace NetGen.Numerics.Tests;

/// <summary>What MathMode.Fast gives up: the functions that have a fast form stay within the error that it states.</summary>
public sealed class FastMathTests(ITestOutputHelper output)
{
    private const int Units = 16;

    // Some two million floats, in order, or by default 200,000.
    private static readonly int Step = TestSet.Choose(byDefault: 9_973, full: 997, exhaustive: 97);

    private static readonly CompiledNetworks Networks = new("Fast", () => "namespace Fast { " + string.Concat(Enum.GetNames<Simd>().Select(simd =>
        $"[NetGen.Network({Units}, MathMode = NetGen.MathMode.Fast, Simd = NetGen.Simd.{simd})] "
        + $"[NetGen.Dense({Units}, NetGen.Activation.Tanh, Bias = false)] public partial class {simd} {{ }} ")) + "}");

    public static TheoryData<string> Widths => [.. Enum.GetNames<Simd>()];

    [Fact]
    public void Tanh_alone_has_a_fast_form() => Assert.Equal(["Tanh"], Functions.Fast.Select(row => row.Name));

    [Theory]
    [MemberData(nameof(Widths))]
    public void Tanh_stays_within_its_error(string width)
    {
        INetwork network = Identity(width);
        double bound = Functions.Get("Tanh", NetGen.Generator.MathMode.Fast).MaxUlps;
        var x = new float[Units];
        var y = new float[Units];
        (double Ulps, float At) worst = default;
        for (int bits = 0; bits < 0x7f800000 - (Units * Step); bits += Units * Step)
        {
            for (int i = 0; i < Units; i++)
            {
                x[i] = BitConverter.Int32BitsToSingle(bits + (i * Step)) * (i % 2 == 0 ? 1 : -1);
            }

            network.Forward(x, y);
            for (int i = 0; i < Units; i++)
            {
                double exact = Math.Tanh(x[i]);
                double ulp = Math.Max(float.Epsilon, MathF.BitIncrement((float)Math.Abs(exact)) - (double)(float)Math.Abs(exact));
                double off = Math.Abs(y[i] - exact) / ulp;
                worst = off > worst.Ulps ? (off, x[i]) : worst;

                // Not "greater than": a NaN must fail.
                Assert.True(off <= bound, $"tanh({x[i]:G9}) is off by {off:F2} ulp; {bound} are stated.");
            }
        }

        output.WriteLine($"{width}: {worst.Ulps:F3} ulp at {worst.At:G9}");
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_NaN_stays_a_NaN(string width)
    {
        var y = new float[Units];
        Identity(width).Forward([.. Enumerable.Repeat(float.NaN, Units)], y);

        Assert.All(y, value => Assert.True(float.IsNaN(value)));
    }

    // W = 1: the layer's outputs are tanh of its inputs.
    private static INetwork Identity(string width)
    {
        INetwork network = Networks.Create(width);
        network.SetParameters([.. Enumerable.Range(0, Units * Units).Select(i => i % (Units + 1) == 0 ? 1f : 0f)]);
        return network;
    }
}
