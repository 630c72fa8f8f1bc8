namespace NetGen.Generator;

/// <summary>
/// Plans a network for processors with vectors: one memory for all widths, and for each width the methods that carry
/// the programs out, for a sample and for the rows of a batch.
/// </summary>
internal sealed class VectorPlanner
{
    /// <summary>How methods call the number of a batch's rows.</summary>
    public const string RowCount = "rows";

    private readonly NetworkModel _model;
    private readonly VectorPrograms _programs;
    private readonly CostModel _costs;
    private readonly CancellationToken _cancellation;

    private VectorPlanner(NetworkModel model, VectorPrograms programs, CostModel costs, CancellationToken cancellation)
    {
        _costs = costs;
        _model = model;
        _programs = programs;
        _cancellation = cancellation;
    }

    public static VectorPlan Plan(NetworkModel model, NetworkGraph network, IReadOnlyList<int> widths, CostModel costs, CancellationToken cancellation) =>
        new VectorPlanner(model, VectorPrograms.Of(model, network, costs, cancellation), costs, cancellation).Plan(widths);

    private VectorPlan Plan(IReadOnlyList<int> widths)
    {
        VectorMemory memory = _programs.Memory;
        IReadOnlyList<TensorPlan> factors = _programs.Factors(EntryPoints.BackRows);

        // A network of few parameters has more factors in a tile than gradients: those are looked at sooner.
        bool areFew = memory.ParameterLength > factors.Where(f => f.Space == TensorSpace.Rows).Sum(f => f.Length);
        VectorBody[] bodies = [.. widths.Select(lanes => new VectorBody(lanes, _costs.TileRows(lanes), SumOrder.Of(_model.Determinism).TileVectors(_costs, lanes, _costs.TileRows(lanes)), Methods(lanes, isShortest: lanes == widths[widths.Count - 1]).Select(AtOnce).ToEquatableArray()))];
        return new VectorPlan(
            memory.Parameters.ToEquatableArray(),
            memory.Layouts.ToEquatableArray(),
            memory.ParameterLength,
            memory.Constants.ToEquatableArray(),
            memory.ConstantLength,
            memory.Scratch.ToEquatableArray(),
            memory.ScratchLength,
            memory.Rows.ToEquatableArray(),
            memory.Copies.ToEquatableArray(),
            memory.RowsLength,
            _programs.BatchRows,
            areFew ? _programs.Factors(EntryPoints.BackPropagate).ToEquatableArray() : [],
            areFew ? factors.ToEquatableArray() : [],
            bodies.ToEquatableArray());
    }

    private MethodPlan AtOnce(MethodPlan method) => method with { IsOptimizedAtOnce = method.Work >= _costs.OptimizedAtOnce };

    private IEnumerable<MethodPlan> Methods(int lanes, bool isShortest)
    {
        VectorMemory memory = _programs.Memory;
        VectorTarget sample = _programs.Sample(lanes);
        VectorTarget rows = _programs.Rows(lanes);
        return
        [
            .. _programs.OfSample.Where(p => isShortest || IsQuick(p, lanes)).SelectMany(p => Methods(p, lanes, kernel => Lower(kernel, sample), t => memory[t])),
            .. OptimizerSteps.Plan(_model, memory.ParameterLength, lanes),
            .. _programs.OfRows.SelectMany(p => Methods(p, lanes, kernel => LowerRows(kernel, rows), memory.InRows)),
        ];
    }

    // Long vectors that are not filled cost more than they save: their lanes are added up in more steps, and what is left of a
    // layer needs shorter ones beside them.
    private bool IsQuick(VectorProgram program, int lanes)
    {
        if (lanes < Piece.Longest)
        {
            return true;
        }

        int[] units = [.. program.Kernels.SelectMany(k => k.Assignments).Select(a => Contraction.Match(a)?.Lane.Extent ?? 0)];
        int widest = units.DefaultIfEmpty().Max();
        return widest >= _costs.SampleUnits16 || widest == 0 || (widest == lanes && program.EntryPoint == EntryPoints.Predict);
    }

    // One method, or several that follow each other. What is returned is known to one of them.
    private IEnumerable<MethodPlan> Methods(VectorProgram program, int lanes, Func<Kernel, IEnumerable<Statement>> lower, Func<string, TensorPlan> place)
    {
        _cancellation.ThrowIfCancellationRequested();
        IReadOnlyList<IReadOnlyList<BlockPlan>> parts = MethodSize.Cut(
        [
            .. program.Kernels.Select((kernel, i) => new BlockPlan(kernel, ShortLoops.WriteOut(
            [
                .. lower(kernel),
                .. program.Stops.Where(s => s.After == i + 1).Select(s => s.Statement),
            ]))),
        ]);
        for (int i = 0; i < parts.Count; i++)
        {
            MethodPlan method = Method(program.EntryPoint, lanes, parts[i], place);
            Statement[] statements = [.. parts[i].SelectMany(b => b.Statements)];
            bool isReturned = statements.Any(s => s is Statement.Declare d && d.Local == program.Returns?.Name);
            yield return method with
            {
                Name = parts.Count == 1 ? program.EntryPoint : program.EntryPoint + Literal.Of(i + 1),
                Returns = isReturned ? program.Returns!.Name : statements.OfType<Statement.ReturnUnlessBelow>().SingleOrDefault()?.Local,
            };
        }
    }

    private MethodPlan Method(string entryPoint, int lanes, IReadOnlyList<BlockPlan> blocks, Func<string, TensorPlan> place)
    {
        IEnumerable<string> used = blocks.SelectMany(b => b.Statements).SelectMany(s => s.Tensors()).Distinct();
        TensorPlan[] tensors = [.. used.Select(place).OrderBy(t => t.Space).ThenBy(t => t.Offset)];
        bool isOfSample = !blocks.SelectMany(b => b.Statements).Any(s => s.HasRows());
        blocks = isOfSample ? Registers.Use(blocks, tensors.Select(t => t.Name)) : blocks;

        // The first element of an argument needs a name of its own, where it stands for the whole.
        string[] renamed = lanes == 1 ? [] : [.. tensors.Where(t => t.Space == TensorSpace.Argument && t.Argument == t.Name).Select(t => t.Name)];
        return new MethodPlan(
            entryPoint,
            entryPoint,
            tensors.Select(t => renamed.Contains(t.Name) ? t with { Name = First(t.Name), Argument = t.Argument } : t).ToEquatableArray(),
            Programs.Scalars(blocks.Select(b => b.Kernel)),
            blocks.Select(b => b with { Statements = MultiplyAdds.Fuse(b.Statements.Select(s => StatementRewriter.Rewrite(s, Rename)), SumOrder.Of(_model.Determinism)) }).ToEquatableArray(),
            Returns: null);

        Expr Rename(Expr value) => renamed.Length == 0 ? value : value.Rewrite(e =>
            e is Expr.Element element && renamed.Contains(element.Tensor) ? element with { Tensor = First(element.Tensor) } : null);

        static string First(string argument) => argument + "0";
    }

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

    private static IEnumerable<Statement> LowerRows(Kernel kernel, VectorTarget target)
    {
        if (VectorPrograms.SumOf(kernel) is { } sum)
        {
            IEnumerable<Statement> statements = ContractionLowering.Lower(sum, kernel, target);
            return kernel.IsFirstSum ? GradientSums.MayOverwrite(statements, kernel.Target) : statements;
        }

        if (kernel.IsFirstSum)
        {
            Assignment zero = kernel.Assignments[0] with { Operator = AssignmentOperator.Assign, Value = 0f };
            return LowerRows(kernel with { IsFirstSum = false }, target).Prepend(GradientSums.Instead(Lower(kernel with { Assignments = [zero], Fusion = Fusion.None }, target)));
        }

        if (kernel.Assignments is [var only] && MapLowering.LaneOf(only) is { } lane)
        {
            return MapLowering.Lower(only, lane, target);
        }

        // What does not depend on the row is done once.
        LoopVariable row = target.Rows!;
        if (!kernel.Assignments.Any(a => a.Axes.Contains(row)))
        {
            return Lower(kernel, target);
        }

        // Row by row, each as a sample by itself.
        Statement[] body = [.. Lower(kernel with { Assignments = kernel.Assignments.Select(a => OfOneRow(a, row)).ToEquatableArray() }, target)];
        return [new Statement.RowLoop(row, 1, 0, body.ToEquatableArray())];
    }

    private static Assignment OfOneRow(Assignment assignment, LoopVariable row) => assignment with
    {
        Domain = assignment.Domain.Where(v => v != row).ToEquatableArray(),
        Value = assignment.Value is Expr.Reduce reduce && reduce.Over == row ? reduce.Body : assignment.Value,
    };
}
