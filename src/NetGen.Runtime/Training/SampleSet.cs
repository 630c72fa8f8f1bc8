namespace NetGen;

/// <summary>
/// Samples as people have them: inputs and their targets, row-major or a row each, or inputs and the numbers of their classes.
/// It only refers to them: nothing is copied, and what it refers to must stay as it is while it is used.
/// </summary>
/// <remarks>
/// A default value is no samples. Whether the samples fit a network is checked by whoever is given both.
/// </remarks>
/// <example>
/// <code>
/// TrainingResult result = trainer.TrainAndValidate(
///     SampleSet.OfClasses(pixels, digits),
///     SampleSet.OfClasses(otherPixels, otherDigits));
/// </code>
/// </example>
public readonly ref struct SampleSet
{
    private SampleSet(Columns inputs, Columns targets, ReadOnlySpan<int> classes, ReadOnlySpan<float> weights, SampleKind kind)
    {
        Inputs = inputs;
        Targets = targets;
        Classes = classes;
        Weights = weights;
        Kind = kind;
    }

    internal Columns Inputs { get; }

    internal Columns Targets { get; }

    internal ReadOnlySpan<int> Classes { get; }

    internal ReadOnlySpan<float> Weights { get; }

    internal SampleKind Kind { get; }

    /// <summary>Inputs and targets one after the other.</summary>
    /// <param name="inputs">[n, <see cref="IPredictor.InputCount"/>], row-major</param>
    /// <param name="targets">[n, <see cref="IPredictor.OutputCount"/>], row-major</param>
    public static SampleSet Of(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) =>
        new(new Columns(inputs), new Columns(targets), default, default, default);

    /// <summary>An array for each input and each target.</summary>
    /// <param name="inputs">n rows of <see cref="IPredictor.InputCount"/> numbers</param>
    /// <param name="targets">n rows of <see cref="IPredictor.OutputCount"/> numbers</param>
    /// <exception cref="ArgumentNullException">One of them is null.</exception>
    public static SampleSet Of(IReadOnlyList<float[]> inputs, IReadOnlyList<float[]> targets) => new(
        new Columns(inputs ?? throw new ArgumentNullException(nameof(inputs))),
        new Columns(targets ?? throw new ArgumentNullException(nameof(targets))),
        default,
        default,
        default);

    /// <summary>
    /// Inputs one after the other, and for each the index of its class. The target is 1 for that output and 0 for the others,
    /// as for <c>Loss.CategoricalCrossEntropy</c>.
    /// </summary>
    /// <param name="inputs">[n, <see cref="IPredictor.InputCount"/>], row-major</param>
    /// <param name="classes">[n], from 0 to <see cref="IPredictor.OutputCount"/> − 1</param>
    public static SampleSet OfClasses(ReadOnlySpan<float> inputs, ReadOnlySpan<int> classes) =>
        new(new Columns(inputs), default, classes, default, new SampleKind(HasClasses: true, HasWeights: false));

    /// <summary>An array for each input, and for each the index of its class.</summary>
    /// <param name="inputs">n rows of <see cref="IPredictor.InputCount"/> numbers</param>
    /// <param name="classes">[n], from 0 to <see cref="IPredictor.OutputCount"/> − 1</param>
    /// <exception cref="ArgumentNullException">There are no inputs.</exception>
    public static SampleSet OfClasses(IReadOnlyList<float[]> inputs, ReadOnlySpan<int> classes) =>
        new(new Columns(inputs ?? throw new ArgumentNullException(nameof(inputs))), default, classes, default, new SampleKind(HasClasses: true, HasWeights: false));

    /// <summary>
    /// The same samples, which do not count alike: losses and gradients are weighted means, as <see cref="BatchTargets"/> says.
    /// Metrics count samples alike.
    /// </summary>
    /// <param name="sampleWeights">[n], finite, at least 0, and not all 0</param>
    public SampleSet WithWeights(ReadOnlySpan<float> sampleWeights) =>
        new(Inputs, Targets, Classes, sampleWeights, Kind with { HasWeights = true });
}
