namespace NetGen.Generator;

/// <summary>The front end for attributes: a chain of layers becomes a graph. What is behind the graph knows no layers.</summary>
internal static class LayerChain
{
    public static NetworkGraph Build(NetworkModel model)
    {
        var builder = new GraphBuilder();
        Node input = builder.Input("x", Shape.Vector(model.Inputs));
        var last = new LayerNodes(input, input);
        string[] modules = [.. ModuleNames.Of(model.Layers)];
        for (int i = 0; i < model.Layers.Count; i++)
        {
            last = model.Layers[i].Build(builder, last.Output, new LayerNames(i + 1, IsLast: i == model.Layers.Count - 1, modules[i]));
        }

        Node target = builder.Input("t", last.Output.Shape);
        Node loss = BuildLoss(builder, Losses.Get(model.Loss), model.Layers[model.Layers.Count - 1].Activation, last, target);
        return NetworkGraph.Differentiate(builder, input, last.PreActivation, last.Output, target, loss);
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
