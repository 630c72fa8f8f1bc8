using System.Buffers.Binary;
using System.ComponentModel;
using System.Reflection;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Floats that were known when a network was compiled, as little-endian bytes: of a file that the build embeds as a
/// resource, or of a text. Not meant to be used by hand.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FloatBytes
{
    private readonly byte[] _bytes;

    private FloatBytes(byte[] bytes) => _bytes = bytes;

    /// <summary>A file that the build embedded, which must be the one that the network was compiled from.</summary>
    /// <param name="network">The network's class: the file is in its assembly.</param>
    /// <param name="resource">The resource's name.</param>
    /// <param name="length">How many bytes the file had.</param>
    /// <param name="hash">Tells it from others.</param>
    /// <exception cref="InvalidDataException">The assembly has no such resource, or it is another file.</exception>
    public static FloatBytes OfResource(Type network, string resource, int length, ulong hash)
    {
        Assembly assembly = network.Assembly;
        using Stream stream = assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidDataException($"{network.FullName} was compiled from the resource '{resource}', which {assembly.GetName().Name} lacks. Rebuild the project; with <NetGenEmbedModels>false</NetGenEmbedModels> networks need no resources.");
        var bytes = new byte[stream.Length];
        int read = 0;
        for (int more = 1; more > 0 && read < bytes.Length; read += more)
        {
            more = stream.Read(bytes, read, bytes.Length - read);
        }

        return read == length && bytes.Length == length && FileHash.Of(bytes) == hash
            ? new FloatBytes(bytes)
            : throw new InvalidDataException($"{network.FullName} was compiled from another file than the resource '{resource}' of {assembly.GetName().Name}: the file changed while it was built. Rebuild the project.");
    }

    /// <summary>What a text says.</summary>
    /// <param name="base64">The bytes in base 64, with spaces and lines where there may be some.</param>
    public static FloatBytes OfText(string base64) => new(Convert.FromBase64String(base64));

    /// <summary>Reads floats that follow each other, to the bit.</summary>
    /// <param name="offset">The first one's first byte.</param>
    /// <param name="destination">Gets as many as it has room for.</param>
    public void Read(int offset, Span<float> destination)
    {
        ReadOnlySpan<byte> bytes = _bytes.AsSpan(offset, sizeof(float) * destination.Length);
        Span<int> bits = MemoryMarshal.Cast<float, int>(destination);
        for (int i = 0; i < bits.Length; i++)
        {
            bits[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes.Slice(sizeof(float) * i));
        }
    }

    /// <summary>Reads a matrix that lies there column by column, to the bit.</summary>
    /// <param name="offset">The first float's first byte.</param>
    /// <param name="columns">How many columns it has.</param>
    /// <param name="destination">Gets it row by row.</param>
    public void ReadTransposed(int offset, int columns, Span<float> destination)
    {
        ReadOnlySpan<byte> bytes = _bytes.AsSpan(offset, sizeof(float) * destination.Length);
        Span<int> bits = MemoryMarshal.Cast<float, int>(destination);
        int rows = bits.Length / columns;
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                bits[(row * columns) + column] = BinaryPrimitives.ReadInt32LittleEndian(bytes.Slice(sizeof(float) * ((column * rows) + row)));
            }
        }
    }
}
