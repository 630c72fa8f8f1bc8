using System.ComponentModel;

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

    // 2²⁴: a product of two such numbers is 2⁴⁸ at most, the sum of one for each of 2³¹ rows 2⁷⁹, and the square of their mean 2⁹⁶.
    private const float Small = 16777216f;

    /// <summary>Whether a loss is neither infinite nor NaN.</summary>
    /// <param name="loss">Of a sample, or the sum of several.</param>
    public static bool IsFinite(double loss) => loss >= -double.MaxValue && loss <= double.MaxValue;

    /// <summary>
    /// Whether gradients must be finite, and so small that their squares are, whose terms are products of two numbers of no
    /// larger magnitude. Then nobody needs to look at them.
    /// </summary>
    /// <param name="largest">The largest magnitude; NaN if one of the numbers is.</param>
    public static bool IsSmall(float largest) => largest < Small;

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
        if (Magnitude.Largest(gradients) * scale < limit)
        {
            return -1;
        }

        int index = 0;
        while (Math.Abs(gradients[index]) * scale < limit)
        {
            index++;
        }

        return index;
    }
}
