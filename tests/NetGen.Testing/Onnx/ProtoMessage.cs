using System.Text;

namespace NetGen.Testing.Onnx;

/// <summary>A message of protocol buffers, field by field; nothing checks that it makes sense.</summary>
internal sealed class ProtoMessage
{
    private readonly MemoryStream _bytes = new();

    public ProtoMessage Add(int field, long value) => Tag(field, 0).Varint((ulong)value);

    public ProtoMessage Add(int field, float value) => Tag(field, 5).Raw(BitConverter.GetBytes(value));

    public ProtoMessage Add(int field, double value) => Tag(field, 1).Raw(BitConverter.GetBytes(value));

    public ProtoMessage Add(int field, ReadOnlySpan<byte> value) => Tag(field, 2).Varint((ulong)value.Length).Raw(value);

    public ProtoMessage Add(int field, string value) => Add(field, Encoding.UTF8.GetBytes(value).AsSpan());

    public ProtoMessage Add(int field, ProtoMessage value) => Add(field, value.ToArray().AsSpan());

    /// <summary>The start of a field: its number, and how its value is written.</summary>
    public ProtoMessage Tag(int field, int wireType) => Varint(((ulong)field << 3) | (uint)wireType);

    /// <summary>A number by itself: an element of a packed field, or a length.</summary>
    public ProtoMessage Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.WriteByte((byte)(value | 0x80));
        }

        _bytes.WriteByte((byte)value);
        return this;
    }

    /// <summary>Bytes without anything around them.</summary>
    public ProtoMessage Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    public byte[] ToArray() => _bytes.ToArray();
}
