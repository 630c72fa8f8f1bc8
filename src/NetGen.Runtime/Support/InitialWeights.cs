using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>
/// Draws the weights of a new network from a seed, the parameters in order from one stream.
/// Not meant to be called by hand.
/// </summary>
/// <remarks>
/// A seed gives the same bits on every platform: only whole numbers and the operations + − × ÷ √ of IEEE 754
/// are used, no function of the platform's mathematics library. It is a mutable struct: keep it in a local.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct InitialWeights
{
    private RandomStream _random;

    /// <summary>The beginning of a seed's stream.</summary>
    /// <param name="seed">Any number.</param>
    public InitialWeights(ulong seed) => _random = new RandomStream(seed);

    /// <summary>Fills with numbers that are uniform between −√(3 · variance) and +√(3 · variance).</summary>
    /// <param name="destination">[any]</param>
    /// <param name="variance">Finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The variance is negative, infinite or NaN.</exception>
    public void FillUniform(Span<float> destination, double variance)
    {
        CheckVariance(variance);
        double limit = Math.Sqrt(3 * variance);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = (float)(_random.NextSigned() * limit);
        }
    }

    /// <summary>Fills with numbers that are normally distributed around 0.</summary>
    /// <param name="destination">[any]</param>
    /// <param name="variance">Finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The variance is negative, infinite or NaN.</exception>
    public void FillNormal(Span<float> destination, double variance)
    {
        CheckVariance(variance);
        double deviation = Math.Sqrt(variance);
        for (int i = 0; i < destination.Length; i += 2)
        {
            // Marsaglia's polar method: a point in the unit disc gives two independent normal numbers.
            double u, v, s;
            do
            {
                u = _random.NextSigned();
                v = _random.NextSigned();
                s = (u * u) + (v * v);
            }
            while (s >= 1 || s == 0);

            double scale = Math.Sqrt(-2 * Log(s) / s) * deviation;
            destination[i] = (float)(u * scale);

            // The second number of an odd length is dropped: a tensor's bits do not depend on the variance of the last.
            if (i + 1 < destination.Length)
            {
                destination[i + 1] = (float)(v * scale);
            }
        }
    }

    /// <summary>Fills a weight as <see cref="FillUniform(Span{float}, double)"/> does, with the same numbers.</summary>
    /// <param name="memory">The layout's memory.</param>
    /// <param name="variance">Finite and at least 0.</param>
    /// <param name="layout">Where the elements lie.</param>
    /// <exception cref="ArgumentOutOfRangeException">The variance is negative, infinite or NaN.</exception>
    public void FillUniform(Span<float> memory, double variance, WeightLayout layout)
    {
        Span<float> one = stackalloc float[1];
        for (int i = 0; i < layout.Count; i++)
        {
            FillUniform(one, variance);
            memory[layout.PlaceOf(i)] = one[0];
        }
    }

    /// <summary>Fills a weight as <see cref="FillNormal(Span{float}, double)"/> does, with the same numbers.</summary>
    /// <param name="memory">The layout's memory.</param>
    /// <param name="variance">Finite and at least 0.</param>
    /// <param name="layout">Where the elements lie.</param>
    /// <exception cref="ArgumentOutOfRangeException">The variance is negative, infinite or NaN.</exception>
    public void FillNormal(Span<float> memory, double variance, WeightLayout layout)
    {
        Span<float> two = stackalloc float[2];
        for (int i = 0; i < layout.Count; i += 2)
        {
            Span<float> drawn = two.Slice(0, Math.Min(2, layout.Count - i));
            FillNormal(drawn, variance);
            for (int k = 0; k < drawn.Length; k++)
            {
                memory[layout.PlaceOf(i + k)] = drawn[k];
            }
        }
    }

    /// <summary>The natural logarithm of a positive normal number, to about 2 ulp.</summary>
    internal static double Log(double value)
    {
        const double Ln2 = 0.693147180559945309;
        const double SquareRootOf2 = 1.41421356237309505;

        // value = m · 2^exponent with m in [√½, √2).
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)(bits >> 52) - 1023;
        double m = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
        if (m >= SquareRootOf2)
        {
            m *= 0.5;
            exponent++;
        }

        // ln m = 2 artanh f = 2 (f + f³/3 + f⁵/5 + …) with |f| ≤ 0.1716: f²³ is below the last bit.
        double f = (m - 1) / (m + 1);
        double square = f * f;
        double sum = 0;
        for (int k = 21; k >= 1; k -= 2)
        {
            sum = (sum * square) + (1.0 / k);
        }

        return (exponent * Ln2) + (2 * f * sum);
    }

    private static void CheckVariance(double variance)
    {
        // False for NaN as well.
        if (!(variance >= 0 && variance <= double.MaxValue))
        {
            throw new ArgumentOutOfRangeException(
                nameof(variance),
                FormattableString.Invariant($"Expected a finite variance of at least 0, got {variance}."));
        }
    }
}
