using System.ComponentModel;
#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.InteropServices;
#endif

namespace NetGen.CompilerServices;

/// <summary>What generated networks do with gradients and parameters as numbers. Not meant to be called by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Gradients
{
    /// <summary>Throws unless a number of samples can be added to those that there are.</summary>
    /// <param name="samples">The number that was given.</param>
    /// <param name="gathered">Those that there are.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="minimum">The fewest that make sense.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are too few, or too many to be counted.</exception>
    public static void CheckSamples(int samples, int gathered, string name, int minimum = 1)
    {
        if (samples < minimum)
        {
            throw new ArgumentOutOfRangeException(name, samples, $"Expected at least {minimum} sample, got {samples}.");
        }

        if (samples > int.MaxValue - gathered)
        {
            throw new ArgumentOutOfRangeException(name, samples, $"Expected at most {int.MaxValue - gathered} samples beside the {gathered} since the last step, got {samples}.");
        }
    }

    /// <summary>Throws unless a factor is finite.</summary>
    /// <param name="factor">The number that was given.</param>
    /// <param name="name">The parameter's name.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is infinite or NaN.</exception>
    public static void CheckFactor(float factor, string name)
    {
        // False for NaN as well.
        if (!(factor >= float.MinValue && factor <= float.MaxValue))
        {
            throw new ArgumentOutOfRangeException(name, FormattableString.Invariant($"Expected a finite number, got {factor}."));
        }
    }

    /// <summary>Throws unless a part is from 0 to 1.</summary>
    /// <param name="amount">The number that was given.</param>
    /// <param name="name">The parameter's name.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not, or NaN.</exception>
    public static void CheckAmount(float amount, string name)
    {
        if (!(amount >= 0f && amount <= 1f))
        {
            throw new ArgumentOutOfRangeException(name, FormattableString.Invariant($"Expected a number from 0 to 1, got {amount}."));
        }
    }

    /// <summary>A network as one of a class; throws unless it is one.</summary>
    /// <param name="network">The network that was given.</param>
    /// <param name="name">The parameter's name.</param>
    /// <exception cref="ArgumentException">It is of another class, or there is none.</exception>
    public static T Same<T>(INetwork? network, string name)
        where T : class, INetwork => network switch
        {
            T same => same,
            null => throw new ArgumentNullException(name),
            _ => throw new ArgumentException($"Expected a network of the class {typeof(T).Name}, got one of {network.GetType().Name}.", name),
        };

    /// <summary>Multiplies each number.</summary>
    /// <param name="values">What is multiplied.</param>
    /// <param name="factor">By what.</param>
    public static void Scale(Span<float> values, float factor)
    {
        int i = 0;
#if NET8_0_OR_GREATER
        Span<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        for (int v = 0; v < vectors.Length; v++)
        {
            vectors[v] *= factor;
        }

        i = vectors.Length * Vector<float>.Count;
#endif
        for (; i < values.Length; i++)
        {
            values[i] *= factor;
        }
    }

    /// <summary>p ← p + amount·(q − p) for each number p; p ← q where the amount is 1.</summary>
    /// <param name="values">p</param>
    /// <param name="others">q, as many.</param>
    /// <param name="amount">From 0 to 1.</param>
    public static void Approach(Span<float> values, ReadOnlySpan<float> others, float amount)
    {
        if (amount == 1f)
        {
            others.CopyTo(values);
            return;
        }

        int i = 0;
#if NET8_0_OR_GREATER
        Span<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        ReadOnlySpan<Vector<float>> otherVectors = MemoryMarshal.Cast<float, Vector<float>>(others);
        for (int v = 0; v < vectors.Length && v < otherVectors.Length; v++)
        {
            vectors[v] += amount * (otherVectors[v] - vectors[v]);
        }

        i = vectors.Length * Vector<float>.Count;
#endif
        for (; i < values.Length; i++)
        {
            // Mono keeps more digits between operations unless it is told.
            float way = (float)(others[i] - values[i]);
            values[i] = (float)(values[i] + (float)(amount * way));
        }
    }
}
