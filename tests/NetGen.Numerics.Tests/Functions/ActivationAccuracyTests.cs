using NetGen.Generator;
using NetGen.Testing;

namespace NetGen.Numerics.Tests;

/// <summary>
/// The formulas of the activations in float, with the elementary functions they call, against their definitions in
/// double: cancellation, overflow and NaNs show here.
/// </summary>
public class ActivationAccuracyTests(ITestOutputHelper output)
{
    // What is allowed beside 1e-5 of the result. A slope written over the output, as Sigmoid's y(1 − y) or Selu's
    // y + 1.76, cannot be better than the rounding of y, which is two units in the last place of about 1.
    private const double Relative = 1e-5;
    private const double AbsoluteValue = 1e-7;
    private const double AbsoluteSlope = 2.5e-7;

    private static readonly IReadOnlyDictionary<string, (Func<double, double> Value, Func<double, double> Slope)> Exact =
        new Dictionary<string, (Func<double, double>, Func<double, double>)>
        {
            ["Linear"] = (x => x, _ => 1),
            ["Sigmoid"] = (Sigmoid, x => Sigmoid(x) * Sigmoid(-x)),
            ["Tanh"] = (Math.Tanh, x => 4 * Sigmoid(2 * x) * Sigmoid(-2 * x)),
            ["Relu"] = (x => Math.Max(0, x), x => x > 0 ? 1 : 0),
            ["LeakyRelu"] = (x => x > 0 ? x : 0.01 * x, x => x > 0 ? 1 : 0.01),
            ["Elu"] = (x => x > 0 ? x : DoubleFunctions.Expm1(x), x => x > 0 ? 1 : Math.Exp(x)),
            ["Selu"] = (
                x => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * DoubleFunctions.Expm1(x)),
                x => 1.0507009873554805 * (x > 0 ? 1 : 1.6732632423543772 * Math.Exp(x))),
            ["Gelu"] = (
                x => x * DoubleFunctions.NormalCdf(x),
                x => DoubleFunctions.NormalCdf(x) + (x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI))),
            ["Silu"] = (x => x * Sigmoid(x), x => Sigmoid(x) * (1 + (x * Sigmoid(-x)))),
            ["Mish"] = (
                x => x * Math.Tanh(Softplus(x)),
                x => Math.Tanh(Softplus(x))
                    + (x * Sigmoid(x) * 4 * Sigmoid(2 * Softplus(x)) * Sigmoid(-2 * Softplus(x)))),
            ["Softplus"] = (x => x > 20 ? x : Softplus(x), x => x > 20 ? 1 : Sigmoid(x)),
            ["Softsign"] = (x => x / (1 + Math.Abs(x)), x => Math.Pow(1 + Math.Abs(x), -2)),
            ["HardSigmoid"] = (x => Math.Clamp((x + 3) / 6, 0, 1), x => Math.Abs(x) < 3 ? 1 / 6.0 : 0),
            ["HardSwish"] = (
                x => x * Math.Clamp((x + 3) / 6, 0, 1),
                x => x <= -3 ? 0 : x < 3 ? (x / 3) + 0.5 : 1),
            ["HardTanh"] = (x => Math.Clamp(x, -1, 1), x => Math.Abs(x) < 1 ? 1 : 0),
            ["Relu6"] = (x => Math.Clamp(x, 0, 6), x => x > 0 && x < 6 ? 1 : 0),
        };

    public static TheoryData<string> Names => [.. Activations.All.Where(a => a.OverLayer is null).Select(a => a.Name)];

    // The slope of every row is also held against central differences of its value, without an entry here.
    public static TheoryData<string> Defined => [.. Exact.Keys];

    [Theory]
    [MemberData(nameof(Defined))]
    public void Value_and_slope_are_those_of_the_definition(string name)
    {
        float[] x = [.. Inputs()];
        double[] exactValues = Array.ConvertAll(x, v => Exact[name].Value(v));
        double[] exactSlopes = Array.ConvertAll(x, v => Exact[name].Slope(v));
        var values = new float[x.Length];
        var slopes = new float[x.Length];
        foreach ((string form, VectorFormulas.Map value, VectorFormulas.Map slope) in Forms(name))
        {
            value(x, x, values);
            slope(x, values, slopes);
            var worstValue = (X: 0f, Excess: 0.0, Actual: 0f, Exact: 0.0);
            var worstSlope = worstValue;
            for (int i = 0; i < x.Length; i++)
            {
                Keep(ref worstValue, AbsoluteValue, x[i], values[i], exactValues[i]);
                Keep(ref worstSlope, AbsoluteSlope, x[i], slopes[i], exactSlopes[i]);
            }

            output.WriteLine($"{name} over {form}: value {worstValue}, slope {worstSlope}");
            Assert.True(worstValue.Excess <= 1, $"{name}({worstValue.X:G9}) over {form} = {worstValue.Actual:G9}, not {worstValue.Exact:G9}");
            Assert.True(worstSlope.Excess <= 1, $"{name}'({worstSlope.X:G9}) over {form} = {worstSlope.Actual:G9}, not {worstSlope.Exact:G9}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_NaN_stays_a_NaN(string name)
    {
        float[] x = [.. Enumerable.Repeat(float.NaN, 16)];
        var values = new float[x.Length];
        foreach ((_, VectorFormulas.Map value, _) in Forms(name))
        {
            value(x, x, values);
            Assert.All(values, v => Assert.Equal(float.NaN, v));
        }
    }

    // The scalar form, and each length of vectors.
    private static IEnumerable<(string Form, VectorFormulas.Map Value, VectorFormulas.Map Slope)> Forms(string name)
    {
        ActivationRow row = Activations.Get(name);
        yield return ("one float", Scalar(row.Value), Scalar(row.Slope));
        foreach (int lanes in VectorFormulas.Lanes)
        {
            yield return ($"{lanes} lanes", VectorFormulas.Get(name + "Value", lanes), VectorFormulas.Get(name + "Slope", lanes));
        }

        static VectorFormulas.Map Scalar(Expr formula)
        {
            Func<float, float, float, float> compiled = FloatEvaluator.Compile(formula);
            return (x, y, results) =>
            {
                for (int i = 0; i < results.Length; i++)
                {
                    results[i] = compiled(x[i], y[i], 0);
                }
            };
        }
    }

    // Whole vectors.
    private static IEnumerable<float> Inputs()
    {
        float[] inputs = [.. Points()];
        return inputs.Concat(Enumerable.Repeat(inputs[^1], (16 - (inputs.Length % 16)) % 16));
    }

    // The working range densely, and far beyond it in growing steps.
    private static IEnumerable<float> Points()
    {
        for (float x = -30; x <= 30; x += 0.000373f)
        {
            yield return x;
        }

        for (float x = 1e-30f; x <= 1e4f; x *= 1.003f)
        {
            yield return x;
            yield return -x;
        }

        foreach (float x in new[] { 0, 1, 3, 20, 1e4f })
        {
            yield return x;
            yield return -x;
        }
    }

    private static void Keep(
        ref (float X, double Excess, float Actual, double Exact) worst,
        double absolute,
        float x,
        float actual,
        double exact)
    {
        double excess = Math.Abs(actual - exact) / ((Relative * Math.Abs(exact)) + absolute);
        if (!(excess <= worst.Excess))
        {
            worst = (x, double.IsNaN(excess) ? double.PositiveInfinity : excess, actual, exact);
        }
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double Softplus(double x) => Math.Max(x, 0) + DoubleFunctions.Log1p(Math.Exp(-Math.Abs(x)));
}
