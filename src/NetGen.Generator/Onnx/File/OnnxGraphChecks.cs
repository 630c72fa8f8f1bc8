namespace NetGen.Generator;

/// <summary>Checks that a graph's values are each defined once, and before they are read.</summary>
internal static class OnnxGraphChecks
{
    public static void Check(OnnxGraph graph)
    {
        // Each value, with who defines it.
        Dictionary<string, string> defined = [];
        foreach (string initializer in graph.Initializers.Keys)
        {
            defined.Add(initializer, "an initializer");
        }

        foreach (OnnxValue input in graph.Inputs)
        {
            Define(input.Name, "an input of the graph", -1);
        }

        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            OnnxNode node = graph.Nodes[i];
            foreach (string input in node.Inputs)
            {
                if (input.Length > 0 && !defined.ContainsKey(input))
                {
                    throw Undefined(graph, i, input);
                }
            }

            foreach (string output in node.Outputs.Where(o => o.Length > 0))
            {
                Define(output, "a node's output", i);
            }
        }

        HashSet<string> outputs = [];
        foreach (OnnxValue output in graph.Outputs)
        {
            if (!defined.ContainsKey(output.Name))
            {
                throw new OnnxException($"graph, output {OnnxException.Quote(output.Name)}: no node makes it");
            }

            if (!outputs.Add(output.Name))
            {
                throw new OnnxException($"graph, output {OnnxException.Quote(output.Name)}: it is there twice");
            }
        }

        void Define(string name, string what, int node)
        {
            if (defined.TryGetValue(name, out string? other))
            {
                throw new OnnxException($"{(node < 0 ? "graph" : Place(graph, node))}: {OnnxException.Quote(name)} is defined twice, as {other} and as {what}");
            }

            defined.Add(name, what);
        }
    }

    private static OnnxException Undefined(OnnxGraph graph, int reader, string input)
    {
        string problem = $"{Place(graph, reader)}: its input {OnnxException.Quote(input)} is ";
        for (int i = reader; i < graph.Nodes.Count; i++)
        {
            if (graph.Nodes[i].Outputs.Contains(input))
            {
                return new(problem + (i == reader
                    ? "its own output"
                    : $"made by {Place(graph, i)}, which stands after it: nodes must stand in the order of their computation, without cycles"));
            }
        }

        return new(problem + "not defined: no input, initializer or node has that name");
    }

    // node 'fc1' (Gemm)
    private static string Place(OnnxGraph graph, int index)
    {
        OnnxNode node = graph.Nodes[index];
        string name = node.Name.Length == 0 ? Literal.Of(index) : OnnxException.Quote(node.Name);
        string operation = OnnxException.Quote(node.Operator);
        return $"node {name} ({operation.Substring(1, operation.Length - 2)})";
    }
}
