namespace NetGen.Generator;

/// <summary>
/// Decides how a network's graph is carried out: which values are stored and where, what is written out and what
/// loops, and where a program is cut into methods. Nothing here knows C#.
/// </summary>
internal sealed class Planner
{
    /// <summary>The step size, as an expression of the plan.</summary>
    public const string LearningRate = "learningRate";

    private readonly NetworkModel _model;
    private readonly CancellationToken _cancellation;
    private readonly NetworkGraph _network;
    private readonly Graph _graph;
    private readonly List<EntryPoint> _entries;
    private readonly Dictionary<string, TensorPlan> _tensors = [];
    private readonly List<TensorPlan> _scratch = [];
    private readonly long _multiplyAdds;
    private int _scratchLength;

    private Planner(NetworkModel model, NetworkGraph network, CancellationToken cancellation)
    {
        _model = model;
        _cancellation = cancellation;
        _network = network;
        _graph = network.Graph;
        _entries = Entries();
        _multiplyAdds = network.Parameters.Where(p => p.Shape.Rank == 2).Sum(p => (long)p.Shape.Count);
    }

    public static ClassPlan Plan(NetworkModel model, NetworkGraph network, CancellationToken cancellation = default) =>
        new Planner(model, network, cancellation).Plan();

    private ClassPlan Plan()
    {
        EquatableArray<TensorPlan> parameters = PlaceParameters();
        Scratch(_network.Input);
        Scratch(_network.Output);
        Argument(_network.Target, "t");
        Argument(_network.OutputGradient, "outputGradient");
        _tensors["inputGradient"] = new TensorPlan("inputGradient", _network.Input.Shape, TensorSpace.Argument, 0);
        if (_model.Training)
        {
            Scratch(_network.Seed);
        }

        HashSet<int> kept = Kept();
        foreach (Node node in _graph.Nodes.Where(n => kept.Contains(n.Id)))
        {
            Scratch(node);
        }

        MethodPlan[] methods = [.. _entries.SelectMany(e => Methods(e, kept))];
        return new ClassPlan(_model, _network, parameters, _scratch.ToEquatableArray(), _scratchLength, methods.ToEquatableArray());
    }

    private List<EntryPoint> Entries()
    {
        NetworkGraph n = _network;
        var forward = new EntryPoint(EntryPoints.Forward, [n.Output], [], [], null);
        HashSet<int> known = Ids(forward, []);
        if (!_model.Training)
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
            new EntryPoint(EntryPoints.Descend, [], Sinks(AssignmentOperator.Subtract, new Expr.Local(LearningRate)), known, null),
        ];

        Sink Seed(Node from) => new(from, n.Seed.Name, AssignmentOperator.Assign, null, null);

        HashSet<int> Ids(EntryPoint entry, HashSet<int> before) => [.. before, .. entry.Computed(_graph).Select(c => c.Id)];

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

    private EquatableArray<TensorPlan> PlaceParameters()
    {
        var parameters = new List<TensorPlan>();
        int offset = 0;
        foreach (Node node in _network.Parameters)
        {
            var parameter = new TensorPlan(node.Name, node.Shape, TensorSpace.Parameters, offset);
            parameters.Add(parameter);
            _tensors[node.Name] = parameter;
            _tensors[node.AdjointName] = parameter with { Name = node.AdjointName, Space = TensorSpace.Gradients };
            offset += node.Shape.Count;
        }

        return parameters.ToEquatableArray();
    }

    private void Argument(Node node, string name) =>
        _tensors[node.Name] = new TensorPlan(name, node.Shape, TensorSpace.Argument, 0);

    private void Scratch(Node node)
    {
        if (!_tensors.ContainsKey(node.Name))
        {
            var tensor = new TensorPlan(node.Name, node.Shape, TensorSpace.Scratch, _scratchLength);
            _scratch.Add(tensor);
            _tensors.Add(node.Name, tensor);
            _scratchLength += node.Shape.Count;
        }
    }

    // Nodes that another entry point reads after the one that computes them.
    private HashSet<int> Kept()
    {
        var kept = new HashSet<int> { _network.Output.Id };
        foreach (EntryPoint reader in _entries)
        {
            foreach (Node node in reader.Computed(_graph))
            {
                kept.UnionWith(node.Inputs.Where(reader.Available.Contains));
            }

            kept.UnionWith(reader.Sinks.Select(s => s.Value.Id).Where(reader.Available.Contains));
        }

        return kept;
    }

    private IEnumerable<MethodPlan> Methods(EntryPoint entry, HashSet<int> kept)
    {
        Kernel[] kernels = [.. KernelBuilder.Build(_graph, entry, kept).Select(Decide)];
        List<List<Kernel>> parts = Cut([.. Inseparable(kernels, entry.Returns is not null).Select(Fit)]);
        HashSet<string> stored = Stored(parts);
        foreach (Node node in _graph.Nodes.Where(n => stored.Contains(n.Name)))
        {
            Scratch(node);
        }

        stored.UnionWith(_scratch.Select(t => t.Name));
        for (int i = 0; i < parts.Count; i++)
        {
            string name = parts.Count == 1 ? entry.Name : entry.Name + Literal.Of(i + 1);
            yield return Method(entry, name, parts[i], stored, isLast: i == parts.Count - 1);
        }
    }

    private MethodPlan Method(EntryPoint entry, string name, List<Kernel> kernels, HashSet<string> stored, bool isLast)
    {
        var unroll = new UnrollLowering(kernels, stored);
        List<Statement>[] lowered = [.. kernels.Select(k => k.IsUnrolled ? unroll.Lower(k) : [.. k.Assignments.SelectMany(LoopLowering.Lower)])];
        unroll.Load(lowered);
        BlockPlan[] blocks = [.. kernels.Zip(lowered, (k, statements) => new BlockPlan(k, statements.ToEquatableArray()))];

        IEnumerable<string> used = blocks.SelectMany(b => b.Statements).SelectMany(StatementTensors).Distinct();
        TensorPlan[] tensors = [.. used.Select(t => _tensors[t]).OrderBy(t => t.Space).ThenBy(t => t.Offset)];
        return new MethodPlan(name, entry.Name, tensors.ToEquatableArray(), blocks.ToEquatableArray(), isLast ? entry.Returns?.Name : null);
    }

    private Kernel Decide(Kernel kernel)
    {
        _cancellation.ThrowIfCancellationRequested();
        long limit = _model.Unroll == UnrollMode.Full ? JitBudget.HardMultiplyAddsPerLayer : JitBudget.MultiplyAddsPerLayer;
        string looped = _model.Unroll == UnrollMode.Loops ? "asked for"
            : _model.Unroll == UnrollMode.Auto && _multiplyAdds > JitBudget.MultiplyAddsPerMethod
                ? $"the network's {Literal.Grouped(_multiplyAdds)} multiply-adds are past {Literal.Grouped(JitBudget.MultiplyAddsPerMethod)}"
            : kernel.MultiplyAdds > limit
                ? $"{Literal.Grouped(kernel.MultiplyAdds)} multiply-adds are past {Literal.Grouped(limit)}"
            : _model.Unroll == UnrollMode.Auto && kernel.LongestAxis > JitBudget.VectorLength
                ? $"{Literal.Grouped(kernel.LongestAxis)} elements are past {JitBudget.VectorLength}"
            : "";
        return looped.Length > 0
            ? kernel with { IsUnrolled = false, Reason = looped }
            : kernel with { IsUnrolled = true, Reason = $"at most {Literal.Grouped(limit)} multiply-adds" };
    }

    // A scalar is a local: what computes one stays in a method with all that reads it, and a value is returned by one.
    private static List<List<Kernel>> Inseparable(Kernel[] kernels, bool returns)
    {
        if (returns)
        {
            return [[.. kernels]];
        }

        var runs = new List<List<Kernel>>();
        int end = 0;
        for (int i = 0; i < kernels.Length; i++)
        {
            if (i >= end)
            {
                runs.Add([]);
            }

            runs[runs.Count - 1].Add(kernels[i]);
            foreach (string scalar in kernels[i].Assignments.Where(a => a.Domain.Count == 0).Select(a => a.Target))
            {
                end = Math.Max(end, Array.FindLastIndex(kernels, k => k.Reads(scalar)) + 1);
            }
        }

        return runs;
    }

    // What is too long for one method loops, the costliest first.
    private static List<Kernel> Fit(List<Kernel> run)
    {
        var fitted = new List<Kernel>(run);
        while (fitted.Sum(k => k.Cost) > JitBudget.InstructionsPerMethod && fitted.Any(k => k.IsUnrolled))
        {
            int costliest = fitted.IndexOf(fitted.Where(k => k.IsUnrolled).OrderByDescending(k => k.Cost).First());
            string reason = $"written out it would be about {Literal.Grouped(fitted[costliest].Cost)} instructions; a method has room for {Literal.Grouped(JitBudget.InstructionsPerMethod)}";
            fitted[costliest] = fitted[costliest] with { IsUnrolled = false, Reason = reason };
        }

        return fitted;
    }

    private static List<List<Kernel>> Cut(List<List<Kernel>> runs)
    {
        var parts = new List<List<Kernel>> { new() };
        long cost = 0;
        foreach (List<Kernel> run in runs)
        {
            long more = run.Sum(k => k.Cost);
            if (cost + more > JitBudget.InstructionsPerMethod && cost > 0)
            {
                parts.Add([]);
                cost = 0;
            }

            cost += more;
            parts[parts.Count - 1].AddRange(run);
        }

        return parts;
    }

    // What crosses methods, and what a loop reads or writes, must be in memory.
    private static HashSet<string> Stored(List<List<Kernel>> parts)
    {
        var stored = new HashSet<string>();
        foreach (List<Kernel> part in parts)
        {
            var here = new HashSet<string>(part.SelectMany(k => k.Assignments).Select(a => a.Target));
            foreach (Kernel kernel in part)
            {
                foreach (string read in kernel.Assignments.SelectMany(a => Tensors(a.Value)))
                {
                    if (!kernel.IsUnrolled || !here.Contains(read))
                    {
                        stored.Add(read);
                    }
                }

                if (!kernel.IsUnrolled)
                {
                    stored.UnionWith(kernel.Assignments.Where(a => a.Domain.Count > 0).Select(a => a.Target));
                }
            }
        }

        return stored;
    }

    private static IEnumerable<string> Tensors(Expr value) => value.Descend().OfType<Expr.Element>().Select(e => e.Tensor);

    private static IEnumerable<string> StatementTensors(Statement statement) => statement switch
    {
        Statement.Declare d => Tensors(d.Value).Concat(d.Kept is null ? [] : [d.Kept.Tensor]),
        Statement.Set s => Tensors(s.Value).Concat(s.Kept is null ? [] : [s.Kept.Tensor]),
        Statement.Store s => Tensors(s.Value).Prepend(s.Target.Tensor),
        Statement.Loop l => l.Body.SelectMany(StatementTensors),
        _ => [],
    };
}
