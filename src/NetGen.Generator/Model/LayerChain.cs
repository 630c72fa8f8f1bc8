namespace NetGen.Generator;

/// <summary>The front end for attributes: a chain of layers becomes a graph. What is behind the graph knows no layers.</summary>
/// <param name="Inputs">The length of one input.</param>
/// <param name="Layers">The layers, first to last; never empty.</param>
internal sealed record LayerChain(int Inputs, EquatableArray<LayerModel> Layers) : FrontEnd
{
    public override ForwardGraph Build(CancellationToken cancellation)
    {
        var builder = new GraphBuilder();
        Node input = builder.Input("x", Shape.Vector(Inputs));
        var last = new LayerNodes(input, input);
        string[] modules = [.. ModuleNames.Of(Layers)];
        for (int i = 0; i < Layers.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            last = Layers[i].Build(builder, last.Output, new LayerNames(i + 1, IsLast: i == Layers.Count - 1, modules[i]));
        }

        return new ForwardGraph(builder, input, last.PreActivation, last.Output, Layers[Layers.Count - 1].Activation);
    }

    public override string Describe(NetworkGraph network) =>
        string.Join(" → ", Layers.Select(l => Literal.Of(l.Units)).Prepend(Literal.Of(Inputs)));
}

/// <param name="PreActivation">z</param>
/// <param name="Output">a = g(z); the same node where g is the identity.</param>
internal sealed record LayerNodes(Node PreActivation, Node Output);

/// <summary>The textbook's names in layer number <paramref name="Number"/>, and those of its tensors in files of weights.</summary>
/// <param name="Module">One of <see cref="ModuleNames"/>.</param>
internal sealed record LayerNames(int Number, bool IsLast, string Module)
{
    public string Weight => $"W{Number}";

    public string Bias => $"b{Number}";

    public string WeightInFiles => Module + ".weight";

    public string BiasInFiles => Module + ".bias";

    public string PreActivation => $"z{Number}";

    public string Output => IsLast ? "y" : $"a{Number}";
}
