namespace NetGen;

/// <summary>A number that one sample contributes to a metric.</summary>
/// <param name="output">What the network computed, [<see cref="IPredictor.OutputCount"/>].</param>
/// <param name="target">What it should have, [<see cref="IPredictor.OutputCount"/>].</param>
public delegate double SampleMetric(ReadOnlySpan<float> output, ReadOnlySpan<float> target);

/// <summary>
/// How good a network is, in numbers for people: nothing learns from them. A <see cref="Trainer"/> measures those of its
/// <see cref="Trainer.Metrics"/> at the end of each epoch.
/// </summary>
public abstract class Metric
{
    private protected Metric(string name) => Name = name;

    /// <summary>
    /// <c>accuracy</c>: the share of samples whose greatest output is that of the greatest target. With one output, the
    /// share of those where both or neither are at least ½.
    /// </summary>
    public static Metric Accuracy { get; } = Mean("accuracy", IsRight);

    /// <summary><c>mae</c>: the mean of |output − target|.</summary>
    public static Metric MeanAbsoluteError { get; } = Mean("mae", AbsoluteError);

    /// <summary><c>rmse</c>: the square root of the mean of (output − target)² over all samples and outputs.</summary>
    public static Metric RootMeanSquaredError { get; } =
        new Built("rmse", _ => new MetricTally.Root(new MetricTally.Mean(SquaredError)));

    /// <summary>
    /// <c>r2</c>: the share of the targets' variance that the outputs explain, 1 − Σ(output − target)² / Σ(target − mean)²,
    /// the mean of all outputs. Where targets do not vary it is 1 if they are met and 0 if not, as scikit-learn has it.
    /// </summary>
    public static Metric RSquared { get; } = new Built("r2", outputs => new MetricTally.Determination(outputs));

    /// <summary>What it is called in reports and in the history.</summary>
    public string Name { get; }

    /// <summary>A metric of your own: the mean of a number that each sample has.</summary>
    /// <param name="name">For reports and the history.</param>
    /// <param name="metric">The number.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentNullException">One of them is null.</exception>
    public static Metric Mean(string name, SampleMetric metric)
    {
        if (metric is null)
        {
            throw new ArgumentNullException(nameof(metric));
        }

        if (name is null)
        {
            throw new ArgumentNullException(nameof(name));
        }

        return name.Length > 0
            ? new Built(name, _ => new MetricTally.Mean(metric))
            : throw new ArgumentException("Expected a name, got an empty one.", nameof(name));
    }

    /// <summary>Measures a network over samples, such as those of a test set.</summary>
    /// <param name="network">It predicts, and is not changed.</param>
    /// <param name="samples">At least one.</param>
    /// <exception cref="ArgumentNullException">There is no network.</exception>
    /// <exception cref="ArgumentException">The samples do not fit the network, or hold a number that is not finite.</exception>
    public double Measure(IPredictor network, SampleSet samples)
    {
        if (network is null)
        {
            throw new ArgumentNullException(nameof(network));
        }

        return new Evaluator(network, [this]).MetricsOver(Samples.Check(samples, network))[0].Value;
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    internal abstract MetricTally NewTally(int outputCount);

    private static double IsRight(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        bool right = output.Length == 1
            ? output[0] >= 0.5f == target[0] >= 0.5f && !float.IsNaN(output[0])
            : IndexOfGreatest(output) == IndexOfGreatest(target);
        return right ? 1 : 0;
    }

    private static double AbsoluteError(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        double sum = 0;
        for (int i = 0; i < output.Length; i++)
        {
            sum += Math.Abs((double)output[i] - target[i]);
        }

        return sum / output.Length;
    }

    private static double SquaredError(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        double sum = 0;
        for (int i = 0; i < output.Length; i++)
        {
            double error = (double)output[i] - target[i];
            sum += error * error;
        }

        return sum / output.Length;
    }

    // The first of those that are equal; -1 where all are NaN, which no class is.
    private static int IndexOfGreatest(ReadOnlySpan<float> values)
    {
        int greatest = -1;
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsNaN(values[i]) && (greatest < 0 || values[i] > values[greatest]))
            {
                greatest = i;
            }
        }

        return greatest;
    }

    private sealed class Built(string name, Func<int, MetricTally> newTally) : Metric(name)
    {
        internal override MetricTally NewTally(int outputCount) => newTally(outputCount);
    }
}
