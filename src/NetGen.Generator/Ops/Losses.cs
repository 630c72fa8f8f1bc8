using static NetGen.Generator.Expr;

namespace NetGen.Generator;

/// <summary>
/// A loss: L = outer(reduce over outputs of term(y, t)). In every formula <see cref="X"/> is the prediction y and
/// <see cref="Y"/> the target t.
/// </summary>
/// <param name="Name">The name in the enum <c>Loss</c>.</param>
/// <param name="Summary">The definition, for the enum's documentation.</param>
/// <param name="Term">One output's part.</param>
/// <param name="Slope">∂term/∂y.</param>
/// <param name="IsMean">The terms are averaged over the outputs; otherwise summed.</param>
internal sealed record LossRow(string Name, string Summary, Expr Term, Expr Slope, bool IsMean)
{
    /// <summary>What it is called elsewhere, where that is more than another way of writing its name.</summary>
    public EquatableArray<string> Aliases { get; init; } = [];

    /// <summary>Applied to the reduced terms, over <see cref="X"/>; null where there is nothing more to do.</summary>
    public Expr? Outer { get; init; }

    /// <summary>The slope of <see cref="Outer"/>, over its input <see cref="X"/> and its output <see cref="Y"/>.</summary>
    public Expr? OuterSlope { get; init; }

    /// <summary>The activation before which the loss is computed from the logits in one stable formula.</summary>
    public string? FusedActivation { get; init; }

    /// <summary>
    /// The term over the logit z = <see cref="X"/>, the activation's output y = <see cref="Y"/> (which only the slope
    /// reads) and the target t = <see cref="Z"/>.
    /// </summary>
    public Expr? FusedTerm { get; init; }

    /// <summary>∂term/∂z, over the same.</summary>
    public Expr? FusedSlope { get; init; }

    /// <summary>Computes the fused loss from z, y and t where it is no mean or sum of terms.</summary>
    public Op? FusedOp { get; init; }

    /// <summary>The prediction is read as a probability, and must lie in (0, 1).</summary>
    public bool NeedsProbability { get; init; }

    /// <summary>The numbers in its formulas that a declaration may set.</summary>
    public EquatableArray<RowOption> Options { get; init; } = [];

    /// <summary>The part s of each target that goes to all outputs alike: t ← (1 − s)·t + s/n.</summary>
    public double Smoothing { get; init; }

    /// <summary>Adds L to a graph.</summary>
    /// <param name="activation">The name of the row of <see cref="Activations"/> that makes the output of its pre-activation.</param>
    public Node Build(GraphBuilder builder, string activation, Node preActivation, Node output, Node target)
    {
        target = Smoothed(builder, target);
        bool isFused = FusedActivation == activation;
        if (isFused && FusedOp is not null)
        {
            return builder.Add("L", FusedOp, [preActivation, output, target]);
        }

        Node terms = isFused
            ? builder.Elementwise("e", FusedTerm!, [FusedSlope!, 0, 0], [preActivation, output, target])
            : builder.Elementwise("e", Term, [Slope, 0], [output, target]);
        var reduce = new ReduceOp(IsMean);
        return Outer is null
            ? builder.Add("L", reduce, [terms])
            : builder.Elementwise("L", Outer, [OuterSlope!], [builder.Add("m", reduce, [terms])]);
    }

    private Node Smoothed(GraphBuilder builder, Node target)
    {
        if (Smoothing == 0)
        {
            return target;
        }

        float kept = (float)(1 - Smoothing);
        return builder.Elementwise("smooth", (kept * X) + (float)(Smoothing / target.Shape.Count), [kept], [target]);
    }
}

/// <summary>The losses, in the order of the enum's values. Add new ones at the end.</summary>
internal static class Losses
{
    private static readonly RowOption Delta = new("Delta", 1, OptionRange.Positive);
    private static readonly RowOption LabelSmoothing = new("LabelSmoothing", 0, OptionRange.Fraction);

    // PyTorch's limits: a logarithm is at least −100, and what the slope divides by at least 1e−12.
    private const float MinLog = -100;
    private const float MinDivisor = 1e-12f;

    public static EquatableArray<LossRow> All { get; } = Rows(OptionValues.None);

    /// <summary>Every number that a declaration may set, once.</summary>
    public static EquatableArray<string> OptionNames { get; } =
        All.SelectMany(row => row.Options).Select(option => option.Name).Distinct().ToEquatableArray();

    public static LossRow Get(string name) => All.Single(row => row.Name == name);

    /// <summary>The row with the numbers that were declared.</summary>
    public static LossRow Get(string name, OptionValues options) =>
        options == OptionValues.None ? Get(name) : Rows(options).Single(row => row.Name == name);

    private static EquatableArray<LossRow> Rows(OptionValues options) =>
    [
        new(
            "MeanAbsoluteError",
            "mean of |y − t|; slope 0 at 0",
            Abs(X - Y),
            IfLess(Y, X, 1, IfLess(X, Y, -1, 0)),
            IsMean: true) { Aliases = ["MAE", "L1"] },
        new("MeanSquaredError", "mean of (y − t)²", (X - Y) * (X - Y), 2 * (X - Y), IsMean: true) { Aliases = ["MSE", "L2"] },
        new(
            "RootMeanSquaredError",
            "square root of the mean of (y − t)²; gradient 0 where the error is 0",
            (X - Y) * (X - Y),
            2 * (X - Y),
            IsMean: true)
        {
            Aliases = ["RMSE"],
            Outer = Sqrt(X),
            OuterSlope = IfLess(0, Y, 0.5f / Y, 0),
        },
        Huber((float)options[Delta]),
        new(
            "BinaryCrossEntropy",
            "mean of −t·ln y − (1 − t)·ln(1 − y), logarithms at least −100; after Sigmoid computed from the logits",
            -((Y * Log(X)) + ((1 - Y) * Log(1 - X))),
            (X - Y) / AtLeast(X * (1 - X), MinDivisor),
            IsMean: true)
        {
            NeedsProbability = true,
            Aliases = ["BCE", "BCEWithLogits", "LogLoss"],
            FusedActivation = "Sigmoid",
            FusedTerm = IfLess(X, 0, 0, X) - TimesUnlessZero(Z, X) + Call("Log1p", Call("Exp", -Abs(X))),
            FusedSlope = Y - Z,
        },
        new(
            "CategoricalCrossEntropy",
            "sum of −t·ln y, logarithms at least −100; after Softmax computed from the logits",
            -(Y * Log(X)),
            -(Y / AtLeast(X, MinDivisor)),
            IsMean: false)
        {
            NeedsProbability = true,
            Aliases = ["CCE", "CrossEntropy", "SoftmaxCrossEntropy", "NLL"],
            FusedActivation = "Softmax",
            FusedOp = new SoftmaxCrossEntropyOp(),
            Smoothing = options[LabelSmoothing],
            Options = [LabelSmoothing],
        },
    ];

    private static LossRow Huber(float delta) => new(
        "Huber",
        delta == 1
            ? "mean of ½(y − t)² where |y − t| ≤ 1, else |y − t| − ½"
            : $"mean of ½(y − t)² where |y − t| ≤ {MathText.Number(delta)}, else {MathText.Number(delta)}·(|y − t| − {MathText.Number(0.5f * delta)})",
        IfLess(delta, Abs(X - Y), delta * (Abs(X - Y) - (0.5f * delta)), 0.5f * ((X - Y) * (X - Y))),
        IfLess(X - Y, -delta, -delta, IfLess(delta, X - Y, delta, X - Y)),
        IsMean: true)
    {
        Options = [Delta],
        Aliases = ["SmoothL1"],
    };

    private static Expr Log(Expr x) => AtLeast(Call("Log", x), MinLog);

    private static Expr AtLeast(Expr x, float low) => IfLess(x, low, low, x);
}
