using System.Globalization;

namespace NetGen.Numerics.Tests;

/// <summary>
/// Comparisons of float results with exact ones, in the norm that rounding errors follow. Where a NaN or an infinity is
/// expected, nothing else will do.
/// </summary>
public static class Near
{
    /// <summary>
    /// A sum of products is off by some units in the last place of its largest parts, not of the sum: errors are
    /// measured against the largest number of the array.
    /// </summary>
    public static void Assert(
        string what,
        IReadOnlyList<double> expected,
        ReadOnlySpan<float> actual,
        double relative,
        double absolute)
    {
        double scale = Largest(expected);
        Compare(what, expected, actual, _ => (relative * scale) + absolute);
    }

    /// <summary>As above, each number against its own size.</summary>
    public static void AssertEach(
        string what,
        IReadOnlyList<double> expected,
        ReadOnlySpan<float> actual,
        double relative,
        double absolute) =>
        Compare(what, expected, actual, i => (relative * Math.Abs(expected[i])) + absolute);

    /// <summary>
    /// Parameters or gradients: each weight or bias against the largest number of its own tensor, so that a wrong
    /// bias is not hidden by large weights, plus a tenth of it against the largest number of all, because a
    /// tensor can be a small difference of large parts.
    /// </summary>
    public static void AssertTensors(
        string what,
        NetworkSpec network,
        IReadOnlyList<double> expected,
        ReadOnlySpan<float> actual,
        double relative,
        double absolute)
    {
        var limits = new double[expected.Count];
        double largest = Largest(expected);
        int start = 0;
        foreach (int size in network.TensorSizes)
        {
            double scale = Largest(expected.Skip(start).Take(size));
            Array.Fill(limits, (relative * (scale + (0.1 * largest))) + absolute, start, size);
            start += size;
        }

        Compare(what, expected, actual, i => limits[i]);
    }

    /// <summary>The largest absolute value: of the finite numbers, or any error would be allowed.</summary>
    public static double Largest(IEnumerable<double> values) => values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();

    private static void Compare(
        string what,
        IReadOnlyList<double> expected,
        ReadOnlySpan<float> actual,
        Func<int, double> limit)
    {
        if (expected.Count != actual.Length)
        {
            Xunit.Assert.Fail($"{what}: expected {expected.Count} numbers, got {actual.Length}");
        }

        int worst = -1;
        double worstExcess = 1;
        int wrong = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            double error = Math.Abs(actual[i] - expected[i]);

            // Not "greater than": a NaN must fail, unless one was expected.
            if (double.IsFinite(expected[i]) ? !(error <= limit(i)) : !expected[i].Equals(actual[i]))
            {
                wrong++;
                double excess = double.IsNaN(error) ? double.PositiveInfinity : error / limit(i);
                if (worst < 0 || excess > worstExcess)
                {
                    worst = i;
                    worstExcess = excess;
                }
            }
        }

        if (worst >= 0)
        {
            double error = Math.Abs(actual[worst] - expected[worst]);
            Xunit.Assert.Fail(string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {wrong} of {actual.Length} are off, worst [{worst}]: expected {expected[worst]:R}, got {actual[worst]:R}, off by {error:E2} where {limit(worst):E2} is allowed, relative {error / Math.Abs(expected[worst]):E2}"));
        }
    }
}
