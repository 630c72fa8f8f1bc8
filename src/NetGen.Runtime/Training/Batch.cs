namespace NetGen;

/// <summary>Some samples as networks take them: row-major.</summary>
internal readonly ref struct Batch(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, int count)
{
    public ReadOnlySpan<float> Inputs { get; } = inputs;

    public ReadOnlySpan<float> Targets { get; } = targets;

    public int Count { get; } = count;

    /// <summary>The same as samples that fit the network, since the batch was made of some.</summary>
    public Samples AsSamples(IPredictor network) => Samples.Check(SampleSet.Of(Inputs, Targets), network);
}
