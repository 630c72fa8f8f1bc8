namespace NetGen.Generator;

/// <summary>
/// Reverse-mode differentiation of any graph: adjoints flow from the seeds back to what is asked for, each node
/// adding its part to the nodes it reads. What the part is, only the node's operation knows.
/// </summary>
internal static class Differentiation
{
    /// <summary>Adds the adjoints to the graph.</summary>
    /// <param name="builder">The graph; new nodes are appended.</param>
    /// <param name="seeds">The adjoints to start from: ∂L/∂node for some nodes.</param>
    /// <param name="wanted">The nodes whose adjoints are asked for. Nothing below them is visited.</param>
    /// <returns>The adjoint of each wanted node; a node that no seed depends on is missing.</returns>
    public static IReadOnlyDictionary<Node, Node> Differentiate(
        GraphBuilder builder,
        IReadOnlyDictionary<Node, Node> seeds,
        IReadOnlyCollection<Node> wanted)
    {
        Node[] nodes = [.. builder.Nodes];
        var adjoints = new Adjoints(builder, DependOn(nodes, wanted));
        foreach (KeyValuePair<Node, Node> seed in seeds)
        {
            adjoints.Add(seed.Key, _ => seed.Value);
        }

        var found = new Dictionary<Node, Node>();
        for (int id = nodes.Length - 1; id >= 0; id--)
        {
            Node node = nodes[id];
            if (adjoints.Sum(node) is not { } adjoint)
            {
                continue;
            }

            if (wanted.Contains(node))
            {
                found.Add(node, adjoint);
            }

            node.Op.Differentiate(adjoints, node, adjoint);
        }

        return found;
    }

    // Every node that changes when a wanted one does.
    private static bool[] DependOn(Node[] nodes, IReadOnlyCollection<Node> wanted)
    {
        var depends = new bool[nodes.Length];
        foreach (Node node in nodes)
        {
            depends[node.Id] = wanted.Contains(node) || node.Inputs.Any(i => depends[i]);
        }

        return depends;
    }
}

/// <summary>The adjoints found so far, as operations see them.</summary>
internal sealed class Adjoints(GraphBuilder builder, bool[] needed)
{
    private readonly Dictionary<int, List<Func<string, Node>>> _parts = [];

    public GraphBuilder Builder { get; } = builder;

    public Node Input(Node node, int index) => Builder.Nodes[node.Inputs[index]];

    /// <summary>Adds to the adjoint of an input of <paramref name="node"/>.</summary>
    /// <param name="part">Makes the part, given its name; not called where nothing depends on it.</param>
    public void Add(Node node, int index, Func<string, Node> part) => Add(Input(node, index), part);

    public void Add(Node target, Func<string, Node> part)
    {
        if (!needed[target.Id])
        {
            return;
        }

        if (!_parts.TryGetValue(target.Id, out List<Func<string, Node>>? parts))
        {
            _parts.Add(target.Id, parts = []);
        }

        parts.Add(part);
    }

    /// <summary>The whole adjoint of a node, all its parts added up; null where there is none.</summary>
    public Node? Sum(Node node)
    {
        string name = node.AdjointName;
        if (!_parts.TryGetValue(node.Id, out List<Func<string, Node>>? parts))
        {
            return null;
        }

        if (parts.Count == 1)
        {
            return parts[0](name);
        }

        Node[] made = [.. parts.Select((part, i) => part($"{name}p{Literal.Of(i + 1)}"))];
        Expr sum = made.Select((_, i) => (Expr)new Expr.Argument(i)).Aggregate((a, b) => a + b);
        return Builder.Elementwise(name, sum, [], made, $"{node.Name} is used {made.Length} times: the parts add up");
    }
}
