using System.Text;

namespace NetGen.Generator;

/// <summary>Writes messages of Protocol Buffers (https://protobuf.dev/programming-guides/encoding), as onnx.proto defines them.</summary>
internal sealed class ProtoWriter
{
    private const int Varint = 0;
    private const int Delimited = 2;
    private const int Fixed32 = 5;

    private readonly List<byte> _bytes = [];
    private readonly List<ExportHole> _holes = [];
    private long _length;

    /// <summary>The bytes, without those of the holes.</summary>
    public IReadOnlyList<byte> Bytes => _bytes;

    /// <summary>Where numbers follow that are not known yet.</summary>
    public IReadOnlyList<ExportHole> Holes => _holes;

    public ProtoWriter Integer(int field, long value)
    {
        Tag(field, Varint);
        Number(value);
        return this;
    }

    public ProtoWriter Float(int field, float value)
    {
        Tag(field, Fixed32);
        byte[] bytes = BitConverter.GetBytes(value);
        if (!BitConverter.IsLittleEndian)
        {
            Array.Reverse(bytes);
        }

        Append(bytes);
        return this;
    }

    public ProtoWriter Text(int field, string value) => Raw(field, Encoding.UTF8.GetBytes(value));

    public ProtoWriter Raw(int field, byte[] value)
    {
        Tag(field, Delimited);
        Number(value.Length);
        Append(value);
        return this;
    }

    public ProtoWriter Message(int field, Action<ProtoWriter> write)
    {
        var inner = new ProtoWriter();
        write(inner);
        Tag(field, Delimited);
        Number(inner._length);
        foreach (ExportHole hole in inner._holes)
        {
            _holes.Add(hole with { At = hole.At + _bytes.Count });
        }

        _bytes.AddRange(inner._bytes);
        _length += inner._length;
        return this;
    }

    /// <summary>Leaves room for floats.</summary>
    public ProtoWriter Hole(int field, int floats)
    {
        Tag(field, Delimited);
        Number(sizeof(float) * (long)floats);
        _holes.Add(new ExportHole(_bytes.Count, floats));
        _length += sizeof(float) * (long)floats;
        return this;
    }

    private void Tag(int field, int type) => Number((field << 3) | type);

    private void Number(long value)
    {
        ulong rest = unchecked((ulong)value);
        for (; rest >= 0x80; rest >>= 7)
        {
            Append([unchecked((byte)(rest | 0x80))]);
        }

        Append([(byte)rest]);
    }

    private void Append(byte[] bytes)
    {
        _bytes.AddRange(bytes);
        _length += bytes.Length;
    }
}

/// <param name="At">The place among the bytes that are known.</param>
/// <param name="Count">How many floats follow there.</param>
internal readonly record struct ExportHole(int At, int Count);
