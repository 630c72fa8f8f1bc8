namespace NetGen.Generator;

/// <summary>What a network's members compute, as programs over its graph: the same for all ways to carry them out.</summary>
internal static class Programs
{
    /// <summary>The step size, as an expression of the plan.</summary>
    public const string LearningRate = "learningRate";

    /// <summary>The memory in which targets of classes are written out: that of a sample, or those of the rows of a tile, without padding.</summary>
    public const string ClassTarget = "t_class";

    public static IReadOnlyList<EntryPoint> Of(NetworkModel model, NetworkGraph n)
    {
        var forward = new EntryPoint(EntryPoints.Forward, [n.Output], [], [], null);
        HashSet<int> known = Ids(forward, []);
        if (!model.Training)
        {
            return [forward, new EntryPoint(EntryPoints.Loss, [n.Loss], [], known, n.Loss)];
        }

        var back = new EntryPoint(
            EntryPoints.BackPropagate, [], Sinks(AssignmentOperator.Add, null), known, null);
        Sink[] inputGradient = [new Sink(n.InputGradient, "inputGradient", AssignmentOperator.Assign, null, null)];
        return
        [
            forward,
            new EntryPoint(EntryPoints.LossGradient, [n.Loss], [Seed(n.SeedFromLoss)], known, n.Loss),
            new EntryPoint(EntryPoints.OutputGradient, [], [Seed(n.SeedFromOutput)], known, null),
            back,
            new EntryPoint(EntryPoints.InputGradient, [], inputGradient, Ids(back, known), null),
            .. OptimizerSteps.Descends(model)
                ? [new EntryPoint(EntryPoints.Descend, [], Sinks(AssignmentOperator.Subtract, new Expr.Local(LearningRate)), known, null)]
                : (EntryPoint[])[],
        ];

        Sink Seed(Node from) => new(from, n.Seed.Name, AssignmentOperator.Assign, null, null);

        HashSet<int> Ids(EntryPoint entry, HashSet<int> before) => [.. before, .. entry.Computed(n.Graph).Select(c => c.Id)];

        Sink[] Sinks(AssignmentOperator @operator, Expr? scale) =>
        [
            .. n.Parameters.Select((p, i) => new Sink(
                n.Gradients[i],
                scale is null ? p.AdjointName : p.Name,
                @operator,
                scale,
                scale is null ? null : p)),
        ];
    }

    /// <summary>The numbers that kernels ask the caller for.</summary>
    public static EquatableArray<string> Scalars(IEnumerable<Kernel> kernels) => kernels.Any(k => k.Reads(LearningRate)) ? [LearningRate] : [];

    /// <summary>The programs over a sample where there are vectors: those that are given x read it from the caller.</summary>
    public static IReadOnlyList<EntryPoint> OfVectors(NetworkModel model, NetworkGraph network)
    {
        IReadOnlyList<EntryPoint> all = Of(model, network);
        EntryPoint forward = all[0] with { Name = EntryPoints.Predict };
        if (!model.Training)
        {
            return [forward];
        }

        EntryPoint loss = Get(EntryPoints.LossGradient);
        return
        [
            forward,
            loss,
            Get(EntryPoints.OutputGradient),
            Get(EntryPoints.BackPropagate),
            Get(EntryPoints.InputGradient),
            .. OptimizerSteps.Descends(model)
                ? [
                    loss with { Name = EntryPoints.TrainForward, Roots = [network.Output, network.Loss], Available = [] },
                    Get(EntryPoints.Descend) with { Name = EntryPoints.TrainBackward },
                ]
                : (EntryPoint[])[],
        ];

        EntryPoint Get(string name) => all.Single(e => e.Name == name);
    }

    /// <summary>The programs that go over the rows of a batch.</summary>
    public static IReadOnlyList<EntryPoint> OfRows(NetworkModel model, NetworkGraph network)
    {
        IReadOnlyList<EntryPoint> ofSample = Of(model, network);
        EntryPoint[] training = model.Training ? [Renamed(EntryPoints.OutputGradient, EntryPoints.OutputGradientRows), Renamed(EntryPoints.BackPropagate, EntryPoints.BackRows)] : [];
        return
        [
            Renamed(EntryPoints.Forward, EntryPoints.ForwardRows),
            Renamed(model.Training ? EntryPoints.LossGradient : EntryPoints.Loss, EntryPoints.LossRows),
            .. training,
        ];

        EntryPoint Renamed(string from, string to) => ofSample.Single(e => e.Name == from) with { Name = to };
    }

    /// <summary>Nodes that another entry point reads after the one that computes them, and the output.</summary>
    public static HashSet<int> Kept(NetworkGraph network, IReadOnlyList<EntryPoint> entries)
    {
        var kept = new HashSet<int> { network.Output.Id };
        foreach (EntryPoint reader in entries)
        {
            foreach (Node node in reader.Computed(network.Graph))
            {
                kept.UnionWith(node.Inputs.Where(reader.Available.Contains));
            }

            kept.UnionWith(reader.Sinks.Select(s => s.Value.Id).Where(reader.Available.Contains));
        }

        return kept;
    }
}
