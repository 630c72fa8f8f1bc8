namespace NetGen.Generator;

/// <summary>
/// Plans a network for processors with vectors: one memory for all widths, and for each width the methods that carry
/// the programs out, for a sample and for the rows of a batch.
/// </summary>
internal sealed class VectorPlanner
{
    /// <summary>How methods call the number of a batch's rows.</summary>
    public const string RowCount = "rows";

    private const string Outputs = "outputs";

    private readonly NetworkGraph _network;
    private readonly Graph _graph;
    private readonly CancellationToken _cancellation;
    private readonly IReadOnlyList<EntryPoint> _entries;
    private readonly IReadOnlyList<EntryPoint> _rowEntries;
    private readonly HashSet<int> _kept;
    private readonly HashSet<int> _keptInRows;
    private readonly VectorMemory _memory;
    private readonly LoopVariable _row;
    private readonly int _batchRows;

    private VectorPlanner(NetworkModel model, NetworkGraph network, CancellationToken cancellation)
    {
        _network = network;
        _graph = network.Graph;
        _cancellation = cancellation;
        _entries = Programs.Of(model, network);
        _kept = Programs.Kept(network, _entries);
        _rowEntries = Programs.OfRows(model, network);

        // A scalar of one row is no local that the code of another step can read.
        _keptInRows = [.. Programs.Kept(network, _rowEntries), .. _graph.Nodes.Where(n => n.Shape.Rank == 0).Select(n => n.Id)];

        _memory = new VectorMemory(network);
        _memory.AddScratch(network.Input.Name, network.Input.Shape);
        _memory.AddScratch(network.Output.Name, network.Output.Shape);
        _memory.AddArgument(network.Target.Name, "t", network.Target.Shape);
        _memory.AddArgument(network.OutputGradient.Name, "outputGradient", network.OutputGradient.Shape);
        _memory.AddArgument("inputGradient", "inputGradient", network.Input.Shape);
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

        _batchRows = CostModel.BatchRows(_memory.ScratchLength);
        _row = new LoopVariable("r", _batchRows);
        _memory.AddArgument(Outputs, Outputs, network.Output.Shape);
        _memory.AddRows(_batchRows, new Dictionary<string, string>
        {
            [network.Input.Name] = "inputs",
            [network.Target.Name] = "targets",
            [Outputs] = Outputs,
        });
    }

    public static VectorPlan Plan(NetworkModel model, NetworkGraph network, IReadOnlyList<int> widths, CancellationToken cancellation) =>
        new VectorPlanner(model, network, cancellation).Plan(widths);

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

    private IEnumerable<MethodPlan> Methods(int lanes)
    {
        foreach (EntryPoint entry in _entries)
        {
            _cancellation.ThrowIfCancellationRequested();
            var target = new VectorTarget(lanes, null, Unpadded(t => _memory[t]));
            IReadOnlyList<Kernel> kernels = Sweeps.Join([.. Build(entry, _kept, asCopies: false).Select(Split)]);
            yield return Method(entry.Name, kernels.Select(k => Block(k, target)), t => _memory[t], entry.Returns?.Name);
        }

        var rows = new VectorTarget(lanes, _row, Unpadded(_memory.InRows));
        foreach (EntryPoint entry in _rowEntries)
        {
            _cancellation.ThrowIfCancellationRequested();
            yield return Method(entry.Name, RowKernels(entry).Select(k => RowBlock(k, rows)), _memory.InRows, null);
        }

        yield return Method(EntryPoints.OutputRows, [RowBlock(CopyOut(), rows)], _memory.InRows, null);
    }

    private HashSet<string> Unpadded(Func<string, TensorPlan> place) =>
    [
        .. new[] { _network.Input.Name, _network.Target.Name, _network.OutputGradient.Name, "inputGradient", Outputs }
            .Where(t => place(t).Space == TensorSpace.Argument),
    ];

    private static Kernel Split(Kernel kernel) =>
        kernel with { Assignments = kernel.Assignments.Select(PanelSplit.Apply).ToEquatableArray() };

    private static MethodPlan Method(string name, IEnumerable<BlockPlan> blocks, Func<string, TensorPlan> place, string? returns)
    {
        BlockPlan[] all = [.. blocks];
        IEnumerable<string> used = all.SelectMany(b => b.Statements).SelectMany(s => s.Tensors()).Distinct();
        TensorPlan[] tensors = [.. used.Select(place).OrderBy(t => t.Space).ThenBy(t => t.Offset)];

        // The first element of an argument needs a name of its own.
        string[] renamed = [.. tensors.Where(t => t.Space == TensorSpace.Argument && t.Argument == t.Name).Select(t => t.Name)];
        return new MethodPlan(
            name,
            name,
            tensors.Select(t => renamed.Contains(t.Name) ? t with { Name = First(t.Name), Argument = t.Argument } : t).ToEquatableArray(),
            all.Select(b => b with { Statements = b.Statements.Select(s => StatementRewriter.Rewrite(s, Rename)).ToEquatableArray() }).ToEquatableArray(),
            returns);

        Expr Rename(Expr value) => renamed.Length == 0 ? value : value.Rewrite(e =>
            e is Expr.Element element && renamed.Contains(element.Tensor) ? element with { Tensor = First(element.Tensor) } : null);

        static string First(string argument) => argument + "0";
    }

    private static BlockPlan Block(Kernel kernel, VectorTarget target) =>
        new(kernel, Lower(kernel, target).ToEquatableArray());

    private static IEnumerable<Statement> Lower(Kernel kernel, VectorTarget target)
    {
        if (Sweeps.Of(kernel) is { } sweep)
        {
            return ContractionLowering.Lower(sweep.Sum, sweep.Update, target);
        }

        return kernel.Assignments.SelectMany(a =>
            Contraction.Match(a) is { } sum ? ContractionLowering.Lower(sum, null, target)
            : MapLowering.LaneOf(a) is { } lane ? MapLowering.Lower(a, lane, target)
            : LoopLowering.Lower(a));
    }

    // ---- Rows of a batch.

    // A weight is read from its copy where lanes would otherwise be summed over.
    private IEnumerable<Kernel> RowKernels(EntryPoint entry)
    {
        IReadOnlyList<Kernel> direct = Build(entry, _keptInRows, asCopies: false);
        IReadOnlyList<Kernel> copied = Build(entry, _keptInRows, asCopies: true);
        for (int i = 0; i < direct.Count; i++)
        {
            Kernel kernel = Split(OverRows(direct[i]));
            if (SumOverRows(kernel) is { IsAcross: true })
            {
                Kernel other = Split(OverRows(copied[i]));
                if (SumOverRows(other) is { IsAcross: false })
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

    private static Contraction? SumOverRows(Kernel kernel) => kernel.Assignments.Count == 1 ? Contraction.Match(kernel.Assignments[0]) : null;

    private BlockPlan RowBlock(Kernel kernel, VectorTarget target)
    {
        if (SumOverRows(kernel) is { } sum)
        {
            return new BlockPlan(kernel, ContractionLowering.Lower(sum, null, target).ToEquatableArray());
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
        LoopVariable[] axes = _network.Output.Shape.Axes();
        IPlacement placement = _memory.Placement(asCopies: false);
        var copy = new Assignment(
            placement.Place(Outputs, _network.Output.Shape, axes),
            axes.ToEquatableArray(),
            AssignmentOperator.Assign,
            placement.Place(_network.Output.Name, _network.Output.Shape, axes));
        return new Kernel(Outputs, $"{Outputs} = {_network.Output.Name}", "", [OverRows(copy)], false, "");
    }
}
