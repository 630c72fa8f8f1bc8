namespace NetGen;

/// <summary>Inputs and their targets, a row each.</summary>
internal readonly ref struct Samples(
    ReadOnlySpan<float> inputs,
    ReadOnlySpan<float> targets,
    int inputCount,
    int outputCount)
{
    public ReadOnlySpan<float> Inputs { get; } = inputs;

    public ReadOnlySpan<float> Targets { get; } = targets;

    public int Count => inputCount == 0 ? 0 : Inputs.Length / inputCount;

    /// <summary>The index of every row, in order.</summary>
    public int[] AllRows()
    {
        int[] rows = new int[Count];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = row;
        }

        return rows;
    }

    /// <summary>Copies some of the rows into buffers that hold at least as many, and returns those.</summary>
    public Samples Gather(ReadOnlySpan<int> rows, float[] inputBuffer, float[] targetBuffer)
    {
        Span<float> gatheredInputs = inputBuffer.AsSpan(0, rows.Length * inputCount);
        Span<float> gatheredTargets = targetBuffer.AsSpan(0, rows.Length * outputCount);
        for (int i = 0; i < rows.Length; i++)
        {
            Inputs.Slice(rows[i] * inputCount, inputCount).CopyTo(gatheredInputs.Slice(i * inputCount));
            Targets.Slice(rows[i] * outputCount, outputCount).CopyTo(gatheredTargets.Slice(i * outputCount));
        }

        return new Samples(gatheredInputs, gatheredTargets, inputCount, outputCount);
    }
}
