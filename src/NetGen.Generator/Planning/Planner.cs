namespace NetGen.Generator;

/// <summary>
/// Decides how a network's graph is carried out: which values are stored and where, what is written out and what
/// loops, and where a program is cut into methods. Nothing here knows C#.
/// </summary>
internal sealed class Planner
{
    private readonly NetworkModel _model;
    private readonly EquatableArray<int> _widths;
    private readonly CostModel _costs;
    private readonly CancellationToken _cancellation;
    private readonly NetworkGraph _network;
    private readonly Graph _graph;
    private readonly IReadOnlyList<EntryPoint> _entries;
    private readonly Dictionary<string, TensorPlan> _tensors = [];
    private readonly List<TensorPlan> _scratch = [];
    private readonly long _multiplyAdds;
    private int _scratchLength;

    private Planner(NetworkModel model, NetworkGraph network, EquatableArray<int> widths, CostModel costs, CancellationToken cancellation)
    {
        _widths = widths;
        _costs = costs;
        _model = model;
        _cancellation = cancellation;
        _network = network;
        _graph = network.Graph;
        _entries = Programs.Of(model, network);
        _multiplyAdds = network.Parameters.Where(p => p.Shape.Rank == 2).Sum(p => (long)p.Shape.Count);
    }

    /// <param name="widths">The vectors that there may be, in floats, the longest first; 1 where what vectors do must also be done without them.</param>
    /// <param name="costs">The numbers that it decides by.</param>
    public static ClassPlan Plan(NetworkModel model, NetworkGraph network, EquatableArray<int> widths, CostModel costs, CancellationToken cancellation = default) =>
        new Planner(model, network, widths, costs, cancellation).Plan();

    private ClassPlan Plan()
    {
        EquatableArray<TensorPlan> parameters = PlaceParameters();
        EquatableArray<TensorPlan> constants = PlaceConstants();
        Scratch(_network.Input);
        Scratch(_network.Output);
        Argument(_network.Target, "t");
        Argument(_network.OutputGradient, "outputGradient");
        _tensors["inputGradient"] = new TensorPlan("inputGradient", _network.Input.Shape, TensorSpace.Argument, 0);
        if (_model.Training)
        {
            Scratch(_network.Seed);
        }

        HashSet<int> kept = Programs.Kept(_network, _entries);
        foreach (Node node in _graph.Nodes.Where(n => kept.Contains(n.Id)))
        {
            Scratch(node);
        }

        MethodPlan[] methods =
        [
            .. _entries.SelectMany(e => Methods(e, kept)),
            .. OptimizerSteps.Descends(_model) ? Reach() : [],
            .. OptimizerSteps.Plan(_model, parameters.Sum(p => p.Length), lanes: 1),
        ];

        // Behind all that the methods store, so that nothing else moves for it.
        var classTarget = new TensorPlan(Programs.ClassTarget, _network.Target.Shape, TensorSpace.Scratch, _scratchLength);
        _scratch.Add(classTarget);
        _scratchLength += classTarget.Length;

        VectorPlan? vectors = _widths.Count == 0 ? null : VectorPlanner.Plan(_model, _network, [.. _widths], _costs, _cancellation);
        return new ClassPlan(
            _model, _network, parameters, constants, _scratch.ToEquatableArray(), _scratchLength, methods.ToEquatableArray(), vectors, vectors?.BatchRows ?? _costs.BatchRows(floatsPerRow: 0));
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

    private EquatableArray<TensorPlan> PlaceConstants()
    {
        int offset = 0;
        foreach (Node node in _network.Constants)
        {
            _tensors[node.Name] = new TensorPlan(node.Name, node.Shape, TensorSpace.Constants, offset);
            offset += node.Shape.Count;
        }

        return _network.Constants.Select(n => _tensors[n.Name]).ToEquatableArray();
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

    private IEnumerable<MethodPlan> Methods(EntryPoint entry, HashSet<int> kept)
    {
        Kernel[] kernels = [.. KernelBuilder.Build(_graph, entry, kept, new RowMajorPlacement()).Select(Decide)];
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
            yield return Method(entry.Name, name, parts[i], stored) with { Returns = i == parts.Count - 1 ? entry.Returns?.Name : null };
        }
    }

    private IEnumerable<MethodPlan> Reach()
    {
        IReadOnlyCollection<int> known = _entries.Single(e => e.Name == EntryPoints.Descend).Available;
        Kernel sum = Decide(StepReach.Sum(StepReach.Factors(_network, known), new RowMajorPlacement()));
        MethodPlan method = Method(EntryPoints.Reach, EntryPoints.Reach, [sum], [.. _scratch.Select(t => t.Name)]);
        yield return method with { Returns = StepReach.Name };
    }

    private MethodPlan Method(string entryPoint, string name, List<Kernel> kernels, HashSet<string> stored)
    {
        var unroll = new UnrollLowering(kernels, stored);
        List<Statement>[] lowered = [.. kernels.Select(k => k.IsUnrolled ? unroll.Lower(k) : [.. k.Assignments.SelectMany(LoopLowering.Lower)])];
        unroll.Load(lowered);
        BlockPlan[] blocks = [.. kernels.Zip(lowered, (k, statements) => new BlockPlan(k, statements.ToEquatableArray()))];

        IEnumerable<string> used = blocks.SelectMany(b => b.Statements).SelectMany(s => s.Tensors()).Distinct();
        TensorPlan[] tensors = [.. used.Select(t => _tensors[t]).OrderBy(t => t.Space).ThenBy(t => t.Offset)];
        return new MethodPlan(name, entryPoint, tensors.ToEquatableArray(), Programs.Scalars(kernels), blocks.ToEquatableArray(), Returns: null);
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
}
