using System.ComponentModel;
#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.InteropServices;
#endif

namespace NetGen.CompilerServices;

/// <summary>How large numbers are. Not meant to be called by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Magnitude
{
    /// <summary>The largest magnitude among numbers: 0 if there are none, NaN if one of them is.</summary>
    /// <param name="values">The numbers.</param>
    public static float Largest(ReadOnlySpan<float> values)
    {
        float largest = 0f;
#if NET8_0_OR_GREATER
        // Samples of small networks are shorter than a vector.
        if (values.Length >= Vector<float>.Count)
        {
            largest = OfVectors(MemoryMarshal.Cast<float, Vector<int>>(values));
            values = values.Slice(values.Length / Vector<float>.Count * Vector<float>.Count);
        }
#endif
        foreach (float value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }

#if NET8_0_OR_GREATER
    // Magnitudes compare as their bits do, and those of NaN are above all others.
    private static float OfVectors(ReadOnlySpan<Vector<int>> vectors)
    {
        var withoutSign = new Vector<int>(int.MaxValue);
        Vector<int> a = Vector<int>.Zero, b = Vector<int>.Zero, c = Vector<int>.Zero, d = Vector<int>.Zero;
        int v = 0;
        for (; v + 4 <= vectors.Length; v += 4)
        {
            a = Vector.Max(a, vectors[v] & withoutSign);
            b = Vector.Max(b, vectors[v + 1] & withoutSign);
            c = Vector.Max(c, vectors[v + 2] & withoutSign);
            d = Vector.Max(d, vectors[v + 3] & withoutSign);
        }

        for (; v < vectors.Length; v++)
        {
            a = Vector.Max(a, vectors[v] & withoutSign);
        }

        Vector<int> most = Vector.Max(Vector.Max(a, b), Vector.Max(c, d));
        int bits = 0;
        for (int i = 0; i < Vector<int>.Count; i++)
        {
            bits = Math.Max(bits, most[i]);
        }

        return BitConverter.Int32BitsToSingle(bits);
    }
#endif
}
