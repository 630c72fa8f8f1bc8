using NetGen.CompilerServices;

namespace NetGen;

/// <summary>
/// Trains any <see cref="INetwork"/> with the optimizer it declares: epochs of shuffled mini-batches, until the loss no
/// longer falls or the epochs are used up, and leaves it with the weights of its best epoch.
/// </summary>
/// <remarks>
/// <para>The same seed, data and starting weights give the same training: batches and the validation split depend on
/// nothing else. Memory is taken once per call: the buffers of one batch, an index for each sample, the validation
/// samples and one copy of the parameters; after that only the history of a very long training grows.</para>
/// <para>Training continues from the network's present weights. Threads are used, by the network, only if
/// <see cref="DegreeOfParallelism"/> asks for them.</para>
/// </remarks>
/// <example>
/// <code>
/// var trainer = new Trainer(network)
/// {
///     Epochs = 50,
///     BatchSize = 32,
///     LearningRate = 0.001f,
///     Schedule = LearningRateSchedule.Cosine(),
///     ValidationFraction = 0.1f,
///     Patience = 5,
/// };
/// TrainingResult result = trainer.Train(inputs, targets);
/// </code>
/// </example>
public sealed class Trainer
{
    private readonly INetwork _network;
    private int _epochs = 100;
    private int _firstEpoch = 1;
    private int _batchSize = 32;
    private int _degreeOfParallelism = 1;
    private float _learningRate = 0.001f;
    private LearningRateSchedule _schedule = LearningRateSchedule.Constant;
    private float _validationFraction;
    private int? _patience;
    private float _minimumImprovement;

    /// <summary>A trainer of one network.</summary>
    /// <param name="network">What <c>Train</c> will change.</param>
    /// <exception cref="ArgumentNullException">There is none.</exception>
    public Trainer(INetwork network) => _network = network ?? throw new ArgumentNullException(nameof(network));

    /// <summary>The most epochs to run, at least 1; 100 unless set. One epoch learns from every training sample once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int Epochs
    {
        get => _epochs;
        set => _epochs = Setting.AtLeastOne(value, nameof(Epochs));
    }

    /// <summary>
    /// The epoch to begin with, at least 1 and at most <see cref="Epochs"/>; 1 unless set. Training that was interrupted
    /// goes on as if it had not been: the network has what <c>Save</c> with its optimizer wrote after the epoch before, and
    /// the trainer the same settings and data. What was the best epoch, and <see cref="Patience"/>, begin anew.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int FirstEpoch
    {
        get => _firstEpoch;
        set => _firstEpoch = Setting.AtLeastOne(value, nameof(FirstEpoch));
    }

    /// <summary>
    /// The number of samples in one step of the optimizer, at least 1; 32 unless set.
    /// An epoch's last batch holds what is left over.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int BatchSize
    {
        get => _batchSize;
        set => _batchSize = Setting.AtLeastOne(value, nameof(BatchSize));
    }

    /// <summary>
    /// The most threads that learn from a batch, with the caller's, at least 1; 1 unless set. The results are the same
    /// bits whatever it is. It pays where a batch takes several hundred microseconds on one thread, such as 256 samples
    /// of a network with 100,000 parameters.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int DegreeOfParallelism
    {
        get => _degreeOfParallelism;
        set => _degreeOfParallelism = Setting.AtLeastOne(value, nameof(DegreeOfParallelism));
    }

    /// <summary>
    /// The learning rate before <see cref="Schedule"/> changes it, finite and at least 0; 0.001 unless set,
    /// which suits Adam. Plain gradient descent usually wants 0.01 to 0.5.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or NaN.</exception>
    public float LearningRate
    {
        get => _learningRate;
        set => _learningRate = Setting.FiniteFromZero(value, nameof(LearningRate));
    }

    /// <summary>How the learning rate changes from epoch to epoch; constant unless set.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public LearningRateSchedule Schedule
    {
        get => _schedule;
        set => _schedule = value ?? throw new ArgumentNullException(nameof(Schedule));
    }

    /// <summary>Whether each epoch takes the samples in a new order; true unless set.</summary>
    public bool Shuffle { get; set; } = true;

    /// <summary>Decides the order of the samples and which of them are held back for validation; 0 unless set.</summary>
    public ulong Seed { get; set; }

    /// <summary>
    /// The share of samples, chosen by <see cref="Seed"/>, that are not learned from but measure the loss at the end of
    /// each epoch: at least 0 (none) and below 1; 0 unless set. It is rounded to whole samples, but to at least one.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range or NaN.</exception>
    public float ValidationFraction
    {
        get => _validationFraction;
        set => _validationFraction = Setting.Fraction(value, nameof(ValidationFraction));
    }

    /// <summary>
    /// Stop after this many epochs in a row, at least 1, in which the loss did not fall by more than
    /// <see cref="MinimumImprovement"/>; null, unless set, runs all epochs.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int? Patience
    {
        get => _patience;
        set => _patience = value is int epochs ? Setting.AtLeastOne(epochs, nameof(Patience)) : null;
    }

    /// <summary>
    /// How far the loss must fall below that of the last epoch that counted for <see cref="Patience"/> to begin anew,
    /// in units of the loss, finite and at least 0; 0 unless set. The best weights are those of the lowest loss, however
    /// small the difference.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or NaN.</exception>
    public float MinimumImprovement
    {
        get => _minimumImprovement;
        set => _minimumImprovement = Setting.FiniteFromZero(value, nameof(MinimumImprovement));
    }

    /// <summary>
    /// Whether the network ends with the weights of the epoch with the lowest loss; true unless set. If training
    /// diverges in its first epoch, that means the weights it started with. Without validation samples this takes one
    /// more pass over the training samples each epoch. False keeps the weights of the last step.
    /// </summary>
    public bool RestoreBestWeights { get; set; } = true;

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
    /// The spans disagree in their number of rows, hold a NaN, or hold too few samples to hold some back.
    /// The network is unchanged.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// <see cref="FirstEpoch"/> is above <see cref="Epochs"/>, or the schedule gave a learning rate that is negative, infinite
    /// or NaN.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// Training was cancelled. With <see cref="RestoreBestWeights"/> the network has the weights of the best complete
    /// epoch; without, or if none was complete, those of the last complete step.
    /// </exception>
    public TrainingResult Train(
        ReadOnlySpan<float> inputs,
        ReadOnlySpan<float> targets,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        CheckEpochs();
        Samples samples = CheckSamples(inputs, targets, nameof(inputs), nameof(targets));
        int heldBack = CountHeldBack(samples.Count);
        cancellationToken.ThrowIfCancellationRequested();

        int[] order = samples.AllRows();
        Span<int> trainingRows = order.AsSpan(0, order.Length - heldBack);
        var random = new RandomStream(Seed);
        Samples validation = default;
        if (heldBack > 0)
        {
            random.Shuffle(order);
            validation = samples.Gather(
                order.AsSpan(trainingRows.Length),
                new float[heldBack * _network.InputCount],
                new float[heldBack * _network.OutputCount]);

            // The others go back into the order in which they were given: they may not be shuffled again.
            Array.Sort(order, 0, trainingRows.Length);
        }

        return Run(samples, trainingRows, validation, random, progress, cancellationToken);
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
    /// The spans disagree in their number of rows or hold a NaN. The network is unchanged.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// <see cref="ValidationFraction"/> is set as well, <see cref="FirstEpoch"/> is above <see cref="Epochs"/>, or the
    /// schedule gave a learning rate that is negative, infinite or NaN.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// Training was cancelled. With <see cref="RestoreBestWeights"/> the network has the weights of the best complete
    /// epoch; without, or if none was complete, those of the last complete step.
    /// </exception>
    public TrainingResult TrainAndValidate(
        ReadOnlySpan<float> inputs,
        ReadOnlySpan<float> targets,
        ReadOnlySpan<float> validationInputs,
        ReadOnlySpan<float> validationTargets,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        if (ValidationFraction > 0)
        {
            throw new InvalidOperationException(
                "Expected either validation samples or a ValidationFraction, got both: set ValidationFraction to 0.");
        }

        CheckEpochs();
        Samples samples = CheckSamples(inputs, targets, nameof(inputs), nameof(targets));
        Samples validation =
            CheckSamples(validationInputs, validationTargets, nameof(validationInputs), nameof(validationTargets));
        cancellationToken.ThrowIfCancellationRequested();

        return Run(samples, samples.AllRows(), validation, new RandomStream(Seed), progress, cancellationToken);
    }

    private TrainingResult Run(
        Samples samples,
        Span<int> rows,
        Samples validation,
        RandomStream random,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken)
    {
        // Up to this many epochs the history never grows.
        const int HistoryCapacity = 256;

        // A report may change this trainer for the next time; what has begun keeps its course.
        int epochs = Epochs;
        int firstEpoch = FirstEpoch;
        float learningRate = LearningRate;
        LearningRateSchedule schedule = Schedule;
        bool shuffle = Shuffle;
        int degree = DegreeOfParallelism;
        var watch = new LossWatch(Patience, MinimumImprovement);
        var history = new List<TrainingProgress>(HistoryCapacity);
        float[]? bestWeights = RestoreBestWeights ? new float[_network.ParameterCount] : null;
        if (bestWeights is not null)
        {
            _network.GetParameters(bestWeights);
        }

        int batchSize = Math.Min(BatchSize, rows.Length);
        float[] batchInputs = new float[batchSize * _network.InputCount];
        float[] batchTargets = new float[batchSize * _network.OutputCount];
        StopReason stopReason = StopReason.EpochLimit;

        for (int epoch = 1; epoch <= epochs && stopReason == StopReason.EpochLimit; epoch++)
        {
            // Epochs that lie behind have shuffled, too.
            if (shuffle)
            {
                random.Shuffle(rows);
            }

            if (epoch < firstEpoch)
            {
                continue;
            }

            float rate = schedule.GetRate(learningRate, epoch - 1, epochs);
            CheckScheduled(rate, epoch);
            float trainingLoss;
            try
            {
                trainingLoss = RunEpoch(samples, rows, batchInputs, batchTargets, rate, degree, cancellationToken);
            }
            catch (OperationCanceledException) when (bestWeights is not null && watch.BestEpoch > 0)
            {
                _network.SetParameters(bestWeights);
                throw;
            }

            float? validationLoss = null;
            float loss = trainingLoss;
            if (IsFinite(trainingLoss))
            {
                if (validation.Count > 0)
                {
                    validationLoss = _network.Evaluate(validation.Inputs, validation.Targets);
                    loss = validationLoss.Value;
                }
                else if (bestWeights is not null)
                {
                    // The training loss is that of the weights before each step; an epoch's last step may have gone
                    // astray, and its weights must not be kept for the loss of the ones before.
                    loss = _network.Evaluate(samples.Inputs, samples.Targets);
                }
            }

            if (!IsFinite(loss))
            {
                stopReason = StopReason.Diverged;
            }
            else
            {
                if (watch.Observe(epoch, loss) && bestWeights is not null)
                {
                    _network.GetParameters(bestWeights);
                }

                if (watch.LostPatience)
                {
                    stopReason = StopReason.NoImprovement;
                }
            }

            var report = new TrainingProgress(
                epoch, epochs, rate, trainingLoss, validationLoss, loss, watch.BestEpoch, watch.BestLoss);
            history.Add(report);
            progress?.Report(report);
        }

        bool restore = bestWeights is not null && watch.BestEpoch != history[history.Count - 1].Epoch;
        if (restore)
        {
            _network.SetParameters(bestWeights);
        }

        return new TrainingResult(history.AsReadOnly(), stopReason, restore);
    }

    /// <summary>Learns from every row once and returns the mean loss: not finite, and at once, if training diverged.</summary>
    private float RunEpoch(
        Samples samples,
        ReadOnlySpan<int> rows,
        float[] batchInputs,
        float[] batchTargets,
        float learningRate,
        int degreeOfParallelism,
        CancellationToken cancellationToken)
    {
        int batchSize = batchInputs.Length / _network.InputCount;
        double sum = 0;
        for (int start = 0; start < rows.Length; start += batchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(batchSize, rows.Length - start);
            Samples batch = samples.Gather(rows.Slice(start, count), batchInputs, batchTargets);
            float loss = _network.TrainBatch(batch.Inputs, batch.Targets, learningRate, degreeOfParallelism);
            if (!IsFinite(loss))
            {
                return loss;
            }

            sum += (double)loss * count;
        }

        return (float)(sum / rows.Length);
    }

    private Samples CheckSamples(
        ReadOnlySpan<float> inputs,
        ReadOnlySpan<float> targets,
        string inputsName,
        string targetsName)
    {
        Check.Batch(inputs.Length, _network.InputCount, targets.Length, _network.OutputCount, targetsName, 1, inputsName);
        Check.Finite(inputs, inputsName);
        Check.Finite(targets, targetsName);
        return new Samples(inputs, targets, _network.InputCount, _network.OutputCount);
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

    private void CheckEpochs()
    {
        if (FirstEpoch > Epochs)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"Expected a FirstEpoch of at most Epochs, {Epochs}, got {FirstEpoch}."));
        }
    }

    private static void CheckScheduled(float rate, int epoch)
    {
        if (!(rate >= 0 && rate <= float.MaxValue))
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"Expected from the schedule a finite learning rate of at least 0, got {rate} for epoch {epoch}."));
        }
    }

    // False for NaN as well.
    private static bool IsFinite(float value) => value >= -float.MaxValue && value <= float.MaxValue;
}
