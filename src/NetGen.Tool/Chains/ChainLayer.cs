namespace NetGen.Tool.Chains;

/// <summary>A fully connected layer of a chain.</summary>
/// <param name="Module">What PyTorch's state_dict calls it; empty where nobody knows.</param>
/// <param name="Units">The length of its output.</param>
/// <param name="HasBias">Whether it has a bias.</param>
/// <param name="Activation">The name of a row of <see cref="Activations"/>.</param>
internal sealed record ChainLayer(string Module, int Units, bool HasBias, string Activation)
{
    /// <summary>The numbers of the activation that are not its row's own.</summary>
    public OptionValues Options { get; init; } = OptionValues.None;

    public DenseLayer ToModel() => new(Units, Activation, HasBias, Activations.Get(Activation).Initializer)
    {
        Name = Module.Length == 0 ? null : Module,
        Options = Options,
    };
}
