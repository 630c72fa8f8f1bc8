using NetGen.CompilerServices;

namespace NetGen;

/// <summary>A <see cref="SampleSet"/> that fits a network.</summary>
internal readonly ref struct Samples
{
    private readonly SampleSet _set;
    private readonly int _inputCount;
    private readonly int _outputCount;

    private Samples(SampleSet set, int count, int inputCount, int outputCount)
    {
        _set = set;
        Count = count;
        _inputCount = inputCount;
        _outputCount = outputCount;
    }

    public int Count { get; }

    public SampleKind Kind => _set.Kind;

    /// <summary>Whether all samples are one batch as they are.</summary>
    public bool IsContiguous => _set.Inputs.IsContiguous && _set.Targets.IsContiguous;

    /// <summary>All samples as one batch, if they are <see cref="IsContiguous"/>.</summary>
    public Batch All => Slice(0, Count);

    /// <param name="set">What the caller gave.</param>
    /// <param name="network">What it must fit.</param>
    /// <param name="prefix">Of the names in messages: nothing, or <c>validation</c>.</param>
    /// <exception cref="ArgumentException">It does not fit, or is empty, or has a number that nothing can be learned from.</exception>
    public static Samples Check(SampleSet set, IPredictor network, string prefix = "")
    {
        string inputs = Name(prefix, "inputs");
        string targets = Name(prefix, set.Kind.HasClasses ? "classes" : "targets");
        int count = set.Inputs.CountRows(network.InputCount, inputs);
        if (count == 0)
        {
            throw new ArgumentException($"Expected at least 1 sample of {network.InputCount} numbers, got none.", inputs);
        }

        if (set.Kind.HasClasses)
        {
            CheckClasses(set.Classes, count, network.OutputCount, targets);
        }
        else
        {
            CheckTargets(set.Targets, count, network.OutputCount, targets);
        }

        if (set.Kind.HasWeights)
        {
            TargetRows.UnitOf(set.Weights, count, Name(prefix, "sampleWeights"));
        }

        set.Inputs.CheckNumbers(inputs);
        set.Targets.CheckNumbers(targets);
        return new Samples(set, count, network.InputCount, network.OutputCount);
    }

    /// <summary>Copies some of the samples into a batch's memory.</summary>
    public Batch Gather(ReadOnlySpan<int> rows, BatchMemory memory)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            CopyRow(rows[i], i, memory);
        }

        return memory.First(rows.Length);
    }

    /// <summary>Some samples that follow each other, where they lie; they must be <see cref="IsContiguous"/>.</summary>
    public Batch Slice(int start, int count)
    {
        BatchTargets targets = Kind.HasClasses
            ? BatchTargets.OfClasses(_set.Classes.Slice(start, count))
            : BatchTargets.Of(_set.Targets.Values.Slice(start * _outputCount, count * _outputCount));
        return new Batch(
            _set.Inputs.Values.Slice(start * _inputCount, count * _inputCount),
            Kind.HasWeights ? targets.WithWeights(_set.Weights.Slice(start, count)) : targets,
            count);
    }

    /// <summary>Copies some samples that follow each other into a batch's memory.</summary>
    public Batch Copy(int start, int count, BatchMemory memory)
    {
        for (int i = 0; i < count; i++)
        {
            CopyRow(start + i, i, memory);
        }

        return memory.First(count);
    }

    private void CopyRow(int row, int place, BatchMemory memory)
    {
        _set.Inputs.Row(row, _inputCount).CopyTo(memory.Input(place));
        if (Kind.HasClasses)
        {
            memory.Classes[place] = _set.Classes[row];
        }
        else
        {
            _set.Targets.Row(row, _outputCount).CopyTo(memory.Target(place));
        }

        if (Kind.HasWeights)
        {
            memory.Weights[place] = _set.Weights[row];
        }
    }

    private static void CheckTargets(Columns targets, int count, int width, string name)
    {
        if (targets.IsContiguous && targets.Values.Length != (long)count * width)
        {
            throw new ArgumentException(
                $"Expected {(long)count * width} numbers, {width} for each of the {count} inputs, got {targets.Values.Length}.",
                name);
        }

        int rows = targets.CountRows(width, name);
        if (rows != count)
        {
            throw new ArgumentException($"Expected {count} rows, one for each input, got {rows}.", name);
        }
    }

    private static void CheckClasses(ReadOnlySpan<int> classes, int count, int outputs, string name)
    {
        if (outputs == 1)
        {
            throw new ArgumentException(
                "Expected a network with an output for each class; with one output, give targets of 0 and 1.", name);
        }

        if (classes.Length != count)
        {
            throw new ArgumentException($"Expected {count} classes, one for each input, got {classes.Length}.", name);
        }

        for (int row = 0; row < classes.Length; row++)
        {
            if ((uint)classes[row] >= (uint)outputs)
            {
                throw new ArgumentOutOfRangeException(
                    name, $"Expected a class from 0 to {outputs - 1}, got {classes[row]} at index {row}.");
            }
        }
    }

    private static string Name(string prefix, string name) =>
        prefix.Length == 0 ? name : prefix + char.ToUpperInvariant(name[0]) + name.Substring(1);
}
