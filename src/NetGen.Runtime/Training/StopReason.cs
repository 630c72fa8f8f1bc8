namespace NetGen;

/// <summary>Why <see cref="Trainer"/> stopped.</summary>
public enum StopReason
{
    /// <summary>All of <see cref="Trainer.Epochs"/> were run.</summary>
    EpochLimit,

    /// <summary>
    /// For <see cref="Trainer.Patience"/> epochs the loss did not fall by more than
    /// <see cref="Trainer.MinimumImprovement"/>.
    /// </summary>
    NoImprovement,

    /// <summary>
    /// The loss became infinite or NaN: the learning rate is too high, or inputs or targets are out of scale.
    /// </summary>
    Diverged,
}
