using System.ComponentModel;
#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.InteropServices;
#endif

namespace NetGen.CompilerServices;

/// <summary>
/// What must hold of a loss and its gradient before anything is learned from them. Not meant to be called by hand.
/// </summary>
/// <remarks>
/// A gradient that is not finite would make parameters, and what an optimizer remembers, infinite or NaN for good. Where
/// an optimizer remembers squares, a mean gradient of 2⁶⁴ or more, whose square is infinite, would freeze its parameter.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StepCheck
{
    // 2⁶⁴, the first whose square is too large for a float.
    private const float FirstInfiniteSquare = 18446744073709551616f;

    /// <summary>Whether a loss is neither infinite nor NaN.</summary>
    /// <param name="loss">Of a sample, or the sum of several.</param>
    public static bool IsFinite(double loss) => loss >= -double.MaxValue && loss <= double.MaxValue;

    /// <summary>The loss if there is something to learn from it; otherwise one that is not finite: it, or NaN.</summary>
    /// <param name="loss">Of a sample, or the sum of several.</param>
    /// <param name="gradients">Summed over the samples.</param>
    /// <param name="scale">What makes their sum the mean.</param>
    /// <param name="isSquared">Whether the optimizer remembers squares.</param>
    public static double Of(double loss, ReadOnlySpan<float> gradients, float scale, bool isSquared) =>
        IsFinite(loss) && IndexOfBad(gradients, scale, isSquared) >= 0 ? double.NaN : loss;

    /// <summary>Throws if there is nothing to learn from a gradient.</summary>
    /// <param name="gradients">Summed over samples.</param>
    /// <param name="scale">What makes their sum the mean.</param>
    /// <param name="isSquared">Whether the optimizer remembers squares.</param>
    /// <exception cref="ArithmeticException">The mean gradient is not finite, or its square is not.</exception>
    public static void Require(ReadOnlySpan<float> gradients, float scale, bool isSquared)
    {
        if (IndexOfBad(gradients, scale, isSquared) is var index and >= 0)
        {
            float mean = gradients[index] * scale;
            string square = mean >= float.MinValue && mean <= float.MaxValue ? ", whose square is infinite" : "";
            throw new ArithmeticException(FormattableString.Invariant(
                $"Expected a finite mean gradient, got {mean}{square}. No step was taken, and the gradient is forgotten."));
        }
    }

    /// <summary>Where in memory the first gradient is from which nothing can be learned; -1 if there is none.</summary>
    internal static int IndexOfBad(ReadOnlySpan<float> gradients, float scale, bool isSquared)
    {
        float limit = isSquared ? FirstInfiniteSquare : float.PositiveInfinity;
        int i = 0;
#if NET8_0_OR_GREATER
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(gradients);
        var scales = new Vector<float>(scale);
        var limits = new Vector<float>(limit);
        int good = 0;
        for (; good + 4 <= vectors.Length; good += 4)
        {
            if (!(AreBelow(vectors[good]) & AreBelow(vectors[good + 1]) & AreBelow(vectors[good + 2]) & AreBelow(vectors[good + 3])).Equals(Vector<int>.AllBitsSet))
            {
                break;
            }
        }

        i = good * Vector<float>.Count;
#endif
        for (; i < gradients.Length; i++)
        {
            float mean = gradients[i] * scale;

            // Not true of NaN either.
            if (!(mean > -limit && mean < limit))
            {
                return i;
            }
        }

        return -1;

#if NET8_0_OR_GREATER
        Vector<int> AreBelow(Vector<float> sums) => Vector.LessThan(Vector.Abs(sums * scales), limits);
#endif
    }
}
