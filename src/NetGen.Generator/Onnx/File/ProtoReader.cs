using System.Buffers.Binary;
using System.Text;

namespace NetGen.Generator;

/// <summary>
/// Reads the wire format of protocol buffers: fields one after the other, messages within messages. It trusts no length
/// and always knows where it is, so whatever is wrong becomes an <see cref="OnnxException"/> with the path and the byte.
/// </summary>
/// <remarks>
/// A message is read by a method that asks <see cref="Next"/> for fields until there are no more. Only messages that
/// have such a method are entered, so nesting is as deep as the reader's code, not as deep as the file.
/// </remarks>
internal sealed class ProtoReader(byte[] file)
{
    private const int LongestVarint = 10;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<Frame> _path = [new("model", -1, 0)];
    private int _position;
    private int _end = file.Length;
    private int _fieldStart;
    private WireType _wireType;

    private enum WireType
    {
        Varint = 0,
        EightBytes = 1,
        Bytes = 2,
        GroupStart = 3,
        GroupEnd = 4,
        FourBytes = 5,
    }

    /// <summary>The number of the field that <see cref="Next"/> has found.</summary>
    public int Field { get; private set; }

    /// <summary>Goes to the next field of the message; false at its end.</summary>
    public bool Next()
    {
        if (_position == _end)
        {
            return false;
        }

        _fieldStart = _position;
        ulong tag = Varint("the number of a field");
        _wireType = (WireType)(tag & 7);
        if (tag >> 3 is 0 or > (1 << 29) - 1)
        {
            throw Fail(_fieldStart, $"no field has the number {tag >> 3}");
        }

        Field = (int)(tag >> 3);
        return _wireType switch
        {
            WireType.GroupStart or WireType.GroupEnd => throw Fail(_fieldStart, $"field {Field} is a group, which ONNX does not use"),
            > WireType.FourBytes => throw Fail(_fieldStart, $"field {Field} has the wire type {(int)_wireType}, which does not exist"),
            _ => true,
        };
    }

    /// <summary>Passes over a field that nobody asks for.</summary>
    public void Skip()
    {
        const string field = "a field";
        switch (_wireType)
        {
            case WireType.Varint:
                Varint(field);
                break;
            case WireType.Bytes:
                Length(field);
                break;
            default:
                Take(field, _wireType == WireType.EightBytes ? 8 : 4);
                break;
        }
    }

    public long Integer(string field)
    {
        Expect(field, WireType.Varint);
        return Signed(field);
    }

    public float Float(string field)
    {
        Expect(field, WireType.FourBytes);
        return FloatAt(Take(field, 4));
    }

    public ArraySegment<byte> Bytes(string field)
    {
        Expect(field, WireType.Bytes);
        int length = Length(field);
        return new(file, _position - length, length);
    }

    public string Text(string field)
    {
        ArraySegment<byte> bytes = Bytes(field);
        try
        {
            return Utf8.GetString(file, bytes.Offset, bytes.Count);
        }
        catch (DecoderFallbackException)
        {
            throw Fail(bytes.Offset, $"'{field}' is not valid UTF-8");
        }
    }

    /// <summary>Adds the field's elements: one, or as many as are packed into it.</summary>
    public void Integers(string field, List<long> elements)
    {
        if (IsOne(field, WireType.Varint))
        {
            elements.Add(Signed(field));
            return;
        }

        int outerEnd = Enter(field);
        while (_position < _end)
        {
            elements.Add(Signed(field));
        }

        _end = outerEnd;
    }

    /// <inheritdoc cref="Integers"/>
    public void Floats(string field, List<float> elements)
    {
        if (IsOne(field, WireType.FourBytes))
        {
            elements.Add(FloatAt(Take(field, 4)));
            return;
        }

        int outerEnd = Enter(field);
        while (_position < _end)
        {
            elements.Add(FloatAt(Take(field, 4)));
        }

        _end = outerEnd;
    }

    /// <summary>Adds the field's elements, of type double, as floats.</summary>
    public void Doubles(string field, List<float> elements)
    {
        if (IsOne(field, WireType.EightBytes))
        {
            elements.Add(DoubleAt(Take(field, 8)));
            return;
        }

        int outerEnd = Enter(field);
        while (_position < _end)
        {
            elements.Add(DoubleAt(Take(field, 8)));
        }

        _end = outerEnd;

        float DoubleAt(int at) => (float)BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(at)));
    }

    /// <summary>Reads a message within the message.</summary>
    /// <param name="index">Which of a repeated field's; −1 of a field that is there once.</param>
    /// <param name="read">Reads all its fields.</param>
    public T Message<T>(string field, int index, Func<ProtoReader, T> read)
    {
        Expect(field, WireType.Bytes);
        int outerEnd = Enter(field);
        _path.Add(new(field, index, _fieldStart));
        T message = read(this);
        _path.RemoveAt(_path.Count - 1);
        _end = outerEnd;
        return message;
    }

    /// <summary>Reads a message that may be there only once.</summary>
    public T Only<T>(T? earlier, string field, Func<ProtoReader, T> read)
        where T : class =>
        earlier is null ? Message(field, -1, read) : throw Fail(_fieldStart, $"'{field}' is there twice");

    /// <summary>How many messages there are around what is being read, with it.</summary>
    public int Depth => _path.Count;

    /// <summary>Reads a message that was passed over when it came, as bytes of the one that is being read.</summary>
    public T Return<T>(ArraySegment<byte> message, string field, Func<ProtoReader, T> read)
    {
        (int position, int end) = (_position, _end);
        (_position, _end) = (message.Offset, message.Offset + message.Count);
        _path.Add(new(field, -1, message.Offset));
        T result = read(this);
        _path.RemoveAt(_path.Count - 1);
        (_position, _end) = (position, end);
        return result;
    }

    /// <summary>Names the message that is being read, for the path.</summary>
    public string Named(string name)
    {
        _path[_path.Count - 1] = _path[_path.Count - 1] with { Name = name };
        return name;
    }

    /// <summary>An exception about the message that is being read; the whole file needs no place.</summary>
    public OnnxException Error(string message) => _path.Count == 1 ? new OnnxException(message) : Fail(_path[_path.Count - 1].Start, message);

    private static string Describe(WireType type) => type switch
    {
        WireType.Varint => "a varint",
        WireType.EightBytes => "8 bytes",
        WireType.FourBytes => "4 bytes",
        _ => "bytes with a length",
    };

    private OnnxException Fail(int at, string message) => new($"{string.Join(".", _path)} (byte {Literal.Grouped(at)}): {message}");

    private void Expect(string field, WireType expected)
    {
        if (_wireType != expected)
        {
            throw Fail(_fieldStart, $"'{field}' is {Describe(_wireType)}, not {Describe(expected)}");
        }
    }

    // Whether a repeated field has one element, and not a pack of them.
    private bool IsOne(string field, WireType element)
    {
        if (_wireType == WireType.Bytes)
        {
            return false;
        }

        Expect(field, element);
        return true;
    }

    // Makes the end of the field's bytes the end of what may be read; the caller puts back the one before.
    private int Enter(string field)
    {
        int outerEnd = _end;
        int length = Length(field);
        _end = _position;
        _position -= length;
        return outerEnd;
    }

    // Reads a length and passes over what has it.
    private int Length(string field)
    {
        ulong length = Varint(field);
        if (length > (ulong)(_end - _position))
        {
            throw Fail(_fieldStart, $"'{field}' is said to have {length} bytes, but {Literal.Of(_end - _position)} are left");
        }

        _position += (int)length;
        return (int)length;
    }

    // A number below 0 is the one that has its bits.
    private long Signed(string field) => unchecked((long)Varint(field));

    private ulong Varint(string field)
    {
        int start = _position;
        ulong value = 0;
        for (int i = 0; i < LongestVarint && _position < _end; i++)
        {
            byte bits = file[_position++];
            value |= (ulong)(bits & 0x7F) << (7 * i);
            if (bits < 0x80)
            {
                return i < LongestVarint - 1 || bits <= 1 ? value : throw Fail(start, $"'{field}' is a varint of more than 64 bits");
            }
        }

        throw Fail(start, _position == _end ? $"'{field}' is cut off" : $"'{field}' is a varint of more than {LongestVarint} bytes");
    }

    private int Take(string field, int count)
    {
        if (_end - _position < count)
        {
            throw Fail(_position, $"'{field}' is cut off");
        }

        _position += count;
        return _position - count;
    }

    private float FloatAt(int at) => OnnxElements.ToFloat(BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at)));

    /// <summary>A message on the way to the one that is read.</summary>
    private readonly record struct Frame(string Field, int Index, int Start, string? Name = null)
    {
        public override string ToString() =>
            Field + (Index < 0 ? "" : $"[{Literal.Of(Index)}]") + (string.IsNullOrEmpty(Name) ? "" : " " + OnnxException.Quote(Name!));
    }
}
