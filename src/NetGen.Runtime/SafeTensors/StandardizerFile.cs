namespace NetGen.SafeTensors;

/// <summary>Standardizers in safetensors files, beside whatever else is there.</summary>
internal static class StandardizerFile
{
    /// <summary>What the names of all their tensors begin with; networks pass over those.</summary>
    public const string Prefix = "standardizer.";

    private const string MeanSuffix = ".mean";
    private const string DeviationSuffix = ".std";

    public static Standardizer Load(string path, string name)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        try
        {
            return Read(new SafeTensorsStream(file), name);
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException)
        {
            throw new InvalidDataException($"Cannot load the standardizer '{name}' from '{path}'. {error.Message}", error);
        }
    }

    public static void Add(string path, string name, float[] means, float[] deviations)
    {
        byte[] old = File.Exists(path) ? File.ReadAllBytes(path) : SafeTensorsHeader.Write([], new Dictionary<string, string> { ["format"] = "pt" });
        SafeTensorsHeader header;
        int data;
        try
        {
            int length = SafeTensorsHeader.TextLength(old);
            data = SafeTensorsHeader.LengthSize + length;
            header = SafeTensorsHeader.Parse(old.AsSpan(SafeTensorsHeader.LengthSize, Math.Min(length, old.Length - SafeTensorsHeader.LengthSize)));
            header.CheckDataLength(old.Length - data);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"Cannot add the standardizer '{name}' to '{path}'. {error.Message}", error);
        }

        // The larger elements first, so that each is where its size divides the place.
        (SafeTensor Tensor, ArraySegment<byte> Bytes)[] parts =
        [
            .. header.Tensors.Values
                .Where(tensor => tensor.Name != Prefix + name + MeanSuffix && tensor.Name != Prefix + name + DeviationSuffix)
                .OrderBy(tensor => tensor.Begin)
                .Select(tensor => (tensor, new ArraySegment<byte>(old, data + (int)tensor.Begin, (int)(tensor.End - tensor.Begin))))
                .Append(Part(Prefix + name + MeanSuffix, means))
                .Append(Part(Prefix + name + DeviationSuffix, deviations))
                .OrderByDescending(part => ElementTypes.Size(part.Item1.ElementType)),
        ];
        byte[] newHeader = SafeTensorsHeader.Write(Placed(parts.Select(part => part.Tensor)), header.Metadata);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(newHeader, 0, newHeader.Length);
            foreach ((_, ArraySegment<byte> bytes) in parts)
            {
                stream.Write(bytes.Array!, bytes.Offset, bytes.Count);
            }
        });
    }

    private static Standardizer Read(SafeTensorsStream file, string name)
    {
        float[]? means = null;
        float[]? deviations = null;
        foreach (SafeTensor tensor in file.Header.Tensors.Values.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End))
        {
            if (tensor.Name == Prefix + name + MeanSuffix)
            {
                means = Vector(file, tensor);
            }
            else if (tensor.Name == Prefix + name + DeviationSuffix)
            {
                deviations = Vector(file, tensor);
            }
            else
            {
                file.Skip(tensor);
            }
        }

        file.ReadEnd();
        if (means is null || deviations is null)
        {
            string[] names =
            [
                .. file.Header.Tensors.Keys
                    .Where(key => key.StartsWith(Prefix, StringComparison.Ordinal) && key.EndsWith(MeanSuffix, StringComparison.Ordinal))
                    .Select(key => key.Substring(Prefix.Length, key.Length - Prefix.Length - MeanSuffix.Length)),
            ];
            throw new InvalidDataException(names.Length == 0 ? "The file has no standardizer." : $"The file has {string.Join(", ", names)}.");
        }

        return new Standardizer(means, deviations);
    }

    private static float[] Vector(SafeTensorsStream file, SafeTensor tensor)
    {
        if (tensor.Shape.Count != 1 || !ElementTypes.Readable.Contains(tensor.ElementType))
        {
            throw new InvalidDataException($"'{tensor.Name}' is no vector of numbers.");
        }

        float[] values = new float[checked((int)tensor.Shape[0])];
        file.Read(tensor, values);
        return values;
    }

    private static (SafeTensor, ArraySegment<byte>) Part(string name, float[] values)
    {
        byte[] bytes = new byte[sizeof(float) * values.Length];
        ElementTypes.FromSingles(values, bytes);
        return (new SafeTensor(name, ElementTypes.Float32, [values.Length], 0, bytes.Length), new ArraySegment<byte>(bytes));
    }

    // One after the other, as they will be written.
    private static IEnumerable<SafeTensor> Placed(IEnumerable<SafeTensor> tensors)
    {
        long end = 0;
        foreach (SafeTensor tensor in tensors)
        {
            long begin = end;
            end += tensor.End - tensor.Begin;
            yield return tensor with { Begin = begin, End = end };
        }
    }
}
