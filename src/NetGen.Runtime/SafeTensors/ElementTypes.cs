using System.Buffers.Binary;
using NetGen.CompilerServices;

namespace NetGen.SafeTensors;

/// <summary>The element types of safetensors files, and their conversion to float.</summary>
internal static class ElementTypes
{
    public const string Float32 = "F32";
    public const string Float64 = "F64";

    private const string Float16 = "F16";
    private const string BrainFloat16 = "BF16";

    /// <summary>Those whose elements can be read as floats.</summary>
    public static IReadOnlyList<string> Readable { get; } = [Float32, Float16, BrainFloat16, Float64];

    /// <summary>The bytes of one element; 0 for a type that is not known.</summary>
    public static int Size(string type) => type switch
    {
        "BOOL" or "U8" or "I8" or "F8_E5M2" or "F8_E4M3" or "F8_E8M0" => 1,
        Float16 or BrainFloat16 or "I16" or "U16" => 2,
        Float32 or "I32" or "U32" => 4,
        Float64 or "I64" or "U64" => 8,
        _ => 0,
    };

    /// <summary>Converts elements to the nearest float; a double beyond its range becomes infinite.</summary>
    /// <param name="source">Little-endian, of one of the <see cref="Readable"/> types.</param>
    /// <param name="type">Which.</param>
    /// <param name="destination">One float for each element.</param>
    public static void ToSingles(ReadOnlySpan<byte> source, string type, Span<float> destination)
    {
        switch (type)
        {
            case Float32:
                for (int i = 0; i < destination.Length; i++)
                {
                    destination[i] = Bits.ToSingle(BinaryPrimitives.ReadInt32LittleEndian(source.Slice(4 * i)));
                }

                break;
            case BrainFloat16:
                for (int i = 0; i < destination.Length; i++)
                {
                    destination[i] = Bits.ToSingle(BinaryPrimitives.ReadInt16LittleEndian(source.Slice(2 * i)) << 16);
                }

                break;
            case Float16:
                for (int i = 0; i < destination.Length; i++)
                {
                    destination[i] = FromHalf(BinaryPrimitives.ReadUInt16LittleEndian(source.Slice(2 * i)));
                }

                break;
            case Float64:
                for (int i = 0; i < destination.Length; i++)
                {
                    destination[i] = (float)ToDouble(source.Slice(8 * i));
                }

                break;
            default:
                throw new ArgumentException($"{type} is no type of floats.", nameof(type));
        }
    }

    /// <summary>Writes floats as <see cref="Float32"/>.</summary>
    /// <param name="source">Any floats; NaNs keep their bits.</param>
    /// <param name="destination">Four bytes for each.</param>
    public static void FromSingles(ReadOnlySpan<float> source, Span<byte> destination)
    {
        for (int i = 0; i < source.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(destination.Slice(4 * i), Bits.ToInt32(source[i]));
        }
    }

    /// <summary>Reads one <see cref="Float64"/>.</summary>
    public static double ToDouble(ReadOnlySpan<byte> source) =>
        BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64LittleEndian(source));

    /// <summary>Writes one <see cref="Float64"/>.</summary>
    public static void FromDouble(double value, Span<byte> destination) =>
        BinaryPrimitives.WriteInt64LittleEndian(destination, BitConverter.DoubleToInt64Bits(value));

    /// <summary>The float with the value of an IEEE 754 binary16, which is always exact.</summary>
    public static float FromHalf(ushort half)
    {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >> 10) & 0x1F;
        int fraction = half & 0x3FF;
        return exponent switch
        {
            // 2⁻²⁴ for each unit of the fraction.
            0 => Bits.ToSingle(sign | Bits.ToInt32(fraction * 5.9604645e-8f)),
            0x1F => Bits.ToSingle(sign | 0x7F800000 | (fraction << 13)),
            _ => Bits.ToSingle(sign | ((exponent + 112) << 23) | (fraction << 13)),
        };
    }
}
