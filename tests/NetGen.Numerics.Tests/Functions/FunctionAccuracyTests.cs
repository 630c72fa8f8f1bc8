using NetGen.Generator;
using NetGen.Testing;

namespace NetGen.Numerics.Tests;

/// <summary>
/// Holds every row of <see cref="Functions"/> to the error it states. Every 61st float of the range is
/// tried, and all those around the special points; all floats with NETGEN_EXHAUSTIVE=1, which takes minutes.
/// </summary>
public class FunctionAccuracyTests(ITestOutputHelper output)
{
    private const float Infinity = float.PositiveInfinity;

    // Where formulas change over, saturate, overflow or divide their range.
    private static readonly float[] SpecialPoints =
    [
        0, 1e-38f, 1.1754944e-38f, 5.9604645e-8f, 0.17328680f, 0.34657359f, 0.5f, 0.55f, 0.6931472f, 0.70710678f, 0.9f, 1,
        1.0397208f, 1.4142135f, 2, 3.9f, 3.95f, 9, 10, 13, 14.1f, 14.2f, 17, 18, 30, 85, 87.33655f, 88.37626f,
        88.72283f, 89, 103.9f, 104, 16777216, 1e30f, float.MaxValue,
    ];

    public static TheoryData<string> Names => [.. Functions.All.Select(row => row.Name)];

    public static TheoryData<string, float, float> SpecialValues => new()
    {
        { "Exp", 0, 1 },
        { "Exp", 1000, Infinity },
        { "Exp", Infinity, Infinity },
        { "Exp", 88.72284f, Infinity },
        { "Exp", -1000, 0 },
        { "Exp", -float.MaxValue, 0 },
        { "Exp", -Infinity, 0 },
        { "Exp", 1e-45f, 1 },
        { "Expm1", 0, 0 },
        { "Expm1", 1e-30f, 1e-30f },
        { "Expm1", -1e-30f, -1e-30f },
        { "Expm1", 88.72284f, Infinity },
        { "Expm1", 1000, Infinity },
        { "Expm1", Infinity, Infinity },
        { "Expm1", -1000, -1 },
        { "Expm1", -Infinity, -1 },
        { "Log", 1, 0 },
        { "Log", 0, -Infinity },
        { "Log", -0f, -Infinity },
        { "Log", -1e-45f, float.NaN },
        { "Log", -1, float.NaN },
        { "Log", -Infinity, float.NaN },
        { "Log", Infinity, Infinity },
        { "Log", 1e-45f, -103.278929f },
        { "Log1p", 0, 0 },
        { "Log1p", 1e-30f, 1e-30f },
        { "Log1p", 1e-45f, 1e-45f },
        { "Log1p", -1, -Infinity },
        { "Log1p", -1.0000001f, float.NaN },
        { "Log1p", -Infinity, float.NaN },
        { "Log1p", Infinity, Infinity },
        { "Tanh", 0, 0 },
        { "Tanh", 1e-45f, 1e-45f },
        { "Tanh", Infinity, 1 },
        { "Tanh", -Infinity, -1 },
        { "Sigmoid", 0, 0.5f },
        { "Sigmoid", 1000, 1 },
        { "Sigmoid", Infinity, 1 },
        { "Sigmoid", -90, 0 },
        { "Sigmoid", -1000, 0 },
        { "Sigmoid", -1e20f, 0 },
        { "Sigmoid", -float.MaxValue, 0 },
        { "Sigmoid", -Infinity, 0 },
        { "NormalCdf", 0, 0.5f },
        { "NormalCdf", 10, 1 },
        { "NormalCdf", Infinity, 1 },
        { "NormalCdf", -15, 0 },
        { "NormalCdf", -Infinity, 0 },
        { "Erf", 0, 0 },
        { "Erf", 1e-45f, 1e-45f },
        { "Erf", 4, 1 },
        { "Erf", Infinity, 1 },
        { "Erf", -Infinity, -1 },
    };

    private static bool IsExhaustive => Environment.GetEnvironmentVariable("NETGEN_EXHAUSTIVE") == "1";

    [Theory]
    [MemberData(nameof(Names))]
    public void The_error_stays_below_the_row_s_bound(string name)
    {
        FunctionRow row = Functions.Get(name);
        Assert.True(DoubleFunctions.All.ContainsKey(name), $"Add a reference for {name} to {nameof(DoubleFunctions)}.");

        Worst worst = FindWorst(row, FloatEvaluator.Compile(row), DoubleFunctions.All[name]);

        output.WriteLine($"{name}: {worst.Ulps:F3} ulp at {worst.X:G9}");
        Assert.True(
            worst.Ulps <= row.MaxUlps,
            $"{name}({worst.X:G9}) is off by {worst.Ulps:F3} ulp; the row states {row.MaxUlps}.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_NaN_stays_a_NaN(string name)
    {
        Func<float, float> function = FloatEvaluator.Compile(Functions.Get(name));

        Assert.Equal(float.NaN, function(float.NaN));
        Assert.Equal(float.NaN, function(-float.NaN));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_function_has_special_values(string name) =>
        Assert.Contains(SpecialValues, row => row.Data.Item1 == name);

    [Theory]
    [MemberData(nameof(SpecialValues))]
    public void Special_values_are_exact(string name, float x, float expected) =>
        Assert.Equal(expected, FloatEvaluator.Compile(Functions.Get(name))(x));

    [Theory]
    [InlineData("Tanh", -1f, 1f)]
    [InlineData("Erf", -1f, 1f)]
    [InlineData("Sigmoid", 0f, 1f)]
    [InlineData("NormalCdf", 0f, 1f)]
    [InlineData("Expm1", -1f, Infinity)]
    public void Results_stay_within_the_function_s_range(string name, float low, float high)
    {
        Func<float, float> function = FloatEvaluator.Compile(Functions.Get(name));

        for (float x = -120; x < 120; x += 0.00037f)
        {
            Assert.InRange(function(x), low, high);
        }
    }

    [Fact]
    public void Every_function_that_a_formula_calls_exists()
    {
        IEnumerable<Expr?> formulas =
        [
            .. Activations.All.SelectMany(a => new[] { a.Value, a.Slope }),
            .. Losses.All.SelectMany(l => new[] { l.Term, l.Slope, l.Outer, l.OuterSlope, l.FusedTerm, l.FusedSlope }),
            .. Functions.All.SelectMany(f => f.Steps.Select(s => s.Value).Append(f.Result)),
        ];

        IEnumerable<string> called = formulas
            .OfType<Expr>()
            .SelectMany(f => f.Descend())
            .OfType<Expr.FunctionCall>()
            .Select(c => c.Function)
            .Distinct();

        Assert.All(called, name => Assert.Contains(Functions.All, row => row.Name == name));
    }

    private static Worst FindWorst(FunctionRow row, Func<float, float> function, Func<double, double> exact)
    {
        IEnumerable<float> special = SpecialPoints
            .SelectMany(p => new[] { p, -p })
            .Append(row.Low)
            .Append(row.High)
            .SelectMany(Neighbours);
        Worst worst = special
            .Where(x => x >= row.Low && x <= row.High)
            .Aggregate(default(Worst), (w, x) => w.With(x, Ulps(function(x), exact(x))));

        // The floats in order are the integers in order; blocks of them go to the processors.
        const int BlockSize = 1 << 22;
        long first = Rank(row.Low);
        long last = Rank(row.High);
        int step = IsExhaustive ? 1 : 61;
        var gate = new Lock();
        Parallel.For(0, ((last - first) / BlockSize) + 1, block =>
        {
            Worst local = default;
            long end = Math.Min(last, first + ((block + 1) * BlockSize) - 1);
            for (long rank = first + (block * BlockSize); rank <= end; rank += step)
            {
                float x = FromRank(rank);
                local = local.With(x, Ulps(function(x), exact(x)));
            }

            lock (gate)
            {
                worst = worst.With(local.X, local.Ulps);
            }
        });
        return worst;
    }

    private static IEnumerable<float> Neighbours(float x) =>
        Enumerable.Range(-2000, 4001).Select(d => FromRank(Rank(x) + d)).Where(float.IsFinite);

    private static long Rank(float x)
    {
        int bits = BitConverter.SingleToInt32Bits(x);
        return bits >= 0 ? bits : int.MinValue - (long)bits;
    }

    private static float FromRank(long rank) =>
        BitConverter.Int32BitsToSingle(rank >= 0 ? (int)rank : (int)(int.MinValue - rank));

    // The distance in units of the exact value's last place; a NaN that should not be one is infinitely far.
    private static double Ulps(float actual, double exact)
    {
        double error = Math.Abs(actual - exact);
        int exponent = exact == 0 ? -126 : Math.Max(-126, Math.ILogB(exact));
        return double.IsNaN(error) ? double.PositiveInfinity : Math.ScaleB(error, 23 - exponent);
    }

    private readonly record struct Worst(float X, double Ulps)
    {
        public Worst With(float x, double ulps) => ulps > Ulps ? new Worst(x, ulps) : this;
    }
}
