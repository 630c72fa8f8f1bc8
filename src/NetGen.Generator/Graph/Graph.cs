namespace NetGen.Generator;

/// <summary>
/// A value of the computation: an operation on other values, with a static shape. Its id is its place in
/// <see cref="Graph.Nodes"/>, where every node stands after the nodes it reads.
/// </summary>
/// <param name="Name">The textbook's name, unique in the graph: <c>z1</c>, <c>dW1</c>.</param>
/// <param name="Note">Why the node exists, for a comment: the step of the chain rule. May be empty.</param>
internal sealed record Node(int Id, string Name, Op Op, EquatableArray<int> Inputs, Shape Shape, string Note)
{
    /// <summary>How ∂L/∂node is called.</summary>
    public string AdjointName => "d" + Name;
}

/// <summary>A directed acyclic graph of operations. It knows nothing of layers, attributes or code.</summary>
internal sealed class Graph(IReadOnlyList<Node> nodes)
{
    public IReadOnlyList<Node> Nodes { get; } = nodes;

    public Node this[int id] => Nodes[id];

    public IEnumerable<Node> InputsOf(Node node) => node.Inputs.Select(id => Nodes[id]);
}
