namespace NetGen;

/// <summary>Room for the samples of one batch.</summary>
internal sealed class BatchMemory
{
    private readonly float[] _inputs;
    private readonly float[] _targets;
    private readonly int[] _classes;
    private readonly float[] _weights;
    private readonly int _inputCount;
    private readonly int _outputCount;
    private readonly SampleKind _kind;

    /// <param name="rows">The most samples.</param>
    /// <param name="network">What takes them.</param>
    /// <param name="kind">What is known of each.</param>
    public BatchMemory(int rows, IPredictor network, SampleKind kind)
    {
        _inputCount = network.InputCount;
        _outputCount = network.OutputCount;
        _kind = kind;
        if ((long)rows * Math.Max(_inputCount, _outputCount) > int.MaxValue)
        {
            throw new InvalidOperationException($"Expected a BatchSize of which one batch fits into an array, got {rows}.");
        }

        Rows = rows;
        _inputs = new float[rows * _inputCount];
        _targets = kind.HasClasses ? [] : new float[rows * _outputCount];
        _classes = kind.HasClasses ? new int[rows] : [];
        _weights = kind.HasWeights ? new float[rows] : [];
    }

    public int Rows { get; }

    public Span<float> Inputs => _inputs;

    public Span<float> Targets => _targets;

    public Span<int> Classes => _classes;

    public Span<float> Weights => _weights;

    public Span<float> Input(int row) => _inputs.AsSpan(row * _inputCount, _inputCount);

    public Span<float> Target(int row) => _targets.AsSpan(row * _outputCount, _outputCount);

    /// <summary>The first rows, as a batch.</summary>
    public Batch First(int count)
    {
        BatchTargets targets = _kind.HasClasses
            ? BatchTargets.OfClasses(_classes.AsSpan(0, count))
            : BatchTargets.Of(_targets.AsSpan(0, count * _outputCount));
        return new Batch(
            _inputs.AsSpan(0, count * _inputCount),
            _kind.HasWeights ? targets.WithWeights(_weights.AsSpan(0, count)) : targets,
            count);
    }
}
