using NetGen;

namespace Digits;

/// <summary>One epoch of the learning curve.</summary>
internal readonly record struct EpochRecord(TrainingProgress Progress, double Accuracy);

/// <summary>
/// Adds the accuracy on the validation images to each epoch's report. Not a <see cref="Progress{T}"/>, which would
/// report from another thread while the network already learns on.
/// </summary>
internal sealed class EpochLog(DigitReader network, DigitSet validation, Action<EpochRecord> show)
    : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) =>
        show(new EpochRecord(value, Reading.Accuracy(Reading.All(network, validation))));
}
