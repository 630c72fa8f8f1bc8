using NetGen.CompilerServices;

namespace NetGen;

/// <summary>Measures a network's loss and metrics over samples of any number, some at a time.</summary>
internal sealed class Evaluator
{
    // Enough for a batch to run at full speed, few enough for their outputs to stay in the cache.
    private const int RowsAtOnce = 256;

    private readonly IPredictor _network;
    private readonly IReadOnlyList<Metric> _metrics;
    private readonly MetricTally[] _tallies;
    private BatchMemory? _memory;
    private readonly float[] _target;
    private float[] _outputs = [];

    public Evaluator(IPredictor network, IReadOnlyList<Metric> metrics)
    {
        _network = network;
        _metrics = metrics;
        _target = new float[network.OutputCount];
        _tallies = [.. metrics.Select(metric => metric.NewTally(network.OutputCount))];
    }

    /// <summary>Measures over samples, in their order.</summary>
    public Evaluation Over(Samples samples)
    {
        if (samples.IsContiguous)
        {
            float loss = _network.Evaluate(samples.All.Inputs, samples.All.Targets);
            return new Evaluation(loss, Floats.IsFinite(loss) ? MetricsOver(samples) : []);
        }

        var total = new LossTotal();
        for (int start = 0; start < samples.Count; start += RowsAtOnce)
        {
            Add(Chunk(samples, start), ref total);
        }

        return new Evaluation(total.Mean, Floats.IsFinite(total.Mean) ? MetricsOver(samples) : []);
    }

    /// <summary>Measures the metrics alone.</summary>
    public IReadOnlyList<MetricValue> MetricsOver(Samples samples)
    {
        if (_tallies.Length == 0)
        {
            return [];
        }

        Clear();
        for (int start = 0; start < samples.Count; start += RowsAtOnce)
        {
            Tally(Chunk(samples, start));
        }

        return Values();
    }

    /// <summary>Measures over what a source reads in an epoch, batch by batch.</summary>
    public Evaluation Over(IBatchSource source, int epoch, BatchMemory memory)
    {
        var total = new LossTotal();
        Clear();
        source.Begin(epoch);
        for (Batch batch = EpochBatches.Read(source, memory); batch.Count > 0; batch = EpochBatches.Read(source, memory))
        {
            Add(batch, ref total);
            Tally(batch);
        }

        return new Evaluation(total.Mean, Floats.IsFinite(total.Mean) ? Values() : []);
    }

    private Batch Chunk(Samples samples, int start)
    {
        int count = Math.Min(RowsAtOnce, samples.Count - start);
        if (samples.IsContiguous)
        {
            return samples.Slice(start, count);
        }

        _memory ??= new BatchMemory(Math.Min(RowsAtOnce, samples.Count), _network, samples.Kind);
        return samples.Copy(start, count, _memory);
    }

    // A batch whose samples all weigh nothing has no mean, and adds nothing to that of all.
    private void Add(Batch batch, ref LossTotal total)
    {
        if (batch.Weight is var weight and > 0)
        {
            total.Add(_network.Evaluate(batch.Inputs, batch.Targets), weight);
        }
    }

    private void Tally(Batch batch)
    {
        if (_tallies.Length == 0)
        {
            return;
        }

        int width = _network.OutputCount;
        if (_outputs.Length < batch.Count * width)
        {
            _outputs = new float[batch.Count * width];
        }

        Span<float> outputs = _outputs.AsSpan(0, batch.Count * width);
        _network.ForwardBatch(batch.Inputs, outputs);
        TargetRows targets = TargetRows.Of(Alike(batch.Targets), batch.Inputs.Length, _network.InputCount, width);
        for (int row = 0; row < batch.Count; row++)
        {
            ReadOnlySpan<float> output = outputs.Slice(row * width, width);
            ReadOnlySpan<float> target = targets.Row(row, _target);
            foreach (MetricTally tally in _tallies)
            {
                tally.Add(output, target);
            }
        }
    }

    // Metrics count samples alike, also in a batch whose samples weigh nothing.
    private static BatchTargets Alike(BatchTargets targets) =>
        targets.HasClasses ? BatchTargets.OfClasses(targets.Classes) : BatchTargets.Of(targets.Targets);

    private void Clear()
    {
        foreach (MetricTally tally in _tallies)
        {
            tally.Clear();
        }
    }

    // They are kept in the history, so each epoch has its own.
    private IReadOnlyList<MetricValue> Values()
    {
        var values = new MetricValue[_tallies.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = new MetricValue(_metrics[i].Name, _tallies[i].Value);
        }

        return values;
    }
}
