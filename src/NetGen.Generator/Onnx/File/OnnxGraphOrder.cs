namespace NetGen.Generator;

/// <summary>Checks that a graph's values are each defined once, and sorts its nodes: each behind those that make what it reads.</summary>
internal static class OnnxGraphOrder
{
    private const int Initializer = -1, Input = -2;

    // As many nodes of a cycle as a message names.
    private const int MostNamed = 4;

    /// <summary>The same graph with the order of the file, but for nodes that stand before what they read.</summary>
    /// <exception cref="OnnxException">A value is defined twice, or there is a cycle.</exception>
    public static OnnxGraph Of(OnnxGraph graph)
    {
        // Each value, with the place of the node that makes it.
        Dictionary<string, int> defined = [];
        foreach (string initializer in graph.Initializers.Keys)
        {
            defined.Add(initializer, Initializer);
        }

        foreach (OnnxValue input in graph.Inputs)
        {
            Define(input.Name, Input);
        }

        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            foreach (string output in graph.Nodes[i].Outputs)
            {
                if (output.Length > 0)
                {
                    Define(output, i);
                }
            }
        }

        HashSet<string> outputs = [];
        foreach (OnnxValue output in graph.Outputs)
        {
            if (!outputs.Add(output.Name))
            {
                throw new OnnxException($"graph, output {OnnxException.Quote(output.Name)}: it is there twice");
            }
        }

        return IsInOrder() ? graph : graph with { Nodes = Sort(graph, defined) };

        void Define(string name, int by)
        {
            if (defined.TryGetValue(name, out int other))
            {
                throw new OnnxException($"{(by < 0 ? "graph" : Place(graph, by))}: {OnnxException.Quote(name)} is defined twice, as {Definer(other)} and as {Definer(by)}");
            }

            defined.Add(name, by);
        }

        bool IsInOrder()
        {
            for (int i = 0; i < graph.Nodes.Count; i++)
            {
                foreach (string input in graph.Nodes[i].Reads)
                {
                    if (input.Length > 0 && defined.TryGetValue(input, out int maker) && maker >= i)
                    {
                        return false;
                    }
                }
            }

            return true;
        }
    }

    // Depth first, with a stack of our own: a file decides how long its chains are.
    private static OnnxNode[] Sort(OnnxGraph graph, Dictionary<string, int> defined)
    {
        var sorted = new List<OnnxNode>(graph.Nodes.Count);
        var isBegun = new bool[graph.Nodes.Count];
        var isDone = new bool[graph.Nodes.Count];
        var open = new Stack<(int Node, IEnumerator<string> Reads)>();
        for (int first = 0; first < graph.Nodes.Count; first++)
        {
            if (!isBegun[first])
            {
                Begin(first);
            }

            while (open.Count > 0)
            {
                (int node, IEnumerator<string> reads) = open.Peek();
                if (!reads.MoveNext())
                {
                    open.Pop();
                    isDone[node] = true;
                    sorted.Add(graph.Nodes[node]);
                    continue;
                }

                if (reads.Current.Length == 0 || !defined.TryGetValue(reads.Current, out int maker) || maker < 0 || isDone[maker])
                {
                    continue;
                }

                if (isBegun[maker])
                {
                    throw Cycle(graph, [.. open.Select(o => o.Node).Reverse().SkipWhile(n => n != maker)]);
                }

                Begin(maker);
            }
        }

        return [.. sorted];

        void Begin(int node)
        {
            isBegun[node] = true;
            open.Push((node, graph.Nodes[node].Reads.GetEnumerator()));
        }
    }

    private static OnnxException Cycle(OnnxGraph graph, int[] nodes)
    {
        string more = nodes.Length > MostNamed ? $" and {Literal.Grouped(nodes.Length - MostNamed)} more" : "";
        string named = string.Join(", ", nodes.Take(MostNamed).Select(n => Place(graph, n)));
        return new(nodes.Length == 1 ? $"{named} reads its own output" : $"each of these reads what the next one makes, and the last what the first makes: {named}{more}");
    }

    private static string Definer(int by) => by switch
    {
        Initializer => "an initializer",
        Input => "an input of the graph",
        _ => "a node's output",
    };

    // node 'fc1' (Gemm)
    private static string Place(OnnxGraph graph, int index)
    {
        OnnxNode node = graph.Nodes[index];
        string name = node.Name.Length == 0 ? Literal.Of(index) : OnnxException.Quote(node.Name);
        string operation = OnnxException.Quote(node.Operator);
        return $"node {name} ({operation.Substring(1, operation.Length - 2)})";
    }
}
