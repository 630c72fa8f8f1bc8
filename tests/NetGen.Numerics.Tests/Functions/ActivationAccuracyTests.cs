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
        ActivationRow row = Activations.Get(name);
        Func<float, float, float, float> value = FloatEvaluator.Compile(row.Value);
        Func<float, float, float, float> slope = FloatEvaluator.Compile(row.Slope);
        var worstValue = (X: 0f, Excess: 0.0, Actual: 0f, Exact: 0.0);
        var worstSlope = worstValue;

        foreach (float x in Inputs())
        {
            float y = value(x, 0, 0);
            Keep(ref worstValue, AbsoluteValue, x, y, Exact[name].Value(x));
            Keep(ref worstSlope, AbsoluteSlope, x, slope(x, y, 0), Exact[name].Slope(x));
        }

        output.WriteLine($"{name}: value {worstValue}, slope {worstSlope}");
        Assert.True(worstValue.Excess <= 1, $"{name}({worstValue.X:G9}) = {worstValue.Actual:G9}, not {worstValue.Exact:G9}");
        Assert.True(worstSlope.Excess <= 1, $"{name}'({worstSlope.X:G9}) = {worstSlope.Actual:G9}, not {worstSlope.Exact:G9}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_NaN_stays_a_NaN(string name) =>
        Assert.Equal(float.NaN, FloatEvaluator.Compile(Activations.Get(name).Value)(float.NaN, 0, 0));

    // The working range densely, and far beyond it in growing steps.
    private static IEnumerable<float> Inputs()
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
