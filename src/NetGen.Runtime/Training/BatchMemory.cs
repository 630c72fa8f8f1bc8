namespace NetGen;

/// <summary>Room for the samples of one batch.</summary>
internal sealed class BatchMemory
{
    private readonly float[] _inputs;
    private readonly float[] _targets;
    private readonly int _inputCount;
    private readonly int _outputCount;

    public BatchMemory(int rows, int inputCount, int outputCount)
    {
        if ((long)rows * Math.Max(inputCount, outputCount) > int.MaxValue)
        {
            throw new InvalidOperationException($"Expected a BatchSize of which one batch fits into an array, got {rows}.");
        }

        Rows = rows;
        _inputCount = inputCount;
        _outputCount = outputCount;
        _inputs = new float[rows * inputCount];
        _targets = new float[rows * outputCount];
    }

    public int Rows { get; }

    public Span<float> Inputs => _inputs;

    public Span<float> Targets => _targets;

    public Span<float> Input(int row) => _inputs.AsSpan(row * _inputCount, _inputCount);

    public Span<float> Target(int row) => _targets.AsSpan(row * _outputCount, _outputCount);

    /// <summary>The first rows, as a batch.</summary>
    public Batch First(int count) =>
        new(_inputs.AsSpan(0, count * _inputCount), _targets.AsSpan(0, count * _outputCount), count);
}
