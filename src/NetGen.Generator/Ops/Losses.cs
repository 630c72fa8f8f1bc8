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

    /// <summary>Adds L to a graph.</summary>
    /// <param name="activation">The name of the row of <see cref="Activations"/> that makes the output of its pre-activation.</param>
    public Node Build(GraphBuilder builder, string activation, Node preActivation, Node output, Node target)
    {
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
}

/// <summary>The losses, in the order of the enum's values. Add new ones at the end.</summary>
internal static class Losses
{
    // PyTorch's limits: a logarithm is at least −100, and what the slope divides by at least 1e−12.
    private const float MinLog = -100;
    private const float MinDivisor = 1e-12f;

    public static EquatableArray<LossRow> All { get; } =
    [
        new(
            "MeanAbsoluteError",
            "mean of |y − t|; slope 0 at 0",
            Abs(X - Y),
            IfLess(Y, X, 1, IfLess(X, Y, -1, 0)),
            IsMean: true),
        new("MeanSquaredError", "mean of (y − t)²", (X - Y) * (X - Y), 2 * (X - Y), IsMean: true),
        new(
            "RootMeanSquaredError",
            "square root of the mean of (y − t)²; gradient 0 where the error is 0",
            (X - Y) * (X - Y),
            2 * (X - Y),
            IsMean: true)
        {
            Outer = Sqrt(X),
            OuterSlope = IfLess(0, Y, 0.5f / Y, 0),
        },
        new(
            "Huber",
            "mean of ½(y − t)² where |y − t| ≤ 1, else |y − t| − ½",
            IfLess(1, Abs(X - Y), Abs(X - Y) - 0.5f, 0.5f * ((X - Y) * (X - Y))),
            IfLess(X - Y, -1, -1, IfLess(1, X - Y, 1, X - Y)),
            IsMean: true),
        new(
            "BinaryCrossEntropy",
            "mean of −t·ln y − (1 − t)·ln(1 − y), logarithms at least −100; after Sigmoid computed from the logits",
            -((Y * Log(X)) + ((1 - Y) * Log(1 - X))),
            (X - Y) / AtLeast(X * (1 - X), MinDivisor),
            IsMean: true)
        {
            NeedsProbability = true,
            FusedActivation = "Sigmoid",
            FusedTerm = IfLess(X, 0, 0, X) - (X * Z) + Call("Log1p", Call("Exp", -Abs(X))),
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
            FusedActivation = "Softmax",
            FusedOp = new SoftmaxCrossEntropyOp(),
        },
    ];

    public static LossRow Get(string name) => All.Single(row => row.Name == name);

    private static Expr Log(Expr x) => AtLeast(Call("Log", x), MinLog);

    private static Expr AtLeast(Expr x, float low) => IfLess(x, low, low, x);
}
