using System.Buffers.Binary;
using System.Text;

namespace NetGen.SafeTensors;

/// <summary>
/// The header of a safetensors file (https://github.com/huggingface/safetensors, "Format"): eight bytes with its length, then
/// JSON that names each tensor, its type, its shape and its bytes, which follow the header without a gap.
/// </summary>
internal sealed class SafeTensorsHeader
{
    /// <summary>The bytes before the JSON: its length, little-endian.</summary>
    public const int LengthSize = 8;

    // As the reference implementation has it.
    private const long LongestText = 100_000_000;

    private const string MetadataName = "__metadata__";

    private readonly Dictionary<string, SafeTensor> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);

    private SafeTensorsHeader()
    {
    }

    public IReadOnlyDictionary<string, SafeTensor> Tensors => _tensors;

    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>How many bytes of tensors follow.</summary>
    public long DataLength { get; private set; }

    /// <summary>The length of the JSON, as the file says.</summary>
    /// <param name="start">The first bytes of the file.</param>
    /// <exception cref="InvalidDataException">The file is too short to say it, or says too much.</exception>
    public static int TextLength(ReadOnlySpan<byte> start)
    {
        if (start.Length < LengthSize)
        {
            throw new InvalidDataException($"A safetensors file begins with the 8 bytes of its header's length; this one has {start.Length}.");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length > LongestText)
        {
            throw new InvalidDataException($"The safetensors header says it has {length} bytes; at most {LongestText} are allowed.");
        }

        return (int)length;
    }

    /// <summary>Reads and checks a header.</summary>
    /// <param name="json">The header's text.</param>
    /// <exception cref="InvalidDataException">It is no header, or contradicts itself.</exception>
    public static SafeTensorsHeader Parse(ReadOnlySpan<byte> json)
    {
        var header = new SafeTensorsHeader();
        var text = new HeaderText(json);
        text.Expect('{');
        for (bool isFirst = true; text.Next(ref isFirst, '}');)
        {
            string name = text.Text();
            text.Expect(':');
            if (name == MetadataName)
            {
                header.ReadMetadata(ref text);
            }
            else if (header._tensors.ContainsKey(name))
            {
                throw text.Error($"there is a second tensor '{name}'");
            }
            else
            {
                header._tensors.Add(name, ReadTensor(name, ref text));
            }
        }

        text.ExpectEnd();
        header.DataLength = header.CheckBytes();
        return header;
    }

    private void ReadMetadata(ref HeaderText text)
    {
        if (_metadata.Count > 0)
        {
            throw text.Error($"there is a second {MetadataName}");
        }

        text.Expect('{');
        for (bool isFirst = true; text.Next(ref isFirst, '}');)
        {
            string key = text.Text();
            text.Expect(':');
            if (_metadata.ContainsKey(key))
            {
                throw text.Error($"'{key}' is there twice");
            }

            _metadata.Add(key, text.Text());
        }
    }

    private static SafeTensor ReadTensor(string name, ref HeaderText text)
    {
        string? type = null;
        List<long>? shape = null;
        List<long>? bytes = null;
        text.Expect('{');
        for (bool isFirst = true; text.Next(ref isFirst, '}');)
        {
            string key = text.Text();
            text.Expect(':');
            switch (key)
            {
                case "dtype" when type is null:
                    type = text.Text();
                    break;
                case "shape" when shape is null:
                    shape = Numbers(ref text);
                    break;
                case "data_offsets" when bytes is null:
                    bytes = Numbers(ref text);
                    break;
                default:
                    throw text.Error($"'{key}' of tensor '{name}' is there twice, or nothing that a tensor has");
            }
        }

        if (type is null || shape is null || bytes is not [var begin, var end])
        {
            throw text.Error($"tensor '{name}' needs a dtype, a shape and two data_offsets");
        }

        if (begin > end)
        {
            throw text.Error($"tensor '{name}' ends at {end}, before it begins at {begin}");
        }

        int size = ElementTypes.Size(type);
        if (size > 0 && ByteCount(shape, size) != end - begin)
        {
            throw text.Error($"tensor '{name}' of {type} [{string.Join(", ", shape)}] has {end - begin} bytes");
        }

        return new SafeTensor(name, type, shape, begin, end);
    }

    private static List<long> Numbers(ref HeaderText text)
    {
        var numbers = new List<long>();
        text.Expect('[');
        for (bool isFirst = true; text.Next(ref isFirst, ']');)
        {
            numbers.Add(text.Number());
        }

        return numbers;
    }

    // -1 for more than a long can count.
    private static long ByteCount(IReadOnlyList<long> shape, int size)
    {
        if (shape.Contains(0))
        {
            return 0;
        }

        long count = size;
        foreach (long length in shape)
        {
            if (count > long.MaxValue / length)
            {
                return -1;
            }

            count *= length;
        }

        return count;
    }

    /// <summary>Checks that the tensors are all that follows.</summary>
    /// <exception cref="InvalidDataException">There is more, or less.</exception>
    public void CheckDataLength(long actual)
    {
        if (actual != DataLength)
        {
            throw new InvalidDataException($"The tensors of the safetensors file have {DataLength} bytes, but {actual} follow the header.");
        }
    }

    // Each byte belongs to one tensor. Returns how many there are.
    private long CheckBytes()
    {
        long next = 0;
        foreach (SafeTensor tensor in _tensors.Values.OrderBy(t => t.Begin).ThenBy(t => t.End))
        {
            if (tensor.Begin != next)
            {
                throw new InvalidDataException($"Tensor '{tensor.Name}' of the safetensors file begins at {tensor.Begin}, where the one before it ends at {next}.");
            }

            next = tensor.End;
        }

        return next;
    }

    /// <summary>The length and the JSON of a header, filled up with spaces so that the data is aligned to eight bytes.</summary>
    /// <param name="tensors">In the order of their bytes.</param>
    /// <param name="metadata">Texts by name; may be empty.</param>
    public static byte[] Write(IEnumerable<SafeTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        IEnumerable<string> members =
        [
            .. metadata.Count == 0 ? [] : (string[])[$"{Quoted(MetadataName)}:{{{string.Join(",", metadata.Select(m => $"{Quoted(m.Key)}:{Quoted(m.Value)}"))}}}"],
            .. tensors.Select(t => FormattableString.Invariant(
                $"{Quoted(t.Name)}:{{\"dtype\":{Quoted(t.ElementType)},\"shape\":[{string.Join(",", t.Shape)}],\"data_offsets\":[{t.Begin},{t.End}]}}")),
        ];
        byte[] text = Encoding.UTF8.GetBytes($"{{{string.Join(",", members)}}}");
        int length = (text.Length + LengthSize - 1) / LengthSize * LengthSize;
        byte[] header = new byte[LengthSize + length];
        BinaryPrimitives.WriteInt64LittleEndian(header, length);
        text.CopyTo(header, LengthSize);
        header.AsSpan(LengthSize + text.Length).Fill((byte)' ');
        return header;
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char character in text)
        {
            quoted.Append(character switch
            {
                '"' or '\\' => "\\" + character,
                < ' ' => FormattableString.Invariant($"\\u{(int)character:x4}"),
                _ => character.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
