namespace NetGen;

/// <summary>One epoch of training, as it is reported and kept in <see cref="TrainingResult.History"/>.</summary>
public readonly struct TrainingProgress
{
    internal TrainingProgress(
        int epoch,
        int epochs,
        float learningRate,
        float trainingLoss,
        float? validationLoss,
        float loss,
        int bestEpoch,
        float bestLoss)
    {
        Epoch = epoch;
        Epochs = epochs;
        LearningRate = learningRate;
        TrainingLoss = trainingLoss;
        ValidationLoss = validationLoss;
        Loss = loss;
        BestEpoch = bestEpoch;
        BestLoss = bestLoss;
    }

    /// <summary>The epoch that has just ended, counted from 1.</summary>
    public int Epoch { get; }

    /// <summary>The most epochs that will be run.</summary>
    public int Epochs { get; }

    /// <summary>The learning rate of this epoch.</summary>
    public float LearningRate { get; }

    /// <summary>
    /// The mean loss over the training samples, each measured just before the step that learned from it:
    /// the network at the end of the epoch is usually a little better. Infinite or NaN when training diverged.
    /// </summary>
    public float TrainingLoss { get; }

    /// <summary>
    /// The mean loss over the validation samples at the end of the epoch; null without any, or if the training
    /// loss was not finite.
    /// </summary>
    public float? ValidationLoss { get; }

    /// <summary>
    /// What early stopping watches. With validation samples, their loss. Without, the loss over the training samples:
    /// measured at the end of the epoch if the best weights are to be restored, else <see cref="TrainingLoss"/>.
    /// </summary>
    public float Loss { get; }

    /// <summary>The epoch with the lowest <see cref="Loss"/> so far; 0 if no epoch has had a finite one.</summary>
    public int BestEpoch { get; }

    /// <summary>The lowest <see cref="Loss"/> so far; NaN if no epoch has had a finite one.</summary>
    public float BestLoss { get; }

    /// <summary>Whether this epoch has the lowest loss so far.</summary>
    public bool IsBest => Epoch == BestEpoch;

    /// <summary>The epoch and its losses in one line.</summary>
    public override string ToString()
    {
        string validation = ValidationLoss is float value
            ? FormattableString.Invariant($", validation loss {value:G4}")
            : "";
        return FormattableString.Invariant($"epoch {Epoch} of {Epochs}: loss {TrainingLoss:G4}{validation}");
    }
}
