namespace NetGen.Generator;

/// <summary>A fully connected layer: a = g(W·x + b), W of shape [units, inputs].</summary>
/// <param name="Units">The length of the output.</param>
/// <param name="Activation">The name of a row of <see cref="Activations"/>.</param>
/// <param name="HasBias">Whether there is a b.</param>
/// <param name="Initializer">The name of a row of <see cref="Initializers"/>; Auto is resolved already.</param>
internal sealed record DenseLayer(int Units, string Activation, bool HasBias, string Initializer) : LayerModel
{
    public static LayerKind Kind { get; } = new("NetGen.DenseAttribute", Parse);

    public override int Units { get; } = Units;

    public override string Activation { get; } = Activation;

    /// <summary>The numbers that were declared for the activation.</summary>
    public OptionValues Options { get; init; } = OptionValues.None;

    public override bool StartsAtZero => Initializers.Get(Initializer).Distribution == Distribution.Zero;

    public override long CountParameters(int inputs) => ((long)inputs * Units) + (HasBias ? Units : 0);

    public override LayerNodes Build(GraphBuilder builder, Node input, LayerNames names)
    {
        ActivationRow row = Activations.Get(Activation, Options);
        Node weight = builder.Parameter(names.Weight, Shape.Matrix(Units, input.Shape[0]), Initializer, names.WeightInFiles);
        Node? bias = HasBias ? builder.Parameter(names.Bias, Shape.Vector(Units), stateName: names.BiasInFiles) : null;
        Node z = builder.Affine(row.IsIdentity ? names.Output : names.PreActivation, weight, input, bias);
        return new LayerNodes(z, row.Apply(builder, names.Output, z));
    }

    private static DenseLayer? Parse(AttributeReader attribute)
    {
        // Read all before judging any, so that every wrong argument is reported at once.
        int? units = attribute.Count("units", Descriptors.TooFewUnits);
        ActivationRow? activation = attribute.Row("activation", Activations.All, row => row.Name, otherwise: "Linear");
        InitializerRow? initializer = attribute.Row("Initializer", Initializers.All, row => row.Name, otherwise: "Auto");
        bool? hasBias = attribute.Flag("Bias", true);
        string? name = attribute.LayerName("Name");
        DeclaredOption[] options = [.. OptionParser.Of(attribute, activation)];
        return units is null || activation is null || initializer is null || hasBias is null
            ? null
            : new DenseLayer(
                units.Value,
                activation.Name,
                hasBias.Value,
                initializer.Distribution == Distribution.Deferred ? activation.Initializer : initializer.Name)
            {
                Name = name,
                Options = new OptionValues(options.ToEquatableArray()),
            };
    }
}
