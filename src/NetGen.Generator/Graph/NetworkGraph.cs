namespace NetGen.Generator;

/// <summary>
/// A network's graph with its adjoints, and the nodes that the members of the generated class are about. Gradients
/// flow back in two halves that meet at <see cref="Seed"/>: from the loss, or from what the caller gives, to the last
/// layer's pre-activation; and from there to the parameters.
/// </summary>
/// <param name="Graph">All nodes.</param>
/// <param name="Input">x</param>
/// <param name="Output">y</param>
/// <param name="Target">t</param>
/// <param name="Loss">L</param>
/// <param name="Parameters">In logical order.</param>
/// <param name="OutputGradient">∂L/∂y where the caller gives it.</param>
/// <param name="Seed">∂L/∂z of the last layer: where the second half starts.</param>
/// <param name="SeedFromLoss">The seed, from the loss.</param>
/// <param name="SeedFromOutput">The seed, from <see cref="OutputGradient"/>.</param>
/// <param name="Gradients">∂L/∂p for each of <see cref="Parameters"/>.</param>
/// <param name="InputGradient">∂L/∂x</param>
internal sealed record NetworkGraph(
    Graph Graph,
    Node Input,
    Node Output,
    Node Target,
    Node Loss,
    IReadOnlyList<Node> Parameters,
    Node OutputGradient,
    Node Seed,
    Node SeedFromLoss,
    Node SeedFromOutput,
    IReadOnlyList<Node> Gradients,
    Node InputGradient)
{
    /// <summary>Builds the graph of a chain of layers: the front end for attributes.</summary>
    public static NetworkGraph Build(NetworkModel model)
    {
        var builder = new GraphBuilder();
        Node input = builder.Input("x", Shape.Vector(model.Inputs));
        var last = new LayerNodes(input, input);
        for (int i = 0; i < model.Layers.Count; i++)
        {
            last = model.Layers[i].Build(builder, last.Output, new LayerNames(i + 1, IsLast: i == model.Layers.Count - 1));
        }

        Node target = builder.Input("t", last.Output.Shape);
        Node loss = BuildLoss(builder, Losses.Get(model.Loss), model.Layers[model.Layers.Count - 1].Activation, last, target);
        return Differentiate(builder, input, last, target, loss);
    }

    private static NetworkGraph Differentiate(GraphBuilder builder, Node input, LayerNodes last, Node target, Node loss)
    {
        Node cut = last.PreActivation;
        Node[] parameters = [.. builder.Nodes.Where(n => n.Op is ParameterOp)];
        foreach (Node parameter in parameters)
        {
            // The gradient's memory has it, which is added to. What one sample adds is another value.
            builder.Reserve("d" + parameter.Name);
        }

        // The seed stands for both halves' meeting point, so it takes the textbook's name before they do.
        Node seed = builder.Input("d" + cut.Name, cut.Shape);
        Node fromLoss = Adjoint(loss, builder.Constant(1), cut);

        Node outputGradient = builder.Input("outputGradient", last.Output.Shape);
        Node fromOutput = Adjoint(last.Output, outputGradient, cut);

        IReadOnlyDictionary<Node, Node> found = Differentiation.Differentiate(
            builder, new Dictionary<Node, Node> { [cut] = seed }, [.. parameters, input]);

        return new NetworkGraph(
            builder.ToGraph(), input, last.Output, target, loss, parameters, outputGradient,
            seed, fromLoss, fromOutput, [.. parameters.Select(p => found[p])], found[input]);

        Node Adjoint(Node of, Node adjoint, Node wanted) =>
            Differentiation.Differentiate(builder, new Dictionary<Node, Node> { [of] = adjoint }, [wanted])[wanted];
    }

    private static Node BuildLoss(GraphBuilder builder, LossRow row, string activation, LayerNodes last, Node target)
    {
        bool isFused = row.FusedActivation == activation;
        if (isFused && row.FusedOp is not null)
        {
            return builder.Add("L", row.FusedOp, [last.PreActivation, last.Output, target]);
        }

        Node terms = isFused
            ? builder.Elementwise("e", row.FusedTerm!, [row.FusedSlope!, 0, 0], [last.PreActivation, last.Output, target])
            : builder.Elementwise("e", row.Term, [row.Slope, 0], [last.Output, target]);
        var reduce = new ReduceOp(row.IsMean);
        return row.Outer is null
            ? builder.Add("L", reduce, [terms])
            : builder.Elementwise("L", row.Outer, [row.OuterSlope!], [builder.Add("m", reduce, [terms])]);
    }
}

/// <param name="PreActivation">z</param>
/// <param name="Output">a = g(z); the same node where g is the identity.</param>
internal sealed record LayerNodes(Node PreActivation, Node Output);

/// <summary>The textbook's names in layer number <paramref name="Number"/>.</summary>
internal sealed record LayerNames(int Number, bool IsLast)
{
    public string Weight => $"W{Number}";

    public string Bias => $"b{Number}";

    public string PreActivation => $"z{Number}";

    public string Output => IsLast ? "y" : $"a{Number}";
}
