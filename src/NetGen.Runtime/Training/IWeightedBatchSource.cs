namespace NetGen;

/// <summary>
/// A source of samples that do not count alike: losses and gradients are weighted means, as <see cref="BatchTargets"/> says.
/// </summary>
public interface IWeightedBatchSource : IBatchSource
{
    /// <summary>As <see cref="IBatchSource.Read(Span{float}, Span{float})"/>, which a trainer does not call where there is this.</summary>
    /// <param name="inputs">[<see cref="Trainer.BatchSize"/>, <see cref="IPredictor.InputCount"/>], row-major</param>
    /// <param name="targets">[<see cref="Trainer.BatchSize"/>, <see cref="IPredictor.OutputCount"/>], row-major</param>
    /// <param name="sampleWeights">[<see cref="Trainer.BatchSize"/>]; finite and at least 0. A batch whose samples all weigh 0 is passed over.</param>
    /// <returns>The number of rows that were read; 0 at the end of the epoch.</returns>
    int Read(Span<float> inputs, Span<float> targets, Span<float> sampleWeights);
}
