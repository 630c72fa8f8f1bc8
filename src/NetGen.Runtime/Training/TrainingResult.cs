namespace NetGen;

/// <summary>What one call of <see cref="Trainer"/>'s Train did.</summary>
public sealed class TrainingResult
{
    internal TrainingResult(IReadOnlyList<TrainingProgress> history, StopReason stopReason, bool bestWeightsRestored)
    {
        History = history;
        StopReason = stopReason;
        BestWeightsRestored = bestWeightsRestored;
    }

    /// <summary>Every epoch, in order; at least one.</summary>
    public IReadOnlyList<TrainingProgress> History { get; }

    /// <summary>Why training stopped.</summary>
    public StopReason StopReason { get; }

    /// <summary>The number of epochs that were run, one that diverged halfway included.</summary>
    public int EpochsRun => History.Count;

    /// <summary>The epoch with the lowest loss, counted from 1; 0 if training diverged in the first.</summary>
    public int BestEpoch => Last.BestEpoch;

    /// <summary>The lowest loss of an epoch; NaN if training diverged in the first.</summary>
    public float BestLoss => Last.BestLoss;

    /// <summary>The last epoch's mean loss over the training samples.</summary>
    public float TrainingLoss => Last.TrainingLoss;

    /// <summary>The last epoch's mean loss over the validation samples; null without any.</summary>
    public float? ValidationLoss => Last.ValidationLoss;

    /// <summary>
    /// Whether the network has been given back the weights of <see cref="BestEpoch"/> (if that is 0, those it started
    /// with). False if it ended on its best epoch, and with <see cref="Trainer.RestoreBestWeights"/> off.
    /// </summary>
    public bool BestWeightsRestored { get; }

    private TrainingProgress Last => History[History.Count - 1];

    /// <summary>The number of epochs, the best loss and the reason in one line.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{EpochsRun} epochs, best loss {BestLoss:G4} in epoch {BestEpoch}, stopped by {StopReason}");
}
