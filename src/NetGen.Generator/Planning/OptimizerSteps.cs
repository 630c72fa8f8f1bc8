namespace NetGen.Generator;

/// <summary>
/// Plans the steps of optimizers: one walk over the parameters in the order of memory, or over a part of them. It follows
/// when the whole gradient is known: what is not finite must change nothing.
/// </summary>
internal static class OptimizerSteps
{
    /// <summary>What the sum of the gradients is multiplied by.</summary>
    public const string Scale = "scale";

    /// <summary>From where in memory a walk goes, and up to where.</summary>
    public const string First = "first";
    public const string End = "end";

    private const string Parameter = "p";
    private const string Gradient = "g";
    private const string LearningRate = "lr";

    /// <summary>
    /// Whether a sample's step is plain descent, which needs no memory: each weight is changed where back-propagation would
    /// store its gradient.
    /// </summary>
    public static bool Descends(NetworkModel model) => model.Training && model.Rule == Optimizers.All[0];

    /// <summary>Whether the square of each element of the mean gradient must be finite. A limit makes it so.</summary>
    public static bool NeedsSquares(NetworkModel model, OptimizerRow row) =>
        row.RemembersSquares && model.ClipNorm == 0 && model.Options[Optimizers.ClipValue] == 0;

    /// <summary>The entry point that carries an optimizer's step out.</summary>
    public static string EntryOf(NetworkModel model, OptimizerRow row) => row == model.Descent ? EntryPoints.SgdUpdate : EntryPoints.Update;

    /// <param name="length">How long the memory is, with padding: a multiple of <paramref name="lanes"/>.</param>
    /// <param name="lanes">1 for none.</param>
    /// <returns>Nothing where there is nothing to learn.</returns>
    public static IEnumerable<MethodPlan> Plan(NetworkModel model, int length, int lanes)
    {
        if (!model.Training || length == 0)
        {
            yield break;
        }

        foreach (OptimizerRow row in new[] { model.Descent, model.Rule }.Distinct())
        {
            yield return Plan(EntryOf(model, row), row, length, lanes, SumOrder.Of(model.Determinism));
        }
    }

    /// <summary>The array that holds a slot of all parameters.</summary>
    public static string ArrayOf(string slot) => "optimizer" + slot.ToUpperInvariant();

    /// <summary>The numbers that a step takes.</summary>
    public static IEnumerable<string> Scalars(OptimizerRow row) =>
    [
        Scale,
        .. row.Updates
            .SelectMany(u => u.Value.Descend().OfType<Expr.Local>().Select(l => l.Name))
            .Where(name => !Vectors(row).Contains(name))
            .Select(Caller)
            .Distinct(),
    ];

    private static IEnumerable<string> Vectors(OptimizerRow row) => [Parameter, Gradient, .. row.SlotNames];

    private static string Caller(string local) => local == LearningRate ? Programs.LearningRate : local;

    private static MethodPlan Plan(string name, OptimizerRow row, int length, int lanes, SumOrder order)
    {
        var shape = Shape.Vector(length);
        var j = new LoopVariable("j", length);
        TensorPlan[] tensors =
        [
            new("parameter", shape, TensorSpace.Parameters, 0),
            new("gradient", shape, TensorSpace.Gradients, 0),
            .. row.SlotNames.Select(slot => new TensorPlan(slot + "0", shape, TensorSpace.Optimizer, 0) { Argument = ArrayOf(slot) }),
        ];

        HashSet<string> vectors = [.. Vectors(row)];
        var body = new List<Statement>
        {
            Declare(Parameter, At("parameter")),
            Declare(Gradient, At("gradient") * ForAll(Scale)),
        };
        body.AddRange(row.SlotNames.Select(slot => Declare(slot, At(slot + "0"))));
        foreach (OptimizerUpdate update in row.Updates)
        {
            Expr value = update.Value.Rewrite(e => e is not Expr.Local local || vectors.Contains(local.Name) ? null
                : ForAll(Caller(local.Name)));
            bool isParameter = update.Target == Parameter;
            if (!isParameter)
            {
                body.Add(new Statement.Set(update.Target, AssignmentOperator.Assign, value) { Lanes = lanes });
            }

            // Nobody reads a gradient after the step; and what changes twice is stored once.
            if (update.Target != Gradient && update == row.Updates.Last(u => u.Target == update.Target))
            {
                body.Add(new Statement.Store(At(isParameter ? "parameter" : update.Target + "0"), AssignmentOperator.Assign, isParameter ? value : new Expr.Local(update.Target)) { Lanes = lanes });
            }
        }

        var kernel = new Kernel(Parameter, row.Summary, "", [], false, "each parameter alike");
        Statement loop = new Statement.Loop(j, MultiplyAdds.Fuse(body, order)) { Step = lanes, IsPart = true };
        return new MethodPlan(name, name, tensors.ToEquatableArray(), Scalars(row).ToEquatableArray(), [new BlockPlan(kernel, [loop])], null);

        Expr.Element At(string tensor) => new(tensor, new Index(0, [new IndexTerm(j, 1)]));

        Expr ForAll(string scalar) => lanes == 1 ? new Expr.Local(scalar) : new Expr.Splat(new Expr.Local(scalar));

        Statement.Declare Declare(string local, Expr value) => new(local, value) { Lanes = lanes };
    }
}
