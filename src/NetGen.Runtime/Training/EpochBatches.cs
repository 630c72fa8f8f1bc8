using NetGen.CompilerServices;

namespace NetGen;

/// <summary>The batches of one epoch after the other: of samples, shuffled or not, or as a source gives them.</summary>
internal ref struct EpochBatches
{
    private readonly Samples _samples;
    private readonly Span<int> _rows;
    private readonly bool _shuffle;
    private readonly IBatchSource? _source;
    private readonly BatchMemory _memory;
    private RandomStream _random;
    private int _next;

    /// <param name="samples">Where the rows are.</param>
    /// <param name="rows">Those that are learned from, which are put into new orders.</param>
    /// <param name="random">Decides the orders; null leaves the rows in theirs.</param>
    /// <param name="memory">For one batch.</param>
    public EpochBatches(Samples samples, Span<int> rows, RandomStream? random, BatchMemory memory)
    {
        _samples = samples;
        _rows = rows;
        _shuffle = random is not null;
        _random = random ?? default;
        _memory = memory;
        StepCount = (rows.Length + memory.Rows - 1) / memory.Rows;
    }

    public EpochBatches(IBatchSource source, BatchMemory memory)
    {
        _source = source;
        _memory = memory;
        StepCount = (source.RowCount + memory.Rows - 1) / memory.Rows;
    }

    /// <summary>The number of steps in one epoch; null if a source does not know.</summary>
    public long? StepCount { get; }

    /// <summary>Passes over an epoch, which changes the orders of those that follow.</summary>
    public void Skip()
    {
        if (_shuffle)
        {
            _random.Shuffle(_rows);
        }
    }

    /// <summary>Goes to an epoch's first batch.</summary>
    public void Begin(int epoch)
    {
        Skip();
        _next = 0;
        _source?.Begin(epoch);
    }

    /// <summary>The next batch, which lasts until the one after; an empty one at the end.</summary>
    public Batch Next()
    {
        if (_source is not null)
        {
            return Read(_source, _memory);
        }

        int count = Math.Min(_memory.Rows, _rows.Length - _next);
        Batch batch = _samples.Gather(_rows.Slice(_next, count), _memory);
        _next += count;
        return batch;
    }

    /// <summary>Measures the network over all training samples.</summary>
    public readonly Evaluation Evaluate(Evaluator evaluator, int epoch) => _source is null
        ? evaluator.Over(_samples)
        : evaluator.Over(_source, epoch, _memory);

    /// <summary>The next batch of a source.</summary>
    public static Batch Read(IBatchSource source, BatchMemory memory)
    {
        int count = source is IWeightedBatchSource weighted
            ? weighted.Read(memory.Inputs, memory.Targets, memory.Weights)
            : source.Read(memory.Inputs, memory.Targets);
        return count >= 0 && count <= memory.Rows ? memory.First(count) : throw new InvalidOperationException(
            $"Expected from the source at most {memory.Rows} rows, for which there is room, got {count}.");
    }
}
