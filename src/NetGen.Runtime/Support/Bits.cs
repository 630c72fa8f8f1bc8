using System.ComponentModel;
using System.Runtime.CompilerServices;
#if !NET8_0_OR_GREATER
using System.Runtime.InteropServices;
#endif

namespace NetGen.CompilerServices;

/// <summary>The bits of a float: generated exponentials and logarithms work on them. Not meant to be called by hand.</summary>
/// <remarks>A class of our own because BitConverter has these conversions only from .NET Core 2.0 on.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Bits
{
    /// <summary>The float with these bits (IEEE 754 binary32).</summary>
    /// <param name="bits">Sign, exponent and fraction, from the highest bit down.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ToSingle(int bits)
    {
#if NET8_0_OR_GREATER
        return BitConverter.Int32BitsToSingle(bits);
#else
        return new Union { Bits = bits }.Value;
#endif
    }

    /// <summary>The bits of a float (IEEE 754 binary32).</summary>
    /// <param name="value">Any float; the bits of a NaN may differ between platforms.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ToInt32(float value)
    {
#if NET8_0_OR_GREATER
        return BitConverter.SingleToInt32Bits(value);
#else
        return new Union { Value = value }.Bits;
#endif
    }

#if !NET8_0_OR_GREATER
    // Two fields over the same four bytes: a reinterpretation without unsafe code.
    [StructLayout(LayoutKind.Explicit)]
    private struct Union
    {
        [FieldOffset(0)]
        public int Bits;

        [FieldOffset(0)]
        public float Value;
    }
#endif
}
