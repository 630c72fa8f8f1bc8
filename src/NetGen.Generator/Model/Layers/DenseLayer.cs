namespace NetGen.Generator;

/// <summary>A fully connected layer: a = g(W·x + b), W of shape [units, inputs].</summary>
/// <param name="Units">The length of the output.</param>
/// <param name="Activation">The name of a row of <see cref="Activations"/>.</param>
/// <param name="HasBias">Whether there is a b.</param>
/// <param name="Initializer">The name of a row of <see cref="Initializers"/>; Auto is resolved already.</param>
internal sealed record DenseLayer(int Units, string Activation, bool HasBias, string Initializer) : LayerModel
{
    public override int Units { get; } = Units;

    public override string Activation { get; } = Activation;

    public override long CountParameters(int inputs) => ((long)inputs * Units) + (HasBias ? Units : 0);
}
