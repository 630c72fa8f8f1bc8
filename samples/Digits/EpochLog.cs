using NetGen;

namespace Digits;

/// <summary>
/// Hands on each epoch's report. Not a <see cref="Progress{T}"/>, which would report from another thread while the network
/// already learns on.
/// </summary>
internal sealed class EpochLog(Action<TrainingProgress> show) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => show(value);
}
