namespace NetGen.Generator;

/// <summary>What the methods for vectors compute, in index notation over padded memory: the same for all widths.</summary>
internal sealed class VectorPrograms
{
    private const string Input = "input";
    private const string Output = "output";
    private const string Outputs = "outputs";
    private const string InputGradient = "inputGradient";

    /// <summary>How methods call the ∂L/∂y of the rows of a batch.</summary>
    public const string OutputGradients = "outputGradients";

    private readonly NetworkModel _model;
    private readonly NetworkGraph _network;
    private readonly Graph _graph;
    private readonly CancellationToken _cancellation;
    private readonly CostModel _costs;

    private VectorPrograms(NetworkModel model, NetworkGraph network, CostModel costs, CancellationToken cancellation)
    {
        _model = model;
        _network = network;
        _graph = network.Graph;
        _costs = costs;
        _cancellation = cancellation;

        IReadOnlyList<EntryPoint> entries = Programs.OfVectors(model, network);
        IReadOnlyList<EntryPoint> rowEntries = Programs.OfRows(model, network);
        HashSet<int> kept = Programs.Kept(network, entries);

        // A scalar of one row is no local that the code of another step can read.
        HashSet<int> keptInRows = [.. Programs.Kept(network, rowEntries), .. _graph.Nodes.Where(n => n.Shape.Rank == 0).Select(n => n.Id)];

        Memory = PlaceSample(entries.Select(e => Build(e, kept)).Concat(rowEntries.Select(e => Build(e, keptInRows))));
        BatchRows = costs.BatchRows(Memory.ScratchLength - Memory[network.Input.Name].Length);
        Row = new LoopVariable("r", BatchRows);
        PlaceRows();

        OfSample = [.. SamplePrograms(entries, kept)];
        OfRows =
        [
            .. rowEntries.Select(e => new VectorProgram(e.Name, OfBatch(e, keptInRows).ToEquatableArray(), null)),
            new VectorProgram(EntryPoints.OutputRows, [OverRows(GiveOutput(Outputs))], null),
        ];

        IReadOnlyList<Kernel> Build(EntryPoint entry, HashSet<int> stored) => KernelBuilder.Build(_graph, entry, stored, new RowMajorPlacement());
    }

    public VectorMemory Memory { get; }

    /// <summary>Rows of a batch that go through the network together.</summary>
    public int BatchRows { get; }

    /// <summary>The axis of those rows.</summary>
    public LoopVariable Row { get; }

    public IReadOnlyList<VectorProgram> OfSample { get; }

    public IReadOnlyList<VectorProgram> OfRows { get; }

    public static VectorPrograms Of(NetworkModel model, NetworkGraph network, CostModel costs, CancellationToken cancellation) =>
        new(model, network, costs, cancellation);

    /// <summary>What code for a sample is made for.</summary>
    public VectorTarget Sample(int lanes) => new(lanes, null, Unpadded(t => Memory[t]), SumOrder.Of(_model.Determinism), _costs);

    /// <summary>What code for the rows of a batch is made for.</summary>
    public VectorTarget Rows(int lanes) => new(lanes, Row, Unpadded(Memory.InRows), SumOrder.Of(_model.Determinism), _costs);

    /// <summary>What the gradients are sums of products of that a program adds up; none where they are not, or it does not train.</summary>
    public IReadOnlyList<TensorPlan> Factors(string entryPoint)
    {
        bool isOfRows = OfRows.Any(p => p.EntryPoint == entryPoint);
        VectorProgram? program = (isOfRows ? OfRows : OfSample).SingleOrDefault(p => p.EntryPoint == entryPoint);
        return program is null ? [] : isOfRows
            ? GradientFactors.Of(program.Kernels, Memory.InRows, t => Memory.Knows(t) && Memory.Pitch(t) > 0, Row)
            : GradientFactors.Of(program.Kernels, t => Memory[t], t => Memory.Knows(t) && Memory[t].Space == TensorSpace.Scratch, null);
    }

    // ---- Memory.

    private VectorMemory PlaceSample(IEnumerable<IReadOnlyList<Kernel>> programs)
    {
        var memory = new VectorMemory(_network, _costs);
        memory.AddScratch(_network.Input.Name, _network.Input.Shape);
        memory.AddScratch(_network.Output.Name, _network.Output.Shape);
        memory.AddArgument(_network.Target.Name, "t", _network.Target.Shape);
        memory.AddArgument(_network.OutputGradient.Name, "outputGradient", _network.OutputGradient.Shape);
        memory.AddArgument(InputGradient, InputGradient, _network.Input.Shape);
        memory.AddArgument(Input, Input, _network.Input.Shape);
        memory.AddArgument(Output, Output, _network.Output.Shape);
        if (_model.Training)
        {
            memory.AddScratch(_network.Seed.Name, _network.Seed.Shape);
        }

        IEnumerable<string> targets = programs.SelectMany(kernels => kernels).SelectMany(k => k.Assignments).Where(a => a.Domain.Count > 0).Select(a => a.Target);
        foreach (string target in targets.Where(t => !memory.Knows(t)))
        {
            memory.AddScratch(target, _graph.Nodes.First(n => n.Name == target).Shape);
        }

        return memory;
    }

    private void PlaceRows()
    {
        // After the number of rows was chosen by what the code reads and writes: the caller does that here.
        Memory.AddScratch(Programs.ClassTarget, _network.Target.Shape);
        Memory.AddArgument(Outputs, Outputs, _network.Output.Shape);
        Memory.AddRows(BatchRows, new Dictionary<string, string>
        {
            [_network.Input.Name] = "inputs",
            [_network.Target.Name] = "targets",
            [_network.OutputGradient.Name] = OutputGradients,
            [Outputs] = Outputs,
        });
    }

    // The caller's memory ends with its last element, and the rows of a matrix that is no parameter follow each other.
    private HashSet<string> Unpadded(Func<string, TensorPlan> place) =>
    [
        .. _graph.Nodes.Where(n => n.Shape.Rank > 1 && !Memory.HasLayout(n.Name)).Select(n => n.Name),
        .. new[] { _network.Input.Name, _network.Target.Name, _network.OutputGradient.Name, InputGradient, Input, Output, Outputs }
            .Where(t => place(t).Space == TensorSpace.Argument),
    ];

    private Kernel Copy(string to, string from, Shape shape) => Copy(to, from, shape, value => value);

    private Kernel Copy(string to, string from, Shape shape, Func<Expr, Expr> change)
    {
        LoopVariable[] axes = shape.Axes();
        IPlacement placement = Memory.Placement(asCopies: false);
        var copy = new Assignment(placement.Place(to, shape, axes), axes.ToEquatableArray(), AssignmentOperator.Assign, change(placement.Place(from, shape, axes)));
        return new Kernel(to, $"{to} = {from}", "", [copy], false, "");
    }

    // Where the same bits are promised, what the caller sees of a NaN must be the same, too.
    private Kernel GiveOutput(string to) => Copy(
        to,
        _network.Output.Name,
        _network.Output.Shape,
        value => _model.Determinism == DeterminismMode.CrossPlatform ? Expr.OneNaN(value) : value);

    private Func<string, bool> IsKept(HashSet<int> kept) => tensor => _graph.Nodes.Any(n => n.Name == tensor && kept.Contains(n.Id));

    // ---- One sample.

    // A step that trains at once is both halves in one program: what the first computes is still in registers.
    private IEnumerable<VectorProgram> SamplePrograms(IEnumerable<EntryPoint> entries, HashSet<int> kept)
    {
        VectorTarget target = Sample(lanes: Piece.Longest);
        Kernel[] forward = [];
        foreach (EntryPoint entry in entries)
        {
            _cancellation.ThrowIfCancellationRequested();
            IReadOnlyList<Kernel> kernels = Sweeps.Join([.. Epilogues.Join([.. GivenSample(entry, kept)], target, IsKept(kept)).Select(PanelSplit.Apply)]);
            switch (entry.Name)
            {
                case EntryPoints.TrainForward:
                    forward = [.. kernels];
                    break;
                case EntryPoints.TrainBackward:
                    Kernel reach = FromCaller(StepReach.Sum(StepReach.Factors(_network, entry.Available), Memory.Placement(asCopies: false)));
                    yield return new VectorProgram(EntryPoints.Train, [.. forward, reach, .. kernels], _network.Loss)
                    {
                        Stops =
                        [
                            new Stop(forward.Length, new Statement.ReturnUnlessBelow(_network.Loss.Name, float.PositiveInfinity)),
                            new Stop(forward.Length + 1, new Statement.ReturnUnlessBelow(StepReach.Name, StepReach.Limit)),
                        ],
                    };
                    break;
                default:
                    yield return new VectorProgram(entry.Name, kernels.ToEquatableArray(), entry.Returns);
                    break;
            }
        }
    }

    // What is given x reads it where the caller has it. What comes later finds x, and the caller finds y, in a copy.
    private IEnumerable<Kernel> GivenSample(EntryPoint entry, HashSet<int> kept)
    {
        bool isPrediction = entry.Name == EntryPoints.Predict;
        bool isGiven = isPrediction || entry.Name is EntryPoints.TrainForward or EntryPoints.TrainBackward;
        if (isPrediction && _model.Training)
        {
            yield return Copy(_network.Input.Name, Input, _network.Input.Shape);
        }

        foreach (Kernel kernel in KernelBuilder.Build(_graph, entry, kept, Memory.Placement(asCopies: false)))
        {
            yield return isGiven ? FromCaller(kernel) : kernel;
        }

        if (isPrediction)
        {
            yield return GiveOutput(Output);
        }
    }

    private Kernel FromCaller(Kernel kernel) =>
        kernel with { Assignments = kernel.Assignments.Select(a => a with { Value = FromCaller(a.Value) }).ToEquatableArray() };

    private Expr FromCaller(Expr value) =>
        value.Rewrite(e => e is Expr.Element element && element.Tensor == _network.Input.Name ? element with { Tensor = Input } : null);

    // ---- Rows of a batch.

    private IEnumerable<Kernel> OfBatch(EntryPoint entry, HashSet<int> kept)
    {
        _cancellation.ThrowIfCancellationRequested();
        IReadOnlyList<Kernel> kernels = Epilogues.Join([.. TileByTile([.. RowKernels(entry, kept)])], Rows(lanes: Piece.Longest), IsKept(kept));
        return kernels.Select(PanelSplit.Apply).Select(WithFirstSums());
    }

    // A contraction sums over its rows before it adds to a gradient, as if the rows' gradient were added. Where one alone does
    // not make the gradient, that is gathered by itself: the sum rounds alike whoever adds which rows.
    private IEnumerable<Kernel> TileByTile(IReadOnlyList<Kernel> kernels)
    {
        for (int i = 0; i < kernels.Count; i++)
        {
            Kernel kernel = kernels[i];
            bool isGradient = Memory.Knows(kernel.Target) && Memory[kernel.Target].Space == TensorSpace.Gradients;
            if (!isGradient || (kernels.Count(k => k.Target == kernel.Target) == 1 && IsWhole(kernel)))
            {
                yield return kernel;
                continue;
            }

            string tile = VectorMemory.TileOf(kernel.Target);
            Shape shape = Memory[kernel.Target].Shape;
            if (!Memory.Knows(tile))
            {
                Memory.AddTile(kernel.Target);
                yield return new Kernel(tile, $"{tile} = 0", "", [Whole(tile, AssignmentOperator.Assign, _ => 0f)], false, "");
            }

            yield return kernel with
            {
                Target = tile,
                Assignments = kernel.Assignments.Select(a => a.Target == kernel.Target ? a with { Place = a.Place with { Tensor = tile } } : a).ToEquatableArray(),
            };
            if (!kernels.Skip(i + 1).Any(k => k.Target == kernel.Target))
            {
                yield return new Kernel(kernel.Target, $"{kernel.Target} += {tile}", "", [Whole(kernel.Target, AssignmentOperator.Add, axes => At(tile, axes))], false, "");
            }

            Assignment Whole(string tensor, AssignmentOperator @operator, Func<LoopVariable[], Expr> value)
            {
                // A scalar that is learned is a tensor of one element.
                LoopVariable[] axes = shape.Rank == 0 ? [new LoopVariable("n", 1)] : shape.Axes();
                return new Assignment(At(tensor, axes), axes.ToEquatableArray(), @operator, value(axes));
            }

            Expr.Element At(string tensor, LoopVariable[] axes) => Memory.Placement(asCopies: false).Place(tensor, shape, axes);
        }
    }

    // Elements of which not all fit in vectors would be summed one by one, and round otherwise than in vectors.
    private bool IsWhole(Kernel kernel) => SumOf(kernel) is { } sum
        && (Memory[kernel.Target].Shape.Rank > 1 || Rows(Piece.Longest).IsPadded(kernel.Assignments[0], sum.Lane));

    private Func<Kernel, Kernel> WithFirstSums()
    {
        var gathered = new HashSet<string>();
        return kernel => Memory.Knows(kernel.Target) && Memory[kernel.Target].Space == TensorSpace.Gradients && gathered.Add(kernel.Target)
            ? kernel with { IsFirstSum = true }
            : kernel;
    }

    // A weight is read from its copy where lanes would otherwise be summed over.
    private IEnumerable<Kernel> RowKernels(EntryPoint entry, HashSet<int> kept)
    {
        IReadOnlyList<Kernel> direct = KernelBuilder.Build(_graph, entry, kept, Memory.Placement(asCopies: false));
        IReadOnlyList<Kernel> copied = KernelBuilder.Build(_graph, entry, kept, Memory.Placement(asCopies: true));
        for (int i = 0; i < direct.Count; i++)
        {
            Kernel kernel = OverRows(direct[i]);
            if (SumOf(kernel) is { IsAcross: true } across)
            {
                Kernel other = OverRows(copied[i]);
                if (SumOf(other) is { IsAcross: false } turned && _costs.OfRow(turned, Row) < _costs.OfRow(across, Row))
                {
                    kernel = other;
                    foreach (string weight in direct[i].Assignments.SelectMany(PanelSplit.Places).Select(e => e.Tensor).Where(Memory.IsWeight).Distinct())
                    {
                        Memory.AddCopy(weight);
                    }
                }
            }

            yield return kernel;
        }
    }

    /// <summary>The contraction that a kernel over rows begins with; null where it is none that vectors can carry out.</summary>
    public static Contraction? SumOf(Kernel kernel) => kernel.Assignments.Count == 1 || kernel.Fusion != Fusion.None
        ? Contraction.Match(PanelSplit.Apply(kernel).Assignments[0])
        : null;

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

        bool isSum = assignment.Operator != AssignmentOperator.Assign && Memory.Pitch(assignment.Target) == 0;
        return isSum
            ? assignment with { Value = new Expr.Reduce(Reduction.Sum, Row, value) }
            : assignment with { Place = InRow(assignment.Place), Value = value, Domain = [Row, .. assignment.Domain] };
    }

    private Expr.Element InRow(Expr.Element element) => Memory.Pitch(element.Tensor) is var pitch and > 0
        ? element with { Index = element.Index.InRow(Row, pitch) }
        : element;
}

/// <summary>One of the programs.</summary>
/// <param name="Returns">A scalar that it returns.</param>
internal sealed record VectorProgram(string EntryPoint, EquatableArray<Kernel> Kernels, Node? Returns)
{
    /// <summary>Where it may end before its end.</summary>
    public EquatableArray<Stop> Stops { get; init; } = [];
}

/// <param name="After">So many kernels.</param>
internal sealed record Stop(int After, Statement.ReturnUnlessBelow Statement);
