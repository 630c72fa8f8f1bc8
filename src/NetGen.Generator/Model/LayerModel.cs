namespace NetGen.Generator;

/// <summary>
/// One layer attribute. A layer is one file: its record, how it adds itself to a graph, and its
/// <c>LayerKind</c>, which reads it from an attribute.
/// </summary>
internal abstract record LayerModel
{
    /// <summary>The length of the layer's output.</summary>
    public abstract int Units { get; }

    /// <summary>The name of a row of <see cref="Activations"/>: what the outputs passed through last.</summary>
    public abstract string Activation { get; }

    /// <summary>What files of weights call the layer; null for its place.</summary>
    public string? Name { get; init; }

    /// <summary>How many modules of PyTorch's nn.Sequential it stands for: there an activation is one of its own.</summary>
    public virtual int ModuleCount => Activations.Get(Activation).IsIdentity ? 1 : 2;

    /// <summary>Whether all weights are 0 before the first step.</summary>
    public virtual bool StartsAtZero => false;

    /// <summary>How many weights and biases the layer has behind <paramref name="inputs"/> inputs.</summary>
    public abstract long CountParameters(int inputs);

    /// <summary>Adds the layer's nodes behind <paramref name="input"/>.</summary>
    public abstract LayerNodes Build(GraphBuilder builder, Node input, LayerNames names);
}
