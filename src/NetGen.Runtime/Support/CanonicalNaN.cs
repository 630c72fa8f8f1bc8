using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// One NaN for all: processors make NaNs of different bits, which comparisons do not tell apart but hashes and files do.
/// Not meant to be called by hand.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CanonicalNaN
{
    // Positive and quiet, without a payload, as IEEE 754 recommends.
    private const int CanonicalBits = 0x7fc00000;

    // So few that to look at one after the other is no slower than a call of what looks at several.
    private const int Few = 16;

    /// <summary>Replaces the NaNs.</summary>
    /// <param name="values">What may hold some.</param>
    public static void In(Span<float> values)
    {
        if (values.Length > Few)
        {
            InMany(values);
            return;
        }

        foreach (ref float value in values)
        {
            if (float.IsNaN(value))
            {
                value = Bits.ToSingle(CanonicalBits);
            }
        }
    }

    /// <summary>The value, with the bits that all NaNs have.</summary>
    /// <param name="value">Any float.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Of(float value) => float.IsNaN(value) ? Bits.ToSingle(CanonicalBits) : value;

    private static void InMany(Span<float> values)
    {
        for (int i = Check.IndexOfNaN(values); i >= 0; i = Check.IndexOfNaN(values))
        {
            values[i] = Bits.ToSingle(CanonicalBits);
            values = values.Slice(i + 1);
        }
    }
}
