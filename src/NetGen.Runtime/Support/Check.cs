using System.ComponentModel;
#if NET8_0_OR_GREATER
using System.Numerics;
#endif
using System.Runtime.CompilerServices;
#if NET8_0_OR_GREATER
using System.Runtime.InteropServices;
#endif

namespace NetGen.CompilerServices;

/// <summary>Argument checks that generated networks share. Not meant to be called by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Check
{
    /// <summary>Throws unless a span has the length that the network's shapes ask for.</summary>
    /// <param name="actual">The length that was given.</param>
    /// <param name="expected">The length that is needed.</param>
    /// <param name="name">The parameter's name.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Length(int actual, int expected, string name)
    {
        if (actual != expected)
        {
            ThrowLength(actual, expected, name);
        }
    }

    /// <summary>Throws unless the learning rate is finite and at least 0.</summary>
    /// <param name="learningRate">The learning rate that was given.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or NaN.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LearningRate(float learningRate)
    {
        // False for NaN as well.
        if (!(learningRate >= 0f && learningRate <= float.MaxValue))
        {
            ThrowLearningRate(learningRate);
        }
    }

    /// <summary>Throws unless there is at least one thread to use.</summary>
    /// <param name="degreeOfParallelism">The number that was given.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public static void DegreeOfParallelism(int degreeOfParallelism)
    {
        if (degreeOfParallelism < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(degreeOfParallelism), $"Expected at least 1 thread, got {degreeOfParallelism}.");
        }
    }

    /// <summary>Throws unless both spans hold the same whole number of rows.</summary>
    /// <param name="inputs">The length of the inputs.</param>
    /// <param name="inputCount">The length of one input.</param>
    /// <param name="others">The length of the outputs or targets.</param>
    /// <param name="otherCount">The length of one of them.</param>
    /// <param name="name">The name of the outputs or targets.</param>
    /// <param name="minimum">The fewest rows that make sense.</param>
    /// <param name="inputsName">The name of the inputs.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="ArgumentException">They do not.</exception>
    public static int Batch(
        int inputs,
        int inputCount,
        int others,
        int otherCount,
        string name,
        int minimum,
        string inputsName = "inputs")
    {
        int rows = inputs / inputCount;
        if (rows * inputCount != inputs)
        {
            throw new ArgumentException($"Expected a multiple of {inputCount} numbers, got {inputs}.", inputsName);
        }

        if (rows < minimum)
        {
            throw new ArgumentException($"Expected at least {minimum} sample of {inputCount} numbers, got none.", inputsName);
        }

        if ((long)rows * otherCount != others)
        {
            throw new ArgumentException(
                $"Expected {(long)rows * otherCount} numbers, {otherCount} for each of the {rows} inputs, got {others}.",
                name);
        }

        return rows;
    }

    /// <summary>Throws if one of the numbers is infinite or NaN.</summary>
    /// <param name="values">What was given.</param>
    /// <param name="name">The parameter's name.</param>
    /// <returns>The largest magnitude.</returns>
    /// <exception cref="ArgumentException">There is one.</exception>
    public static float Finite(ReadOnlySpan<float> values, string name)
    {
        float largest = Magnitude.Largest(values);

        // Not true of NaN either.
        if (!(largest <= float.MaxValue))
        {
            ThrowFinite(values, name);
        }

        return largest;
    }

    /// <summary>The index of the first NaN; -1 if there is none.</summary>
    internal static int IndexOfNaN(ReadOnlySpan<float> values)
    {
        int i = 0;
#if NET8_0_OR_GREATER
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        int clean = 0;
        while (clean < vectors.Length && Vector.EqualsAll(vectors[clean], vectors[clean]))
        {
            clean++;
        }

        i = clean * Vector<float>.Count;
#endif
        for (; i < values.Length; i++)
        {
            if (float.IsNaN(values[i]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Throws unless <c>Forward</c> was called since the parameters changed last.</summary>
    /// <param name="forwardAt">How often they had changed when it was; 0 if it was not.</param>
    /// <param name="changes">How often they have changed by now.</param>
    /// <exception cref="InvalidOperationException">It was not.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forwarded(long forwardAt, long changes)
    {
        if (forwardAt != changes)
        {
            ThrowForwarded(forwardAt == 0);
        }
    }

    private static void ThrowLength(int actual, int expected, string name) =>
        throw new ArgumentException($"Expected {expected} numbers, got {actual}.", name);

    private static void ThrowLearningRate(float learningRate) =>
        throw new ArgumentOutOfRangeException(
            "learningRate",
            FormattableString.Invariant($"Expected a finite learning rate of at least 0, got {learningRate}."));

    private static void ThrowFinite(ReadOnlySpan<float> values, string name)
    {
        int index = 0;
        while (Math.Abs(values[index]) <= float.MaxValue)
        {
            index++;
        }

        throw new ArgumentException(
            FormattableString.Invariant($"Expected finite numbers to learn from, got {values[index]} at index {index}."), name);
    }

    private static void ThrowForwarded(bool isFirst) =>
        throw new InvalidOperationException(isFirst
            ? "Backward follows the chain rule from the last Forward: call Forward first."
            : "The parameters have changed since the last Forward, here or in a network that shares them: call Forward again before Backward.");
}
