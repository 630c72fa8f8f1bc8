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
    /// <summary>Adds the adjoints to a graph that has been built up to its loss.</summary>
    /// <param name="cut">z of the last layer, where the two halves meet.</param>
    public static NetworkGraph Differentiate(GraphBuilder builder, Node input, Node cut, Node output, Node target, Node loss)
    {
        Node[] parameters = [.. builder.Nodes.Where(n => n.Op is ParameterOp)];
        foreach (Node parameter in parameters)
        {
            // The gradient's memory has it, which is added to. What one sample adds is another value.
            builder.Reserve(parameter.AdjointName);
        }

        // The seed stands for both halves' meeting point, so it takes the textbook's name before they do.
        Node seed = builder.Input(cut.AdjointName, cut.Shape);
        Node fromLoss = Adjoint(loss, builder.Constant(1), cut);

        Node outputGradient = builder.Input("outputGradient", output.Shape);
        Node fromOutput = Adjoint(output, outputGradient, cut);

        IReadOnlyDictionary<Node, Node> found = Differentiation.Differentiate(
            builder, new Dictionary<Node, Node> { [cut] = seed }, [.. parameters, input]);

        return new NetworkGraph(
            builder.ToGraph(), input, output, target, loss, parameters, outputGradient,
            seed, fromLoss, fromOutput, [.. parameters.Select(p => found[p])], found[input]);

        Node Adjoint(Node of, Node adjoint, Node wanted) =>
            Differentiation.Differentiate(builder, new Dictionary<Node, Node> { [of] = adjoint }, [wanted])[wanted];
    }
}
