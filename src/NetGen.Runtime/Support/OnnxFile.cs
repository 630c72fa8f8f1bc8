using System.Buffers.Binary;
using System.ComponentModel;
using NetGen.SafeTensors;

namespace NetGen.CompilerServices;

/// <summary>Writes ONNX files, of which all but the parameters was known when the network was compiled. Not meant to be used by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OnnxFile
{
    // A multiple of a float's size.
    private const int BufferSize = 1 << 14;

    /// <summary>Writes a file that is there as a whole or not at all.</summary>
    /// <param name="path">A file that is there is replaced.</param>
    /// <param name="known">All of the file but the parameters.</param>
    /// <param name="holes">For each parameter its place among those bytes, ascending, and its number of floats.</param>
    /// <param name="parameters">In logical order.</param>
    public static void Write(string path, ReadOnlySpan<byte> known, int[] holes, float[] parameters)
    {
        byte[] bytes = known.ToArray();
        AtomicFile.Write(path, file => Write(file, bytes, holes, parameters));
    }

    /// <summary>Writes a file to a stream.</summary>
    /// <param name="destination">It is left open.</param>
    /// <param name="known">All of the file but the parameters.</param>
    /// <param name="holes">For each parameter its place among those bytes, ascending, and its number of floats.</param>
    /// <param name="parameters">In logical order.</param>
    public static void Write(Stream destination, ReadOnlySpan<byte> known, int[] holes, float[] parameters)
    {
        if (destination is null)
        {
            throw new ArgumentNullException(nameof(destination));
        }

        if (!destination.CanWrite)
        {
            throw new ArgumentException("Expected a stream that can be written.", nameof(destination));
        }

        byte[] bytes = known.ToArray();
        int at = 0;
        int parameter = 0;
        for (int hole = 0; hole < holes.Length; hole += 2)
        {
            destination.Write(bytes, at, holes[hole] - at);
            at = holes[hole];
            WriteFloats(destination, parameters.AsSpan(parameter, holes[hole + 1]));
            parameter += holes[hole + 1];
        }

        destination.Write(bytes, at, bytes.Length - at);
    }

    private static void WriteFloats(Stream destination, ReadOnlySpan<float> values)
    {
        var buffer = new byte[Math.Min(BufferSize, sizeof(float) * values.Length)];
        while (values.Length > 0)
        {
            int count = Math.Min(values.Length, buffer.Length / sizeof(float));
            for (int i = 0; i < count; i++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(sizeof(float) * i), Bits.ToInt32(values[i]));
            }

            destination.Write(buffer, 0, sizeof(float) * count);
            values = values.Slice(count);
        }
    }
}
