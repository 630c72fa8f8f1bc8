namespace NetGen.Tool.Chains;

/// <summary>A network of fully connected layers, one behind the other: what [Network] and [Dense] declare.</summary>
/// <param name="Inputs">The length of one input.</param>
/// <param name="Layers">First to last.</param>
internal sealed record DenseChain(int Inputs, IReadOnlyList<ChainLayer> Layers)
{
    public LayerChain ToModel() => new(Inputs, Layers.Select(l => (LayerModel)l.ToModel()).ToEquatableArray());

    /// <summary>What the layers are called if nobody names them.</summary>
    public IReadOnlyList<string> DefaultModules => [.. ModuleNames.Of(Layers.Select(l => (l with { Module = "" }).ToModel()))];
}
