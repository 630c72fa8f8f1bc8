using NetGen.SafeTensors;

namespace NetGen.Tool.Files;

/// <summary>A safetensors file.</summary>
/// <param name="File">Where it is.</param>
/// <param name="Header">What it says of its tensors.</param>
internal sealed record WeightsSource(InputFile File, SafeTensorsHeader Header)
{
    /// <summary>What begins so is what an optimizer remembers, and no weight.</summary>
    public const string OptimizerPrefix = "optimizer.";

    /// <summary>Without what an optimizer remembers and standardizers, in the order of their bytes.</summary>
    public IReadOnlyList<SafeTensor> Weights { get; } =
    [
        .. Header.Tensors.Values
            .Where(t => !t.Name.StartsWith(OptimizerPrefix, StringComparison.Ordinal) && !t.Name.StartsWith(StandardizerFile.Prefix, StringComparison.Ordinal))
            .OrderBy(t => t.Begin)
            .ThenBy(t => t.End),
    ];

    /// <summary>The optimizers that remember what is in the file; none where nothing is.</summary>
    public IEnumerable<OptimizerRow> Optimizers()
    {
        HashSet<string> remembered = [.. Header.Tensors.Keys.Where(name => name.StartsWith(OptimizerPrefix, StringComparison.Ordinal))];
        return remembered.Count == 0 ? [] : Generator.Optimizers.All.Where(row => remembered.SetEquals(
        [
            .. row.Powers.Select(power => OptimizerPrefix + power.StateName),
            .. row.Slots.SelectMany(slot => Weights.Select(weight => $"{OptimizerPrefix}{slot.StateName}.{weight.Name}")),
        ]));
    }

    public static WeightsSource Read(InputFile file)
    {
        using FileStream stream = file.Open();
        return new WeightsSource(file, Start(file, stream).Header);
    }

    /// <summary>Reads tensors of floats.</summary>
    /// <param name="wanted">Their names.</param>
    public IReadOnlyDictionary<string, float[]> Values(IReadOnlySet<string> wanted)
    {
        using FileStream stream = File.Open();
        SafeTensorsStream reader = Start(File, stream);
        var values = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach (SafeTensor tensor in reader.Header.Tensors.Values.OrderBy(t => t.Begin).ThenBy(t => t.End))
        {
            if (wanted.Contains(tensor.Name))
            {
                float[] floats = new float[tensor.Shape.Aggregate(1L, (count, length) => count * length)];
                reader.Read(tensor, floats);
                values.Add(tensor.Name, floats);
            }
            else
            {
                reader.Skip(tensor);
            }
        }

        return values;
    }

    private static SafeTensorsStream Start(InputFile file, FileStream stream)
    {
        try
        {
            return new SafeTensorsStream(stream);
        }
        catch (InvalidDataException e)
        {
            throw file.Error(e.Message);
        }
    }
}
