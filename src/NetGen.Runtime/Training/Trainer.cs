namespace NetGen;

/// <summary>
/// Trains any <see cref="INetwork"/> with the optimizer it declares: epochs of shuffled mini-batches, until the loss no
/// longer falls or the epochs are used up, and leaves it with the weights of its best epoch, or those it had if none is better.
/// </summary>
/// <remarks>
/// <para>The same seed, data and starting weights give the same training: batches and the validation split depend on
/// nothing else. Memory is taken once per call: the buffers of one batch, an index for each sample, the validation
/// samples and one copy of the parameters; after that only the history grows, by what <see cref="Metrics"/> are measured and
/// where training is very long.</para>
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
/// File.WriteAllText("history.csv", result.ToCsv());
/// </code>
/// </example>
public sealed partial class Trainer
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
    private IReadOnlyList<Metric> _metrics = [];

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

    /// <summary>How the learning rate changes from epoch to epoch or from step to step; constant unless set.</summary>
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
    /// <see cref="MinimumImprovement"/>; null, unless set, runs all epochs. Epochs are compared with each other: none needs to
    /// be better than the weights that training begins with.
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
    /// Whether the network ends with the weights of the lowest loss: those of the best epoch, or those it started with if no
    /// epoch made them better; true unless set. Where weights are given back, the optimizer starts afresh: what it remembers
    /// belongs to later ones. False keeps the weights of the last step.
    /// </summary>
    /// <remarks>
    /// The loss is measured before the first epoch and at the end of each. Without validation samples this takes one more pass
    /// over the training samples each time.
    /// </remarks>
    public bool RestoreBestWeights { get; set; } = true;

    /// <summary>
    /// What else is measured at the end of each epoch, over the validation samples or, without any, the training samples, which
    /// then takes one more pass over them; none unless set. See <see cref="TrainingProgress.Metrics"/>.
    /// </summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    /// <exception cref="ArgumentException">One of them is null, or two have the same name.</exception>
    public IReadOnlyList<Metric> Metrics
    {
        get => _metrics;
        set => _metrics = Setting.DistinctMetrics(value, nameof(Metrics));
    }
}
