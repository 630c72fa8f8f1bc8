namespace NetGen;

/// <summary>
/// What the samples of a batch should give: for each a row of targets, or the index of its class; and, where samples do not
/// count alike, what each weighs. It only refers to the numbers: nothing is copied.
/// </summary>
/// <remarks>
/// <para>
/// The target of a class is 1 for the output of that index and 0 for the others, as <c>Loss.CategoricalCrossEntropy</c> takes it;
/// no memory of the batch's size is needed for it. Arrays and spans of <see cref="int"/> convert to it, so
/// <c>network.TrainBatch(inputs, classes, 0.01f)</c> does.
/// </para>
/// <para>
/// With weights w the loss of a batch is Σ w·loss / Σ w, and its gradient that of this: a weighted mean, as PyTorch's
/// <c>CrossEntropyLoss(weight=…)</c> and scikit-learn have it. So only the proportions of weights matter, and weights that are
/// all alike are none. A sample that weighs 0 contributes nothing, whatever its loss is.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// float loss = reader.TrainBatch(pixels, digits, 0.01f);
/// loss = reader.TrainBatch(pixels, BatchTargets.OfClasses(digits).WithWeights(importance), 0.01f);
/// </code>
/// </example>
public readonly ref struct BatchTargets
{
    private BatchTargets(
        ReadOnlySpan<float> targets, ReadOnlySpan<int> classes, bool hasClasses, ReadOnlySpan<float> sampleWeights, bool hasWeights)
    {
        Targets = targets;
        Classes = classes;
        HasClasses = hasClasses;
        SampleWeights = sampleWeights;
        HasWeights = hasWeights;
    }

    /// <summary>[n, <see cref="IPredictor.OutputCount"/>], row-major; empty where there are classes.</summary>
    public ReadOnlySpan<float> Targets { get; }

    /// <summary>[n], the index of each sample's class; empty where there are targets.</summary>
    public ReadOnlySpan<int> Classes { get; }

    /// <summary>Whether there are <see cref="Classes"/> in place of <see cref="Targets"/>.</summary>
    public bool HasClasses { get; }

    /// <summary>[n], what each sample weighs; empty where all count alike.</summary>
    public ReadOnlySpan<float> SampleWeights { get; }

    /// <summary>Whether there are <see cref="SampleWeights"/>.</summary>
    public bool HasWeights { get; }

    /// <summary>A row of targets for each sample.</summary>
    /// <param name="targets">[n, <see cref="IPredictor.OutputCount"/>], row-major</param>
    public static BatchTargets Of(ReadOnlySpan<float> targets) => new(targets, default, hasClasses: false, default, hasWeights: false);

    /// <summary>The index of a class for each sample.</summary>
    /// <param name="classes">[n], from 0 to <see cref="IPredictor.OutputCount"/> − 1</param>
    public static BatchTargets OfClasses(ReadOnlySpan<int> classes) => new(default, classes, hasClasses: true, default, hasWeights: false);

    /// <summary>The same, of samples that do not count alike.</summary>
    /// <param name="sampleWeights">[n], finite, at least 0, and not all 0</param>
    public BatchTargets WithWeights(ReadOnlySpan<float> sampleWeights) => new(Targets, Classes, HasClasses, sampleWeights, hasWeights: true);

    /// <summary><see cref="Of"/></summary>
    /// <param name="targets">[n, <see cref="IPredictor.OutputCount"/>], row-major</param>
    public static implicit operator BatchTargets(ReadOnlySpan<float> targets) => Of(targets);

    /// <summary><see cref="OfClasses"/></summary>
    /// <param name="classes">[n], from 0 to <see cref="IPredictor.OutputCount"/> − 1</param>
    public static implicit operator BatchTargets(ReadOnlySpan<int> classes) => OfClasses(classes);

    /// <summary><see cref="OfClasses"/></summary>
    /// <param name="classes">[n], from 0 to <see cref="IPredictor.OutputCount"/> − 1</param>
    public static implicit operator BatchTargets(Span<int> classes) => OfClasses(classes);

    /// <summary><see cref="OfClasses"/></summary>
    /// <param name="classes">[n], from 0 to <see cref="IPredictor.OutputCount"/> − 1</param>
    public static implicit operator BatchTargets(int[] classes) => OfClasses(classes);
}
