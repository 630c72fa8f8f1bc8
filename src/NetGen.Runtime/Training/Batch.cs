using NetGen.CompilerServices;

namespace NetGen;

/// <summary>Some samples as networks take them: row-major.</summary>
/// <param name="inputs">[count, inputs]</param>
/// <param name="targets">Of as many samples.</param>
/// <param name="count">The number of samples.</param>
internal readonly ref struct Batch(ReadOnlySpan<float> inputs, BatchTargets targets, int count)
{
    public ReadOnlySpan<float> Inputs { get; } = inputs;

    public BatchTargets Targets { get; } = targets;

    public int Count { get; } = count;

    /// <summary>The same as samples that fit the network, since the batch was made of some.</summary>
    public Samples AsSamples(IPredictor network)
    {
        SampleSet set = Targets.HasClasses ? SampleSet.OfClasses(Inputs, Targets.Classes) : SampleSet.Of(Inputs, Targets.Targets);
        return Samples.Check(Targets.HasWeights ? set.WithWeights(Targets.SampleWeights) : set, network, "validation");
    }

    /// <summary>What the samples weigh together: their number where all count alike.</summary>
    public double Weight => Targets.HasWeights ? TargetRows.SumOf(Targets.SampleWeights, Count, "targets") : Count;
}
