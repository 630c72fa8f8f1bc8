namespace NetGen.Generator;

/// <summary>
/// Plans a network for processors with vectors: one memory for all widths, and for each width the methods that carry
/// the programs out, for a sample and for the rows of a batch.
/// </summary>
internal sealed class VectorPlanner
{
    /// <summary>How methods call the number of a batch's rows.</summary>
    public const string RowCount = "rows";

    private const string Input = "input";
    private const string Output = "output";
    private const string Outputs = "outputs";

    private readonly NetworkModel _model;
    private readonly NetworkGraph _network;
    private readonly Graph _graph;
    private readonly CostModel _costs;
    private readonly CancellationToken _cancellation;
    private readonly IReadOnlyList<EntryPoint> _entries;
    private readonly IReadOnlyList<EntryPoint> _rowEntries;
    private readonly HashSet<int> _kept;
    private readonly HashSet<int> _keptInRows;
    private readonly VectorMemory _memory;
    private readonly LoopVariable _row;
    private readonly int _batchRows;

    private VectorPlanner(NetworkModel model, NetworkGraph network, CostModel costs, CancellationToken cancellation)
    {
        _model = model;
        _network = network;
        _graph = network.Graph;
        _costs = costs;
        _cancellation = cancellation;
        _entries = Programs.OfVectors(model, network);
        _kept = Programs.Kept(network, _entries);
        _rowEntries = Programs.OfRows(model, network);

        // A scalar of one row is no local that the code of another step can read.
        _keptInRows = [.. Programs.Kept(network, _rowEntries), .. _graph.Nodes.Where(n => n.Shape.Rank == 0).Select(n => n.Id)];

        _memory = new VectorMemory(network, costs);
        _memory.AddScratch(network.Input.Name, network.Input.Shape);
        _memory.AddScratch(network.Output.Name, network.Output.Shape);
        _memory.AddArgument(network.Target.Name, "t", network.Target.Shape);
        _memory.AddArgument(network.OutputGradient.Name, "outputGradient", network.OutputGradient.Shape);
        _memory.AddArgument("inputGradient", "inputGradient", network.Input.Shape);
        _memory.AddArgument(Input, Input, network.Input.Shape);
        _memory.AddArgument(Output, Output, network.Output.Shape);
        if (model.Training)
        {
            _memory.AddScratch(network.Seed.Name, network.Seed.Shape);
        }

        foreach (EntryPoint entry in _entries)
        {
            AddScratch(Build(entry, _kept, asCopies: false));
        }

        foreach (EntryPoint entry in _rowEntries)
        {
            AddScratch(Build(entry, _keptInRows, asCopies: false));
        }

        _batchRows = costs.BatchRows(_memory.ScratchLength - _memory[network.Input.Name].Length);
        _row = new LoopVariable("r", _batchRows);
        _memory.AddArgument(Outputs, Outputs, network.Output.Shape);
        _memory.AddRows(_batchRows, new Dictionary<string, string>
        {
            [network.Input.Name] = "inputs",
            [network.Target.Name] = "targets",
            [Outputs] = Outputs,
        });
    }

    public static VectorPlan Plan(NetworkModel model, NetworkGraph network, IReadOnlyList<int> widths, CostModel costs, CancellationToken cancellation) =>
        new VectorPlanner(model, network, costs, cancellation).Plan(widths);

    private VectorPlan Plan(IReadOnlyList<int> widths)
    {
        VectorBody[] bodies = [.. widths.Select(lanes => new VectorBody(lanes, Methods(lanes).ToEquatableArray()))];
        return new VectorPlan(
            _memory.Parameters.ToEquatableArray(),
            _memory.Layouts.ToEquatableArray(),
            _memory.ParameterLength,
            _memory.Scratch.ToEquatableArray(),
            _memory.ScratchLength,
            _memory.Rows.ToEquatableArray(),
            _memory.Copies.ToEquatableArray(),
            _memory.RowsLength,
            _batchRows,
            bodies.ToEquatableArray());
    }

    private void AddScratch(IReadOnlyList<Kernel> kernels)
    {
        foreach (Assignment assignment in kernels.SelectMany(k => k.Assignments).Where(a => a.Domain.Count > 0 && !_memory.Knows(a.Target)))
        {
            _memory.AddScratch(assignment.Target, _graph.Nodes.First(n => n.Name == assignment.Target).Shape);
        }
    }

    private IReadOnlyList<Kernel> Build(EntryPoint entry, HashSet<int> kept, bool asCopies) =>
        KernelBuilder.Build(_graph, entry, kept, _memory.Placement(asCopies));

    private IEnumerable<MethodPlan> Methods(int lanes) =>
        [.. SampleMethods(lanes), .. OptimizerSteps.Plan(_model, _memory.ParameterLength, lanes), .. RowMethods(lanes)];

    private IEnumerable<MethodPlan> SampleMethods(int lanes)
    {
        var target = new VectorTarget(lanes, null, Unpadded(t => _memory[t]), _costs);
        BlockPlan[] half = [];
        foreach (EntryPoint entry in _entries)
        {
            _cancellation.ThrowIfCancellationRequested();
            IReadOnlyList<Kernel> kernels = Sweeps.Join(
            [
                .. Epilogues.Join([.. SampleKernels(entry)], target, IsKept(_kept)).Select(PanelSplit.Apply),
            ]);
            BlockPlan[] blocks = [.. kernels.Select(k => Block(k, target))];
            if (entry.Name == EntryPoints.TrainForward)
            {
                // The loss is known, and nothing has changed yet.
                BlockPlan last = blocks[blocks.Length - 1];
                blocks[blocks.Length - 1] = last with { Statements = [.. last.Statements, new Statement.ReturnIfNaN(_network.Loss.Name)] };
                half = blocks;
                continue;
            }

            IEnumerable<MethodPlan> methods = entry.Name == EntryPoints.TrainBackward
                ? Carry(EntryPoints.Train, [.. half, .. blocks], t => _memory[t], _network.Loss)
                : Carry(entry.Name, blocks, t => _memory[t], entry.Returns);
            foreach (MethodPlan method in methods)
            {
                yield return method;
            }
        }
    }

    private IEnumerable<MethodPlan> RowMethods(int lanes)
    {
        var target = new VectorTarget(lanes, _row, Unpadded(_memory.InRows), _costs);
        IEnumerable<(string EntryPoint, IEnumerable<Kernel> Kernels)> programs =
        [
            .. _rowEntries.Select(e => (e.Name, Epilogues.Join([.. RowKernels(e)], target, IsKept(_keptInRows)).Select(PanelSplit.Apply))),
            (EntryPoints.OutputRows, [CopyOut()]),
        ];
        foreach ((string entryPoint, IEnumerable<Kernel> kernels) in programs)
        {
            _cancellation.ThrowIfCancellationRequested();
            foreach (MethodPlan method in Carry(entryPoint, [.. kernels.Select(k => RowBlock(k, target))], _memory.InRows, null))
            {
                yield return method;
            }
        }
    }

    private Func<string, bool> IsKept(HashSet<int> kept) => tensor => _graph.Nodes.Any(n => n.Name == tensor && kept.Contains(n.Id));

    // What is given x reads it where the caller has it. What comes later finds x, and the caller finds y, in a copy.
    private IEnumerable<Kernel> SampleKernels(EntryPoint entry)
    {
        bool isPrediction = entry.Name == EntryPoints.Predict;
        bool isGiven = isPrediction || entry.Name is EntryPoints.TrainForward or EntryPoints.TrainBackward;
        if (isPrediction && _model.Training)
        {
            yield return Copy(_network.Input.Name, Input, _network.Input.Shape);
        }

        foreach (Kernel kernel in Build(entry, _kept, asCopies: false))
        {
            yield return !isGiven ? kernel : kernel with
            {
                Assignments = kernel.Assignments.Select(a => a with { Value = FromCaller(a.Value) }).ToEquatableArray(),
            };
        }

        if (isPrediction)
        {
            yield return Copy(Output, _network.Output.Name, _network.Output.Shape);
        }
    }

    private Expr FromCaller(Expr value) =>
        value.Rewrite(e => e is Expr.Element element && element.Tensor == _network.Input.Name ? element with { Tensor = Input } : null);

    private Kernel Copy(string to, string from, Shape shape)
    {
        LoopVariable[] axes = shape.Axes();
        IPlacement placement = _memory.Placement(asCopies: false);
        var copy = new Assignment(placement.Place(to, shape, axes), axes.ToEquatableArray(), AssignmentOperator.Assign, placement.Place(from, shape, axes));
        return new Kernel(to, $"{to} = {from}", "", [copy], false, "");
    }

    // The caller's memory ends with its last element, and the rows of a matrix that is no parameter follow each other.
    private HashSet<string> Unpadded(Func<string, TensorPlan> place) =>
    [
        .. _graph.Nodes.Where(n => n.Shape.Rank > 1 && !_memory.HasLayout(n.Name)).Select(n => n.Name),
        .. new[] { _network.Input.Name, _network.Target.Name, _network.OutputGradient.Name, "inputGradient", Input, Output, Outputs }
            .Where(t => place(t).Space == TensorSpace.Argument),
    ];

    // One method, or several that follow each other. What is returned is known to one of them.
    private static IEnumerable<MethodPlan> Carry(string entryPoint, IEnumerable<BlockPlan> blocks, Func<string, TensorPlan> place, Node? returns)
    {
        IReadOnlyList<IReadOnlyList<BlockPlan>> parts = MethodSize.Cut([.. blocks.Select(b => b with { Statements = ShortLoops.WriteOut(b.Statements) })]);
        for (int i = 0; i < parts.Count; i++)
        {
            MethodPlan method = Method(entryPoint, parts[i], place);
            bool isReturned = parts[i].SelectMany(b => b.Statements).Any(s => s is Statement.Declare d && d.Local == returns?.Name);
            yield return method with
            {
                Name = parts.Count == 1 ? entryPoint : entryPoint + Literal.Of(i + 1),
                Returns = isReturned ? returns!.Name : null,
            };
        }
    }

    private static MethodPlan Method(string entryPoint, IReadOnlyList<BlockPlan> blocks, Func<string, TensorPlan> place)
    {
        IEnumerable<string> used = blocks.SelectMany(b => b.Statements).SelectMany(s => s.Tensors()).Distinct();
        TensorPlan[] tensors = [.. used.Select(place).OrderBy(t => t.Space).ThenBy(t => t.Offset)];
        bool isOfSample = !blocks.SelectMany(b => b.Statements).Any(s => s.HasRows());
        blocks = isOfSample ? Registers.Use(blocks, tensors.Select(t => t.Name)) : blocks;

        // The first element of an argument needs a name of its own.
        string[] renamed = [.. tensors.Where(t => t.Space == TensorSpace.Argument && t.Argument == t.Name).Select(t => t.Name)];
        return new MethodPlan(
            entryPoint,
            entryPoint,
            tensors.Select(t => renamed.Contains(t.Name) ? t with { Name = First(t.Name), Argument = t.Argument } : t).ToEquatableArray(),
            Programs.Scalars(blocks.Select(b => b.Kernel)),
            blocks.Select(b => b with { Statements = b.Statements.Select(s => StatementRewriter.Rewrite(s, Rename)).ToEquatableArray() }).ToEquatableArray(),
            Returns: null);

        Expr Rename(Expr value) => renamed.Length == 0 ? value : value.Rewrite(e =>
            e is Expr.Element element && renamed.Contains(element.Tensor) ? element with { Tensor = First(element.Tensor) } : null);

        static string First(string argument) => argument + "0";
    }

    private static BlockPlan Block(Kernel kernel, VectorTarget target) =>
        new(kernel, Lower(kernel, target).ToEquatableArray());

    private static IEnumerable<Statement> Lower(Kernel kernel, VectorTarget target)
    {
        if (kernel.Fusion != Fusion.None)
        {
            return ContractionLowering.Lower(Contraction.Match(kernel.Assignments[0])!, kernel, target);
        }

        return kernel.Assignments.SelectMany(a =>
            Contraction.Match(a) is { } sum ? ContractionLowering.Lower(sum, kernel, target)
            : MapLowering.LaneOf(a) is { } lane ? MapLowering.Lower(a, lane, target)
            : TotalLowering.Lower(a, target) ?? LoopLowering.Lower(a));
    }

    // ---- Rows of a batch.

    // A weight is read from its copy where lanes would otherwise be summed over.
    private IEnumerable<Kernel> RowKernels(EntryPoint entry)
    {
        IReadOnlyList<Kernel> direct = Build(entry, _keptInRows, asCopies: false);
        IReadOnlyList<Kernel> copied = Build(entry, _keptInRows, asCopies: true);
        for (int i = 0; i < direct.Count; i++)
        {
            Kernel kernel = OverRows(direct[i]);
            if (SumOverRows(kernel) is { IsAcross: true })
            {
                Kernel other = OverRows(copied[i]);
                if (SumOverRows(other) is { IsAcross: false } turned && _costs.OfRow(turned, _row) < _costs.OfRow(SumOverRows(kernel)!, _row))
                {
                    kernel = other;
                    foreach (string weight in direct[i].Assignments.SelectMany(PanelSplit.Places).Select(e => e.Tensor).Where(_memory.IsWeight).Distinct())
                    {
                        _memory.AddCopy(weight);
                    }
                }
            }

            yield return kernel;
        }
    }

    // Values of a sample are found in their row; what is added to memory is summed over the rows.
    private Kernel OverRows(Kernel kernel) =>
        kernel with { Assignments = kernel.Assignments.Select(OverRows).ToEquatableArray() };

    private Assignment OverRows(Assignment assignment)
    {
        Expr value = assignment.Value.Rewrite(e => e is Expr.Element element ? InRow(element) : null);
        if (assignment.Domain.Count == 0)
        {
            return assignment with { Value = value };
        }

        bool isSum = assignment.Operator != AssignmentOperator.Assign && _memory.Pitch(assignment.Target) == 0;
        return isSum
            ? assignment with { Value = new Expr.Reduce(Reduction.Sum, _row, value) }
            : assignment with { Place = InRow(assignment.Place), Value = value, Domain = [_row, .. assignment.Domain] };
    }

    private Expr.Element InRow(Expr.Element element) => _memory.Pitch(element.Tensor) is var pitch and > 0
        ? element with { Index = element.Index.InRow(_row, pitch) }
        : element;

    private static Contraction? SumOverRows(Kernel kernel) => kernel.Assignments.Count == 1 || kernel.Fusion != Fusion.None
        ? Contraction.Match(PanelSplit.Apply(kernel).Assignments[0])
        : null;

    private BlockPlan RowBlock(Kernel kernel, VectorTarget target)
    {
        if (SumOverRows(kernel) is { } sum)
        {
            return new BlockPlan(kernel, ContractionLowering.Lower(sum, kernel, target).ToEquatableArray());
        }

        if (kernel.Assignments is [var only] && MapLowering.LaneOf(only) is { } lane)
        {
            return new BlockPlan(kernel, MapLowering.Lower(only, lane, target).ToEquatableArray());
        }

        // Row by row, each as a sample by itself.
        Assignment[] ofRow = [.. kernel.Assignments.Select(OfOneRow)];
        Statement[] body = [.. Lower(kernel with { Assignments = ofRow.ToEquatableArray() }, target)];
        return new BlockPlan(kernel, [new Statement.RowLoop(_row, 1, 0, body.ToEquatableArray())]);
    }

    private Assignment OfOneRow(Assignment assignment) => assignment with
    {
        Domain = assignment.Domain.Where(v => v != _row).ToEquatableArray(),
        Value = assignment.Value is Expr.Reduce reduce && reduce.Over == _row ? reduce.Body : assignment.Value,
    };

    private Kernel CopyOut()
    {
        Kernel copy = Copy(Outputs, _network.Output.Name, _network.Output.Shape);
        return OverRows(copy);
    }
}
