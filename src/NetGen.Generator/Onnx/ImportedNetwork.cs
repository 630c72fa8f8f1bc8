namespace NetGen.Generator;

/// <summary>Makes a network of the nodes that an importer has imported.</summary>
internal static class ImportedNetwork
{
    /// <summary>The graph up to the outputs, which can all be computed.</summary>
    /// <exception cref="OnnxException">They cannot, or do not depend on an input.</exception>
    public static ForwardGraph Of(OnnxImporter importer)
    {
        List<Port> inputs = importer.Inputs;
        (Node y, Port[] wanted) = Outputs(importer);

        // They are the parameters of one method, where a single input or output has its own name.
        string[] single = [.. inputs.Count == 1 ? [Port.OnlyInput] : (string[])[], .. wanted.Length == 1 ? [Port.OnlyOutput] : (string[])[]];
        Port[] named = Identifiers.Of([.. inputs, .. wanted], single);
        (Node cut, string activation) = LastActivation(importer.Builder, y);
        return new ForwardGraph(importer.Builder, importer.X!, cut, y, activation)
        {
            Inputs = inputs.Count > 1 ? named.Take(inputs.Count).ToEquatableArray() : [],
            Outputs = wanted.Length > 1 ? named.Skip(inputs.Count).ToEquatableArray() : [],
            InputNames = inputs.Select(p => p.Name).ToEquatableArray(),
            OutputNames = wanted.Select(p => p.Name).ToEquatableArray(),
        };
    }

    private static (Node Y, Port[] Ports) Outputs(OnnxImporter importer)
    {
        GraphBuilder builder = importer.Builder;
        var parts = new List<Node>();
        var ports = new List<Port>();
        int total = 0;
        foreach (string output in importer.Wanted)
        {
            if (importer.Failure(output) is { } failure)
            {
                throw failure;
            }

            // Whole numbers are floats where they leave the network.
            ImportedValue value = importer.Value(output);
            parts.Add(importer.Vector(value.Integers is { } whole ? value with { Node = importer.Constant([.. whole.Select(i => (float)i)]) } : value, OnnxImporter.Result));
            ports.Add(new Port(output, total, value.Count, value.Shape));
            total = OnnxImporter.CountOf([total + value.Count], "the outputs together");
        }

        Node y = builder.Join(OnnxImporter.Result, parts);

        // The memory of the output is its own.
        if (y.Op is SourceOp)
        {
            y = builder.Add(OnnxImporter.Result, new ElementwiseOp(Expr.X, [1]), [y]);
        }

        return y.Op is ConstantVectorOp || !DependsOn(builder, y, importer.X!)
            ? throw new OnnxException("the outputs do not depend on an input")
            : (y, [.. ports]);
    }

    private static bool DependsOn(GraphBuilder builder, Node node, Node other)
    {
        var needed = new HashSet<int> { node.Id };
        for (int id = node.Id; id >= 0; id--)
        {
            if (needed.Contains(id))
            {
                needed.UnionWith(builder.Nodes[id].Inputs);
            }
        }

        return needed.Contains(other.Id);
    }

    // A loss may be computed from the pre-activation of the last layer.
    private static (Node PreActivation, string Activation) LastActivation(GraphBuilder builder, Node y)
    {
        ActivationRow? row = Activations.Find(y.Op);
        return row is not null && builder.Nodes[y.Inputs[0]] is { Op: not SourceOp } z ? (z, row.Name) : (y, Activations.All[0].Name);
    }
}
