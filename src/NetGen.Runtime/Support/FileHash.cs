using System.Buffers.Binary;

namespace NetGen.CompilerServices;

/// <summary>
/// Tells files apart that were mistaken for each other. The generator compiles this file, too: it writes the hash into a
/// network's class, and the library checks it.
/// </summary>
internal static class FileHash
{
    /// <summary>
    /// Words of eight bytes, the last filled with zeros, each multiplied into the hash, whose upper half is then folded over the
    /// lower: multiplication carries upwards alone.
    /// </summary>
    /// <param name="bytes">All of a file.</param>
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        ulong hash = 14695981039346656037;
        while (bytes.Length >= sizeof(ulong))
        {
            Add(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes.Slice(sizeof(ulong));
        }

        ulong last = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            last |= (ulong)bytes[i] << (8 * i);
        }

        Add(last);
        return hash;

        void Add(ulong word)
        {
            hash = unchecked((hash ^ word) * 0x9E3779B97F4A7C15);
            hash ^= hash >> 32;
        }
    }
}
