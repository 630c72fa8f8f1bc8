namespace NetGen.SafeTensors;

/// <summary>Reads a safetensors file from its first byte to its last. Memory grows with what is there, not with what is said.</summary>
internal sealed class SafeTensorsStream
{
    // A multiple of every element's size.
    private const int BufferSize = 1 << 16;

    // Most headers are shorter.
    private const int FirstText = 1 << 12;

    private readonly Stream _stream;
    private byte[]? _buffer;

    /// <summary>Reads the header, and where the stream knows its length compares it.</summary>
    /// <exception cref="InvalidDataException">The file begins with no header, or is not as long as that says.</exception>
    public SafeTensorsStream(Stream stream)
    {
        _stream = stream;
        byte[] start = new byte[SafeTensorsHeader.LengthSize];
        int length = SafeTensorsHeader.TextLength(start.AsSpan(0, Fill(start, 0, start.Length)));
        byte[] text = ReadText(length);
        Header = SafeTensorsHeader.Parse(text.AsSpan(0, length));
        if (stream.CanSeek)
        {
            Header.CheckDataLength(stream.Length - stream.Position);
        }
    }

    public SafeTensorsHeader Header { get; }

    /// <summary>Reads the next tensor.</summary>
    /// <param name="tensor">Its entry in the header.</param>
    /// <param name="destination">A float for each element.</param>
    public void Read(SafeTensor tensor, Span<float> destination)
    {
        int size = ElementTypes.Size(tensor.ElementType);
        while (destination.Length > 0)
        {
            int count = Math.Min(destination.Length, BufferSize / size);
            ElementTypes.ToSingles(Next(tensor, count * size), tensor.ElementType, destination.Slice(0, count));
            destination = destination.Slice(count);
        }
    }

    /// <summary>Reads the next tensor, which is one number.</summary>
    public double ReadDouble(SafeTensor tensor) => ElementTypes.ToDouble(Next(tensor, ElementTypes.Size(ElementTypes.Float64)));

    /// <summary>Passes over the next tensor.</summary>
    public void Skip(SafeTensor tensor)
    {
        for (long left = tensor.End - tensor.Begin; left > 0; left -= BufferSize)
        {
            Next(tensor, (int)Math.Min(left, BufferSize));
        }
    }

    /// <summary>There must be nothing more.</summary>
    public void ReadEnd()
    {
        if (_stream.ReadByte() >= 0)
        {
            throw new InvalidDataException($"The safetensors file goes on after its last tensor, which ends {Header.DataLength} bytes after the header.");
        }
    }

    private ReadOnlySpan<byte> Next(SafeTensor tensor, int length)
    {
        _buffer ??= new byte[(int)Math.Min(BufferSize, Header.DataLength)];
        return Fill(_buffer, 0, length) == length
            ? _buffer.AsSpan(0, length)
            : throw new InvalidDataException($"The safetensors file ends within the tensor '{tensor.Name}', which ends {tensor.End} bytes after the header.");
    }

    private byte[] ReadText(int length)
    {
        byte[] text = new byte[Math.Min(length, FirstText)];
        int filled = 0;
        while (true)
        {
            filled += Fill(text, filled, text.Length - filled);
            if (filled < text.Length)
            {
                throw new InvalidDataException($"The safetensors header says it has {length} bytes, but only {filled} follow.");
            }

            if (filled == length)
            {
                return text;
            }

            Array.Resize(ref text, (int)Math.Min(length, 2L * filled));
        }
    }

    // A stream may return less than it has; only nothing is its end.
    private int Fill(byte[] buffer, int offset, int count)
    {
        int filled = 0;
        while (filled < count && _stream.Read(buffer, offset + filled, count - filled) is var read and > 0)
        {
            filled += read;
        }

        return filled;
    }
}
