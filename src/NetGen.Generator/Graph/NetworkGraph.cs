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
/// <param name="Constants">Vectors that are never learned.</param>
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
    IReadOnlyList<Node> Constants,
    Node OutputGradient,
    Node Seed,
    Node SeedFromLoss,
    Node SeedFromOutput,
    IReadOnlyList<Node> Gradients,
    Node InputGradient)
{
    /// <summary>The name of the row of <see cref="Activations"/> that makes the output of the last pre-activation.</summary>
    public string Activation { get; init; } = Activations.All[0].Name;

    /// <summary>The names of inputs that x has one after the other, where there is more than one; likewise for outputs.</summary>
    public EquatableArray<Port> Inputs { get; init; } = [];

    public EquatableArray<Port> Outputs { get; init; } = [];

    /// <summary>What the source calls its inputs, be there one or several; empty where it has no names for them. Likewise for outputs.</summary>
    public EquatableArray<string> InputNames { get; init; } = [];

    public EquatableArray<string> OutputNames { get; init; } = [];

    /// <summary>Outputs of the source that could not be had, by the source's names.</summary>
    public EquatableArray<string> LeftOut { get; init; } = [];

    /// <summary>Why they could not.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Adds the loss and the adjoints to a graph that has been built up to its output. Nodes that the output does not need have no part in it.</summary>
    /// <param name="cut">z of the last layer, where the two halves meet.</param>
    /// <param name="activation">The name of the row of <see cref="Activations"/> that makes the output of it.</param>
    public static NetworkGraph Train(GraphBuilder builder, Node input, Node cut, Node output, LossRow loss, string activation)
    {
        HashSet<int> live = Live(builder.Nodes, output);
        Node[] parameters = [.. builder.Nodes.Where(n => n.Op is ParameterOp && live.Contains(n.Id))];
        Node[] constants = [.. builder.Nodes.Where(n => n.Op is ConstantVectorOp && live.Contains(n.Id))];
        Node target = builder.Input("t", output.Shape);
        Node error = loss.Build(builder, activation, cut, output, target);
        foreach (Node parameter in parameters)
        {
            // The gradient's memory has it, which is added to. What one sample adds is another value.
            builder.Reserve(parameter.AdjointName);
        }

        // The seed stands for both halves' meeting point, so it takes the textbook's name before they do.
        Node seed = builder.Input(cut.AdjointName, cut.Shape);
        Node fromLoss = Adjoint(error, builder.Constant(1), cut);

        Node outputGradient = builder.Input("outputGradient", output.Shape);
        Node fromOutput = Adjoint(output, outputGradient, cut);

        IReadOnlyDictionary<Node, Node> found = Differentiation.Differentiate(
            builder, new Dictionary<Node, Node> { [cut] = seed }, [.. parameters, input]);
        Node[] gradients = [.. parameters.Select(Found)];
        Node inputGradient = Found(input);
        return new NetworkGraph(
            builder.ToGraph(), input, output, target, error, parameters, constants, outputGradient,
            seed, fromLoss, fromOutput, gradients, inputGradient)
        {
            Activation = activation,
        };

        Node Adjoint(Node of, Node adjoint, Node wanted) =>
            Differentiation.Differentiate(builder, new Dictionary<Node, Node> { [of] = adjoint }, [wanted])[wanted];

        Node Found(Node node) => found.TryGetValue(node, out Node? adjoint)
            ? adjoint
            : builder.Add(node.AdjointName, new BroadcastOp(node.Shape), [builder.Constant(0)], $"nothing depends on {node.Name}");
    }

    private static HashSet<int> Live(IReadOnlyList<Node> nodes, Node output)
    {
        var live = new HashSet<int> { output.Id };
        for (int id = output.Id; id >= 0; id--)
        {
            if (live.Contains(id))
            {
                live.UnionWith(nodes[id].Inputs);
            }
        }

        return live;
    }
}

/// <summary>One of several inputs or outputs.</summary>
/// <param name="Name">A C# identifier.</param>
/// <param name="Offset">Where it starts in x or y.</param>
/// <param name="Shape">For documentation: <c>[1, 3]</c>.</param>
internal sealed record Port(string Name, int Offset, int Count, string Shape)
{
    /// <summary>What an input is called that is the only one, and an output.</summary>
    public const string OnlyInput = "input", OnlyOutput = "output";
}
