using NetGen.CompilerServices;

// Several overloads have optional parameters, which is a trap where a call could mean another one later. Here the types that
// every call must give tell them apart.
#pragma warning disable RS0026

namespace NetGen;

/// <content>What is learned from: samples in memory, or a source of them.</content>
public sealed partial class Trainer
{
    /// <summary>
    /// Trains; with a <see cref="ValidationFraction"/> the loss that counts is that of the samples held back,
    /// otherwise that of the training samples: see <see cref="TrainingProgress.Loss"/>.
    /// </summary>
    /// <param name="inputs">[n, <see cref="IPredictor.InputCount"/>], row-major</param>
    /// <param name="targets">[n, <see cref="IPredictor.OutputCount"/>], row-major</param>
    /// <param name="progress">
    /// Told after each epoch, on this thread; it may use the network to predict. Note that <see cref="Progress{T}"/>
    /// passes reports on to another thread, which must not touch the network meanwhile.
    /// </param>
    /// <param name="cancellationToken">Looked at before each batch.</param>
    /// <exception cref="ArgumentException">
    /// The samples do not fit the network or each other, hold a number that nothing can be learned from, or are too few to
    /// hold some back. The network is unchanged.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// <see cref="FirstEpoch"/> is above <see cref="Epochs"/>, or the schedule gave a learning rate that is negative, infinite
    /// or NaN.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// Training was cancelled. With <see cref="RestoreBestWeights"/> the network has the best weights up to the last complete
    /// epoch, as after an exception out of <paramref name="progress"/>, a schedule or a metric; without, or if no epoch was
    /// complete, those of the last complete step.
    /// </exception>
    public TrainingResult Train(
        ReadOnlySpan<float> inputs,
        ReadOnlySpan<float> targets,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Train(SampleSet.Of(inputs, targets), progress, cancellationToken);

    /// <inheritdoc cref="Train(ReadOnlySpan{float}, ReadOnlySpan{float}, IProgress{TrainingProgress}, CancellationToken)"/>
    /// <param name="samples">Rows, arrays or classes: whatever <see cref="SampleSet"/> takes.</param>
    /// <param name="progress"><inheritdoc path="/param[@name='progress']/node()"/></param>
    /// <param name="cancellationToken"><inheritdoc path="/param[@name='cancellationToken']/node()"/></param>
    public TrainingResult Train(
        SampleSet samples,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        CheckEpochs();
        Samples all = Samples.Check(samples, _network);
        int heldBack = CountHeldBack(all.Count);
        cancellationToken.ThrowIfCancellationRequested();

        int[] order = AllRows(all.Count);
        Span<int> rows = order.AsSpan(0, order.Length - heldBack);
        var random = new RandomStream(Seed);
        Samples validation = default;
        if (heldBack > 0)
        {
            random.Shuffle(order);
            var memory = new BatchMemory(heldBack, _network, all.Kind);
            validation = all.Gather(order.AsSpan(rows.Length), memory).AsSamples(_network);

            // The others go back into the order in which they were given: they may not be shuffled again.
            Array.Sort(order, 0, rows.Length);
        }

        return Run(BatchesOf(all, rows, random), validation, progress, cancellationToken);
    }

    /// <summary>Trains; the loss that counts is that of the validation samples, which are not learned from.</summary>
    /// <param name="inputs">[n, <see cref="IPredictor.InputCount"/>], row-major</param>
    /// <param name="targets">[n, <see cref="IPredictor.OutputCount"/>], row-major</param>
    /// <param name="validationInputs">[m, <see cref="IPredictor.InputCount"/>], row-major</param>
    /// <param name="validationTargets">[m, <see cref="IPredictor.OutputCount"/>], row-major</param>
    /// <param name="progress">
    /// Told after each epoch, on this thread; it may use the network to predict. Note that <see cref="Progress{T}"/>
    /// passes reports on to another thread, which must not touch the network meanwhile.
    /// </param>
    /// <param name="cancellationToken">Looked at before each batch.</param>
    /// <exception cref="ArgumentException">
    /// The samples do not fit the network or each other, or hold a number that nothing can be learned from. The network is
    /// unchanged.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// <see cref="ValidationFraction"/> is set as well, <see cref="FirstEpoch"/> is above <see cref="Epochs"/>, or the
    /// schedule gave a learning rate that is negative, infinite or NaN.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// Training was cancelled. With <see cref="RestoreBestWeights"/> the network has the best weights up to the last complete
    /// epoch, as after an exception out of <paramref name="progress"/>, a schedule or a metric; without, or if no epoch was
    /// complete, those of the last complete step.
    /// </exception>
    public TrainingResult TrainAndValidate(
        ReadOnlySpan<float> inputs,
        ReadOnlySpan<float> targets,
        ReadOnlySpan<float> validationInputs,
        ReadOnlySpan<float> validationTargets,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default) => TrainAndValidate(
            SampleSet.Of(inputs, targets),
            SampleSet.Of(validationInputs, validationTargets),
            progress,
            cancellationToken);

    /// <inheritdoc cref="TrainAndValidate(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, IProgress{TrainingProgress}, CancellationToken)"/>
    /// <param name="samples">Rows, arrays or classes: whatever <see cref="SampleSet"/> takes.</param>
    /// <param name="validation">Not learned from; of any form, too.</param>
    /// <param name="progress"><inheritdoc path="/param[@name='progress']/node()"/></param>
    /// <param name="cancellationToken"><inheritdoc path="/param[@name='cancellationToken']/node()"/></param>
    public TrainingResult TrainAndValidate(
        SampleSet samples,
        SampleSet validation,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        CheckNothingIsHeldBack("Expected either validation samples or a ValidationFraction, got both");
        CheckEpochs();
        Samples all = Samples.Check(samples, _network);
        Samples others = Samples.Check(validation, _network, "validation");
        cancellationToken.ThrowIfCancellationRequested();
        return Run(BatchesOf(all, AllRows(all.Count), new RandomStream(Seed)), others, progress, cancellationToken);
    }

    /// <summary>
    /// Trains with samples that are read batch by batch, in the source's order. Unless <see cref="RestoreBestWeights"/> is off
    /// they are read once more before the first epoch and at the end of each, to measure the loss over them.
    /// </summary>
    /// <param name="source">Read on this thread; each of its batches is a step.</param>
    /// <param name="progress">As for samples in memory.</param>
    /// <param name="cancellationToken">Looked at before each batch.</param>
    /// <exception cref="ArgumentNullException">There is no source.</exception>
    /// <exception cref="ArgumentException">A batch holds a number that nothing can be learned from. No step was made of it.</exception>
    /// <exception cref="InvalidOperationException">
    /// <see cref="ValidationFraction"/> is set, <see cref="FirstEpoch"/> is above <see cref="Epochs"/>, the schedule gave no
    /// learning rate, or the source no rows, or more than there is room for.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// Training was cancelled. The network's weights are as for samples in memory; so they are after an exception out of
    /// <paramref name="source"/>.
    /// </exception>
    public TrainingResult Train(
        IBatchSource source,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        CheckNothingIsHeldBack("Expected validation samples, as none of a source's can be held back");
        CheckEpochs();
        cancellationToken.ThrowIfCancellationRequested();
        return Run(BatchesOf(source), validation: default, progress, cancellationToken);
    }

    /// <summary>
    /// Trains with samples that are read batch by batch, in the source's order; the loss that counts is that of the validation
    /// samples, which are not learned from.
    /// </summary>
    /// <param name="source">Read on this thread; each of its batches is a step.</param>
    /// <param name="validation">Rows, arrays or classes: whatever <see cref="SampleSet"/> takes.</param>
    /// <param name="progress">As for samples in memory.</param>
    /// <param name="cancellationToken">Looked at before each batch.</param>
    /// <inheritdoc cref="Train(IBatchSource, IProgress{TrainingProgress}, CancellationToken)" path="/exception"/>
    public TrainingResult TrainAndValidate(
        IBatchSource source,
        SampleSet validation,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        CheckNothingIsHeldBack("Expected either validation samples or a ValidationFraction, got both");
        CheckEpochs();
        Samples others = Samples.Check(validation, _network, "validation");
        cancellationToken.ThrowIfCancellationRequested();
        return Run(BatchesOf(source), others, progress, cancellationToken);
    }

    // A report may change this trainer for the next time; what has begun keeps its course.
    private TrainingResult Run(
        EpochBatches batches,
        Samples validation,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken) =>
        new TrainingRun(_network, (Trainer)MemberwiseClone(), batches, validation).Run(progress, cancellationToken);

    private EpochBatches BatchesOf(Samples samples, Span<int> rows, RandomStream random) => new(
        samples,
        rows,
        Shuffle ? random : null,
        new BatchMemory(Math.Min(BatchSize, rows.Length), _network, samples.Kind));

    private EpochBatches BatchesOf(IBatchSource source) => new(
        source ?? throw new ArgumentNullException(nameof(source)),
        new BatchMemory(BatchSize, _network, new SampleKind(HasClasses: false, HasWeights: source is IWeightedBatchSource)));

    private static int[] AllRows(int count)
    {
        int[] rows = new int[count];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = row;
        }

        return rows;
    }

    private int CountHeldBack(int count)
    {
        if (ValidationFraction == 0)
        {
            return 0;
        }

        int heldBack = Math.Max(1, (int)Math.Round(ValidationFraction * (double)count));
        return heldBack < count ? heldBack : throw new ArgumentException(
            FormattableString.Invariant(
                $"Expected enough samples to learn from some and hold back {ValidationFraction} of them, got {count}."),
            "inputs");
    }

    private void CheckNothingIsHeldBack(string problem)
    {
        if (ValidationFraction > 0)
        {
            throw new InvalidOperationException($"{problem}: set ValidationFraction to 0.");
        }
    }

    private void CheckEpochs()
    {
        if (FirstEpoch > Epochs)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"Expected a FirstEpoch of at most Epochs, {Epochs}, got {FirstEpoch}."));
        }
    }
}
