using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NetGen.Generator;

/// <summary>How elements of each type are stored, and what they are as float or integer.</summary>
internal static class OnnxElements
{
    public static bool IsFloat(OnnxElementType type) =>
        type is OnnxElementType.Float or OnnxElementType.Float16 or OnnxElementType.BFloat16 or OnnxElementType.Double;

    /// <summary>The bytes of an element in raw data; 0 for a type whose tensors are not read.</summary>
    public static int Size(OnnxElementType type) => type switch
    {
        OnnxElementType.UInt8 or OnnxElementType.Int8 or OnnxElementType.Bool => 1,
        OnnxElementType.UInt16 or OnnxElementType.Int16 or OnnxElementType.Float16 or OnnxElementType.BFloat16 => 2,
        OnnxElementType.Float or OnnxElementType.Int32 or OnnxElementType.UInt32 => 4,
        OnnxElementType.Double or OnnxElementType.Int64 or OnnxElementType.UInt64 => 8,
        _ => 0,
    };

    /// <summary>The field for data that is not raw.</summary>
    public static string Field(OnnxElementType type) => type switch
    {
        OnnxElementType.Float => "float_data",
        OnnxElementType.Double => "double_data",
        OnnxElementType.Int64 => "int64_data",
        OnnxElementType.UInt32 or OnnxElementType.UInt64 => "uint64_data",
        _ => "int32_data",
    };

    /// <summary>An element of raw data that is a floating-point number.</summary>
    public static float RawFloat(OnnxElementType type, ReadOnlySpan<byte> element) => type switch
    {
        OnnxElementType.Float => ToFloat(BinaryPrimitives.ReadInt32LittleEndian(element)),
        OnnxElementType.Double => (float)BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64LittleEndian(element)),
        _ => FromBits(type, BinaryPrimitives.ReadUInt16LittleEndian(element)),
    };

    /// <summary>An element of raw data that is an integer or a boolean; an unsigned one of 64 bits as its bits.</summary>
    public static long RawInteger(OnnxElementType type, ReadOnlySpan<byte> element) => type switch
    {
        OnnxElementType.Bool => element[0] == 0 ? 0 : 1,
        OnnxElementType.UInt8 => element[0],
        OnnxElementType.Int8 => unchecked((sbyte)element[0]),
        OnnxElementType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(element),
        OnnxElementType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(element),
        OnnxElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(element),
        OnnxElementType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(element),
        _ => BinaryPrimitives.ReadInt64LittleEndian(element),
    };

    /// <summary>The least and the greatest integer that a type's elements can be; the bits, for the short floats.</summary>
    public static (long Least, long Greatest) Range(OnnxElementType type) => type switch
    {
        OnnxElementType.Bool => (0, 1),
        OnnxElementType.UInt8 => (0, byte.MaxValue),
        OnnxElementType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        OnnxElementType.UInt16 or OnnxElementType.Float16 or OnnxElementType.BFloat16 => (0, ushort.MaxValue),
        OnnxElementType.Int16 => (short.MinValue, short.MaxValue),
        OnnxElementType.Int32 => (int.MinValue, int.MaxValue),
        OnnxElementType.UInt32 => (0, uint.MaxValue),
        OnnxElementType.UInt64 => (0, long.MaxValue),
        _ => (long.MinValue, long.MaxValue),
    };

    /// <summary>A Float16 or BFloat16 of these bits, which a float holds exactly.</summary>
    public static float FromBits(OnnxElementType type, ushort bits)
    {
        if (type == OnnxElementType.BFloat16)
        {
            return ToFloat(bits << 16);
        }

        int sign = (bits & 0x8000) << 16;
        int exponent = (bits >> 10) & 0x1F;
        int fraction = bits & 0x3FF;

        // An exponent of 0 has no leading one: the fraction counts units of 2⁻²⁴.
        float subnormal = fraction * 5.9604645e-8f;
        return exponent switch
        {
            0 => sign == 0 ? subnormal : -subnormal,
            0x1F => ToFloat(sign | 0x7F800000 | (fraction << 13)),
            _ => ToFloat(sign | ((exponent + 112) << 23) | (fraction << 13)),
        };
    }

    public static float ToFloat(int bits)
    {
        Span<int> one = stackalloc int[] { bits };
        return MemoryMarshal.Cast<int, float>(one)[0];
    }
}
