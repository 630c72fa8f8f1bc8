namespace NetGen.Testing.Reference;

/// <summary>
/// The elementary functions in double, by other means than the compiler's polynomials: the runtime's functions, and
/// series where the runtime has none. Relative errors are below 1e-13.
/// </summary>
public static class ReferenceFunctions
{
    public static double Evaluate(string name, double x) => name switch
    {
        "Exp" => Math.Exp(x),
        "Expm1" => Expm1(x),
        "Log" => Math.Log(x),
        "Log1p" => Log1p(x),
        "Tanh" => Math.Tanh(x),
        "Sigmoid" => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)),
        "Erf" => Math.CopySign(1 - Erfc(Math.Abs(x)), x),
        "NormalCdf" => x < 0 ? Erfc(-x / Math.Sqrt(2)) / 2 : 1 - (Erfc(x / Math.Sqrt(2)) / 2),
        _ => throw new NotSupportedException($"The reference has no {name}."),
    };

    // Kahan's form: the rounding error of e^x appears in both the numerator and the denominator.
    private static double Expm1(double x)
    {
        double e = Math.Exp(x);
        double difference = e - 1;
        return e == 1 ? x
            : difference == -1 || double.IsInfinity(e) ? difference
            : difference * x / Math.Log(e);
    }

    private static double Log1p(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : double.IsInfinity(sum) ? sum : Math.Log(sum) * x / (sum - 1);
    }

    /// <summary>2/√π ∫ₓ^∞ e^−s² ds for x ≥ 0.</summary>
    private static double Erfc(double x)
    {
        if (x < 2)
        {
            // erf x = 2x·e^−x²/√π · Σ (2x²)ⁿ / (1·3·5…(2n + 1)): all terms positive.
            double term = 1;
            double sum = 1;
            for (int n = 1; term > 1e-17 * sum; n++)
            {
                term *= 2 * x * x / ((2 * n) + 1);
                sum += term;
            }

            return 1 - (2 * x * Math.Exp(-x * x) * sum / Math.Sqrt(Math.PI));
        }

        // Laplace's continued fraction, from the far end.
        double fraction = x;
        for (int n = 120; n > 0; n--)
        {
            fraction = x + (n / 2.0 / fraction);
        }

        return Math.Exp(-x * x) / (fraction * Math.Sqrt(Math.PI));
    }
}
