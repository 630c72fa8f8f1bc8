namespace NetGen;

/// <summary>One epoch of training, as it is reported and kept in <see cref="TrainingResult.History"/>.</summary>
public readonly struct TrainingProgress
{
    private readonly IReadOnlyList<MetricValue>? _metrics;

    /// <summary>The epoch that has just ended, counted from 1.</summary>
    public int Epoch { get; init; }

    /// <summary>The most epochs that will be run.</summary>
    public int Epochs { get; init; }

    /// <summary>The learning rate of this epoch; of its last step, where the schedule goes step by step.</summary>
    public float LearningRate { get; init; }

    /// <summary>
    /// The mean loss over the training samples, each measured just before the step that learned from it:
    /// the network at the end of the epoch is usually a little better. Infinite or NaN when training diverged.
    /// </summary>
    public float TrainingLoss { get; init; }

    /// <summary>
    /// The mean loss over the validation samples at the end of the epoch; null without any, or if the training
    /// loss was not finite.
    /// </summary>
    public float? ValidationLoss { get; init; }

    /// <summary>
    /// What early stopping watches. With validation samples, their loss. Without, the loss over the training samples:
    /// measured at the end of the epoch if the best weights are to be restored, else <see cref="TrainingLoss"/>.
    /// </summary>
    public float Loss { get; init; }

    /// <summary>
    /// The epoch with the lowest <see cref="Loss"/> so far. The one before the first, 0 unless
    /// <see cref="Trainer.FirstEpoch"/> is set, means the weights that training began with: they are better than those of every
    /// epoch so far, or no epoch has had a finite loss.
    /// </summary>
    public int BestEpoch { get; init; }

    /// <summary>The loss of <see cref="BestEpoch"/>; NaN if there has been no finite one.</summary>
    public float BestLoss { get; init; }

    /// <summary>
    /// What <see cref="Trainer.Metrics"/> measured at the end of the epoch, in their order; empty if there are none, or if the
    /// loss was not finite.
    /// </summary>
    public IReadOnlyList<MetricValue> Metrics
    {
        get => _metrics ?? [];
        init => _metrics = value;
    }

    /// <summary>Whether this epoch has the lowest loss so far.</summary>
    public bool IsBest => Epoch == BestEpoch;

    /// <summary>What a metric measured; null if it did not.</summary>
    /// <param name="name">The metric's name.</param>
    public double? GetMetric(string name)
    {
        foreach (MetricValue metric in Metrics)
        {
            if (metric.Name == name)
            {
                return metric.Value;
            }
        }

        return null;
    }

    /// <summary>The epoch, its losses and its metrics in one line.</summary>
    public override string ToString()
    {
        string validation = ValidationLoss is float value
            ? FormattableString.Invariant($", validation loss {value:G4}")
            : "";
        string metrics = string.Concat(Metrics.Select(metric => $", {metric}"));
        return FormattableString.Invariant($"epoch {Epoch} of {Epochs}: loss {TrainingLoss:G4}{validation}{metrics}");
    }
}
