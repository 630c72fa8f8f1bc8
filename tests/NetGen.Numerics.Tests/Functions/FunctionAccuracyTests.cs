using NetGen.Generator;
using NetGen.Testing;

namespace NetGen.Numerics.Tests;

/// <summary>
/// Holds every row of <see cref="Functions"/> to the error it states, as scalar code and as generated code for each
/// length of vectors, whose multiply-adds round once. Every so many of the floats of the range are tried, and all those
/// around the special points.
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

    private static readonly string[] Widths = ["one float", .. VectorFormulas.Lanes.Select(lanes => $"{lanes} lanes")];

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

    [Theory]
    [MemberData(nameof(Names))]
    public void The_error_stays_below_the_row_s_bound_at_every_width(string name)
    {
        FunctionRow row = Functions.Get(name);
        Assert.True(DoubleFunctions.All.ContainsKey(name), $"Add a reference for {name} to {nameof(DoubleFunctions)}.");

        Worst[] worst = FindWorst(row, DoubleFunctions.All[name]);

        for (int i = 0; i < worst.Length; i++)
        {
            output.WriteLine($"{name} over {Widths[i]}: {worst[i].Ulps:F3} ulp at {worst[i].X:G9}");
        }

        Assert.All(worst.Zip(Widths), pair => Assert.True(
            pair.First.Ulps <= row.MaxUlps,
            $"{name}({pair.First.X:G9}) over {pair.Second} is off by {pair.First.Ulps:F3} ulp; the row states {row.MaxUlps}."));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_NaN_stays_a_NaN(string name) => Assert.All(OfOne(name), function =>
    {
        Assert.Equal(float.NaN, function(float.NaN));
        Assert.Equal(float.NaN, function(-float.NaN));
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_function_has_special_values(string name) =>
        Assert.Contains(SpecialValues, row => row.Data.Item1 == name);

    [Theory]
    [MemberData(nameof(SpecialValues))]
    public void Special_values_are_exact(string name, float x, float expected) =>
        Assert.All(OfOne(name), function => Assert.Equal(expected, function(x)));

    [Theory]
    [InlineData("Tanh", -1f, 1f)]
    [InlineData("Erf", -1f, 1f)]
    [InlineData("Sigmoid", 0f, 1f)]
    [InlineData("NormalCdf", 0f, 1f)]
    [InlineData("Expm1", -1f, Infinity)]
    public void Results_stay_within_the_function_s_range(string name, float low, float high)
    {
        var x = new float[VectorFormulas.Block];
        var y = new float[VectorFormulas.Block];
        foreach (VectorFormulas.Map function in OfMany(name))
        {
            for (float at = -120; at < 120; at = x[^1])
            {
                for (int i = 0; i < x.Length; i++)
                {
                    x[i] = at + (i * 0.00037f);
                }

                function(x, x, y);
                Assert.True(!y.AsSpan().ContainsAnyExceptInRange(low, high), $"{name} leaves its range between {x[0]} and {x[^1]}.");
            }
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

    // The scalar form, and each length of vectors.
    private static Func<float, float>[] OfOne(string name) =>
    [
        FloatEvaluator.Compile(Functions.Get(name)),
        .. VectorFormulas.Lanes.Select(lanes => (Func<float, float>)(x => VectorFormulas.One(name, lanes, x))),
    ];

    private static VectorFormulas.Map[] OfMany(string name)
    {
        Func<float, float> scalar = FloatEvaluator.Compile(Functions.Get(name));
        return
        [
            (x, _, results) =>
            {
                for (int i = 0; i < results.Length; i++)
                {
                    results[i] = scalar(x[i]);
                }
            },
            .. VectorFormulas.Lanes.Select(lanes => VectorFormulas.Get(name, lanes)),
        ];
    }

    private static Worst[] FindWorst(FunctionRow row, Func<double, double> exact)
    {
        VectorFormulas.Map[] functions = OfMany(row.Name);
        float[] special =
        [
            .. SpecialPoints
                .SelectMany(p => new[] { p, -p })
                .Append(row.Low)
                .Append(row.High)
                .SelectMany(Neighbours)
                .Where(x => x >= row.Low && x <= row.High),
        ];
        var worst = new Worst[functions.Length];
        foreach (float[] some in special.Chunk(VectorFormulas.Block))
        {
            float[] whole = [.. some, .. Enumerable.Repeat(some[^1], VectorFormulas.Block - some.Length)];
            Measure(whole, functions, exact, worst);
        }

        // The floats in order are the integers in order; blocks of them go to the processors.
        long first = Rank(row.Low);
        long last = Rank(row.High);
        int step = TestSet.Choose(byDefault: 3_989, full: 199, exhaustive: 1);
        long blockSize = (long)VectorFormulas.Block * step;
        var gate = new Lock();
        Parallel.For(
            0,
            ((last - first) / blockSize) + 1,
            () => (X: new float[VectorFormulas.Block], Worst: new Worst[functions.Length]),
            (block, _, local) =>
            {
                long start = first + (block * blockSize);
                for (int i = 0; i < local.X.Length; i++)
                {
                    local.X[i] = FromRank(Math.Min(last, start + ((long)i * step)));
                }

                Measure(local.X, functions, exact, local.Worst);
                return local;
            },
            local =>
            {
                lock (gate)
                {
                    for (int f = 0; f < worst.Length; f++)
                    {
                        worst[f] = worst[f].With(local.Worst[f].X, local.Worst[f].Ulps);
                    }
                }
            });
        return worst;
    }

    private static void Measure(float[] x, VectorFormulas.Map[] functions, Func<double, double> exact, Worst[] worst)
    {
        double[] expected = Array.ConvertAll(x, v => exact(v));
        double[] perUlp = Array.ConvertAll(expected, UlpsPerUnit);
        var actual = new float[x.Length];
        for (int f = 0; f < functions.Length; f++)
        {
            functions[f](x, x, actual);
            for (int i = 0; i < x.Length; i++)
            {
                // A NaN that should not be one is infinitely far.
                double ulps = Math.Abs(actual[i] - expected[i]) * perUlp[i];
                if (!(ulps <= worst[f].Ulps))
                {
                    worst[f] = new Worst(x[i], double.IsNaN(ulps) ? double.PositiveInfinity : ulps);
                }
            }
        }
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

    // How many of the exact value's last places are in 1.
    private static double UlpsPerUnit(double exact) =>
        Math.ScaleB(1, 23 - (exact == 0 ? -126 : Math.Max(-126, Math.ILogB(exact))));

    private readonly record struct Worst(float X, double Ulps)
    {
        public Worst With(float x, double ulps) => ulps > Ulps ? new Worst(x, ulps) : this;
    }
}
