namespace NetGen;

/// <summary>
/// Samples that are read batch by batch, such as those of files that do not fit into memory, or that are made while they
/// are learned from. Their order is the source's: a trainer does not shuffle them.
/// </summary>
/// <example>
/// <code>
/// sealed class NoisySine : IBatchSource
/// {
///     private readonly Random _random = new(1);
///     private int _left;
///
///     public long? RowCount => 10_000;
///
///     public void Begin(int epoch) => _left = 10_000;
///
///     public int Read(Span&lt;float> inputs, Span&lt;float> targets)
///     {
///         int rows = Math.Min(_left, inputs.Length);     // a row is one input and one target
///         for (int row = 0; row &lt; rows; row++)
///         {
///             inputs[row] = 6 * _random.NextSingle();
///             targets[row] = MathF.Sin(inputs[row]);
///         }
///
///         _left -= rows;
///         return rows;
///     }
/// }
/// </code>
/// </example>
public interface IBatchSource
{
    /// <summary>
    /// The number of rows in one epoch; null if nobody knows. Only schedules that go step by step need it
    /// (<see cref="LearningRateSchedule.PerStep"/>).
    /// </summary>
    long? RowCount { get; }

    /// <summary>
    /// Goes to an epoch's first row. An epoch is begun a second time where its loss is measured over the training samples;
    /// training that goes on from a checkpoint begins with a later one.
    /// </summary>
    /// <param name="epoch">Counted from 1.</param>
    void Begin(int epoch);

    /// <summary>
    /// Reads the next rows: as many as there is room for, while there are so many. One call is one step of the optimizer.
    /// </summary>
    /// <param name="inputs">[<see cref="Trainer.BatchSize"/>, <see cref="IPredictor.InputCount"/>], row-major</param>
    /// <param name="targets">[<see cref="Trainer.BatchSize"/>, <see cref="IPredictor.OutputCount"/>], row-major</param>
    /// <returns>The number of rows that were read; 0 at the end of the epoch.</returns>
    int Read(Span<float> inputs, Span<float> targets);
}
