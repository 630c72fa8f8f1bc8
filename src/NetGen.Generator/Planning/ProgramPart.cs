namespace NetGen.Generator;

/// <summary>What is written where once nodes are computed: gradients and results outlive the program.</summary>
/// <param name="Value">The node whose value is used.</param>
/// <param name="Target">The tensor that takes it.</param>
/// <param name="Operator">Assign, add to, or subtract from it.</param>
/// <param name="Scale">Multiplies the value; null for 1.</param>
/// <param name="Parameter">The parameter that is overwritten, which must not be read afterwards; null where none is.</param>
internal sealed record Sink(Node Value, string Target, AssignmentOperator Operator, Expr? Scale, Node? Parameter);

/// <summary>
/// A program over the graph: the nodes of <paramref name="Roots"/> and whatever they need that is not
/// <paramref name="Available"/>, then the sinks.
/// </summary>
/// <param name="Name">The method's name.</param>
/// <param name="Returns">A scalar that the method returns.</param>
internal sealed record EntryPoint(
    string Name,
    IReadOnlyList<Node> Roots,
    IReadOnlyList<Sink> Sinks,
    IReadOnlyCollection<int> Available,
    Node? Returns)
{
    /// <summary>The nodes to compute, in order; sources and available nodes are read.</summary>
    public IReadOnlyList<Node> Computed(Graph graph)
    {
        var needed = new HashSet<int>();
        var open = new Stack<Node>(Roots.Concat(Sinks.Select(s => s.Value)));
        while (open.Count > 0)
        {
            Node node = open.Pop();
            if (node.Op is not SourceOp && !Available.Contains(node.Id) && needed.Add(node.Id))
            {
                foreach (Node input in graph.InputsOf(node))
                {
                    open.Push(input);
                }
            }
        }

        return [.. needed.OrderBy(id => id).Select(id => graph[id])];
    }
}
