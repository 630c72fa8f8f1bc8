using System.ComponentModel;
#if NET8_0_OR_GREATER
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
#endif

namespace NetGen.CompilerServices;

/// <summary>The length of a gradient over all parameters together. Not meant to be called by hand.</summary>
/// <remarks>
/// Squares are added up as doubles, so none overflows or vanishes, in eight sums of every eighth element each, which are added
/// in one order at the end: the same bits on every processor, with vectors and without.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GradientNorm
{
    private const int Sums = 8;

    // As PyTorch's clip_grad_norm_ has it.
    private const double Tiny = 1e-6;

    /// <summary>The norm of the mean gradient; infinite or NaN if an element is.</summary>
    /// <param name="sums">The gradients of samples, added up.</param>
    /// <param name="scale">What turns the sums into means.</param>
    public static float Of(ReadOnlySpan<float> sums, float scale) => (float)(scale * Math.Sqrt(SumOfSquares(sums)));

    /// <summary>The scale, or a smaller one with which the mean gradient has a norm of <paramref name="most"/>.</summary>
    /// <param name="sums">The gradients of samples, added up.</param>
    /// <param name="scale">What turns the sums into means.</param>
    /// <param name="most">The limit.</param>
    public static float Limit(ReadOnlySpan<float> sums, float scale, float most)
    {
        double part = most / ((scale * Math.Sqrt(SumOfSquares(sums))) + Tiny);
        return part < 1 ? (float)(scale * part) : scale;
    }

    private static double SumOfSquares(ReadOnlySpan<float> values)
    {
        Span<double> sums = stackalloc double[Sums];
        sums.Clear();
        int i = 0;
#if NET8_0_OR_GREATER
        Vector128<double> a = default, b = default, c = default, d = default;
        ref float first = ref MemoryMarshal.GetReference(values);
        for (; i <= values.Length - Sums; i += Sums)
        {
            (Vector128<double> x0, Vector128<double> x1) = Vector128.Widen(Vector128.LoadUnsafe(ref first, (nuint)i));
            (Vector128<double> x2, Vector128<double> x3) = Vector128.Widen(Vector128.LoadUnsafe(ref first, (nuint)i + 4));
            a += x0 * x0;
            b += x1 * x1;
            c += x2 * x2;
            d += x3 * x3;
        }

        a.CopyTo(sums);
        b.CopyTo(sums.Slice(2));
        c.CopyTo(sums.Slice(4));
        d.CopyTo(sums.Slice(6));
#endif
        for (; i < values.Length; i++)
        {
            double x = values[i];
            sums[i % Sums] += x * x;
        }

        return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
    }
}
