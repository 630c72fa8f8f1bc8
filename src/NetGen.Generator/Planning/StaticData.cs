using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NetGen.Generator;

/// <summary>How numbers that are known at compile time get into the user's assembly.</summary>
internal enum StaticForm
{
    /// <summary>As floats, which people can read.</summary>
    Floats,

    /// <summary>
    /// As a text in base 64: a compiler reads one long literal in no time, where it takes a float apart. Not two characters
    /// to a float, as some players keep literals as UTF-8, which half a surrogate pair does not survive.
    /// </summary>
    Text,

    /// <summary>As the bits of floats, two to a number: an assembly has room for eight million characters in all its literals.</summary>
    Bits,

    /// <summary>In the file that they are from, which the build embeds, and what is not in it as a text.</summary>
    Embedded,
}

/// <summary>The numbers of some tensors, in order, and where they are.</summary>
/// <param name="Tensors">What is not in the file has no place there.</param>
/// <param name="File">Where <see cref="Form"/> says that it is embedded.</param>
internal sealed record StaticData(StaticForm Form, EquatableArray<StaticTensor> Tensors, EmbeddedFile? File)
{
    /// <summary>Nobody reads more, and a file is not worth being opened for fewer.</summary>
    public const int MostReadable = 4096;

    /// <summary>A sixth of what all literals of an assembly have room for, as there may be other networks.</summary>
    public const int MostText = 1 << 18;

    public int Count => Tensors.Sum(t => t.Values.Count);

    public static StaticData Plan(IEnumerable<(Node Node, TensorData Values)> tensors, FrontEnd source)
    {
        StaticTensor[] all = [.. tensors.Select(t => new StaticTensor(t.Node, t.Values, null))];
        int count = all.Sum(t => t.Values.Count);
        if (count > MostReadable && source.Embedded is { } file)
        {
            StaticTensor[] found = [.. all.Select(t => t with { Place = Find(t, file.Content.AsSpan()) })];
            if (found.Where(t => t.Place is null).Sum(t => t.Values.Count) <= MostText && found.Any(t => t.Place is not null))
            {
                return new StaticData(StaticForm.Embedded, found.ToEquatableArray(), file);
            }
        }

        StaticForm form = count <= MostReadable ? StaticForm.Floats : count <= MostText ? StaticForm.Text : StaticForm.Bits;
        return new StaticData(form, all.ToEquatableArray(), null);
    }

    /// <summary>The bytes of floats as files have them, the lowest first.</summary>
    public static byte[] Bytes(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<int> bits = MemoryMarshal.Cast<float, int>(values);
        byte[] bytes = new byte[sizeof(float) * bits.Length];
        for (int i = 0; i < bits.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(sizeof(float) * i), bits[i]);
        }

        return bytes;
    }

    // By its bits: whatever the import made of a constant, what has the same bits is the same. A few may be anywhere.
    private static FilePlace? Find(StaticTensor tensor, ReadOnlySpan<byte> file)
    {
        const int Fewest = 16;
        if (tensor.Values.Count < Fewest)
        {
            return null;
        }

        int at = file.IndexOf(Bytes(tensor.Values.Values));
        if (at >= 0)
        {
            return new FilePlace(at, IsTransposed: false);
        }

        if (tensor.Node.Shape.Rank != 2)
        {
            return null;
        }

        (int rows, int columns) = (tensor.Node.Shape[0], tensor.Node.Shape[1]);
        float[] transposed = new float[tensor.Values.Count];
        for (int i = 0; i < transposed.Length; i++)
        {
            transposed[i] = tensor.Values[(i % rows * columns) + (i / rows)];
        }

        at = file.IndexOf(Bytes(transposed));
        return at >= 0 ? new FilePlace(at, IsTransposed: true) : null;
    }
}

/// <param name="Place">Where its numbers are in the file; null where they are not.</param>
internal sealed record StaticTensor(Node Node, TensorData Values, FilePlace? Place);

/// <param name="Offset">The first byte.</param>
/// <param name="IsTransposed">The matrix lies there column by column.</param>
internal sealed record FilePlace(int Offset, bool IsTransposed);
