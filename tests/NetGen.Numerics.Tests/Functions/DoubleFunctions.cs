namespace NetGen.Numerics.Tests;

/// <summary>
/// The elementary functions in double, good to about 1e-14 relatively, near zeros and in tails as well: what a float
/// result is measured against.
/// </summary>
internal static class DoubleFunctions
{
    public static IReadOnlyDictionary<string, Func<double, double>> All { get; } =
        new Dictionary<string, Func<double, double>>
        {
            ["Exp"] = Math.Exp,
            ["Expm1"] = Expm1,
            ["Log"] = Math.Log,
            ["Log1p"] = Log1p,
            ["Tanh"] = Math.Tanh,
            ["Sigmoid"] = x => 1 / (1 + Math.Exp(-x)),
            ["NormalCdf"] = NormalCdf,
            ["Erf"] = Erf,
        };

    // Kahan: the rounding error of e^x stands in both the numerator and the denominator.
    public static double Expm1(double x)
    {
        double u = Math.Exp(x);
        return u == 1 ? x
            : u - 1 == -1 || double.IsInfinity(u) ? u - 1
            : (u - 1) * x / Math.Log(u);
    }

    public static double Log1p(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : double.IsInfinity(u) || u <= 0 ? Math.Log(u) : Math.Log(u) * x / (u - 1);
    }

    public static double NormalCdf(double x)
    {
        double a = Math.Abs(x) * Math.Sqrt(0.5);
        return a < 2 ? 0.5 + (0.5 * Erf(x * Math.Sqrt(0.5)))
            : x < 0 ? 0.5 * ErfcOfLarge(a)
            : 1 - (0.5 * ErfcOfLarge(a));
    }

    public static double Erf(double x)
    {
        double a = Math.Abs(x);
        if (!(a < 2))
        {
            return a > 6 ? Math.Sign(x) : double.IsNaN(x) ? x : Math.Sign(x) * (1 - ErfcOfLarge(a));
        }

        // 2x·e^(−x²)/√π · Σ (2x²)ⁿ / (1·3·5⋯(2n + 1)): no term is negative, so that nothing cancels.
        double term = 1;
        double sum = 1;
        for (int n = 1; term > 1e-17 * sum; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * x * Math.Exp(-x * x) * sum;
    }

    // Laplace's continued fraction from its far end; it converges faster the larger x is.
    private static double ErfcOfLarge(double x)
    {
        double fraction = x;
        for (int n = x < 3 ? 90 : 45; n > 0; n--)
        {
            fraction = x + (0.5 * n / fraction);
        }

        return Math.Exp(-x * x) / (fraction * Math.Sqrt(Math.PI));
    }
}
