using static NetGen.Generator.Expr;

namespace NetGen.Generator;

/// <summary>
/// An activation: one row holds all that the project knows of it. The enum, its documentation, the formulas in
/// generated comments, the code at every width, the diagnostics and the tests follow from the row.
/// </summary>
/// <param name="Name">The name in the enum <c>Activation</c>.</param>
/// <param name="Summary">The definition, for the enum's documentation.</param>
/// <param name="Value">g(x), over <see cref="X"/>. A NaN must come out as a NaN.</param>
/// <param name="Slope">g′, over the input <see cref="X"/> and the output <see cref="Y"/>, whichever is cheaper.</param>
/// <param name="Initializer">What <c>Initializer.Auto</c> stands for.</param>
internal sealed record ActivationRow(string Name, string Summary, Expr Value, Expr Slope, string Initializer)
{
    /// <summary>What it is called elsewhere, where that is more than another way of writing its name.</summary>
    public EquatableArray<string> Aliases { get; init; } = [];

    /// <summary>Every output lies strictly between 0 and 1, as BinaryCrossEntropy asks.</summary>
    public bool IsProbability { get; init; }

    /// <summary>The outputs of a layer sum to 1, as CategoricalCrossEntropy asks.</summary>
    public bool IsDistribution { get; init; }

    /// <summary>The numbers in its formulas that a declaration may set.</summary>
    public EquatableArray<RowOption> Options { get; init; } = [];

    /// <summary>Those that were declared.</summary>
    public OptionValues Values { get; init; } = OptionValues.None;

    /// <summary>Computes a layer whose outputs depend on all of its inputs, in place of the formulas.</summary>
    public Op? OverLayer { get; init; }

    /// <summary>The output is the pre-activation itself.</summary>
    public bool IsIdentity => OverLayer is null && Value == X;

    /// <summary>What is below 0 comes out as 0, with slope 0: a unit there learns nothing.</summary>
    public bool IsRectifier => OverLayer is null && ConstantFolding.Evaluate(Value, -1) == 0 && ConstantFolding.Evaluate(Value, -1000) == 0;

    /// <summary>Whether an operation is this activation, the identity apart.</summary>
    public bool IsOf(Op op) => !IsIdentity
        && (OverLayer is { } layer ? layer.Equals(op) : op is ElementwiseOp { Slopes: [var slope] } each && each.Value == Value && slope == Slope);

    /// <summary>Adds a = g(z) to a graph.</summary>
    public Node Apply(GraphBuilder builder, string name, Node preActivation) =>
        OverLayer is not null ? builder.Add(name, OverLayer, [preActivation])
        : IsIdentity ? preActivation
        : builder.Elementwise(name, Value, [Slope], [preActivation]);
}

/// <summary>The activations, in the order of the enum's values. Add new ones at the end.</summary>
internal static class Activations
{
    private static readonly RowOption LeakyReluAlpha = new("Alpha", 0.01, OptionRange.Finite);
    private static readonly RowOption EluAlpha = LeakyReluAlpha with { Default = 1 };

    // Selu's constants, Klambauer et al. 2017, "Self-Normalizing Neural Networks".
    private const float SeluAlpha = 1.6732632423543772f;
    private const float SeluScale = 1.0507009873554805f;

    private const string Glorot = "XavierUniform";
    private const string He = "HeNormal";
    private const string LeCun = "LeCunNormal";

    public static EquatableArray<ActivationRow> All { get; } = Rows(OptionValues.None);

    /// <summary>Every number that a declaration may set, once.</summary>
    public static EquatableArray<string> OptionNames { get; } =
        All.SelectMany(row => row.Options).Select(option => option.Name).Distinct().ToEquatableArray();

    public static ActivationRow Get(string name) => All.Single(row => row.Name == name);

    /// <summary>The row with the numbers that were declared.</summary>
    public static ActivationRow Get(string name, OptionValues options) =>
        options == OptionValues.None ? Get(name) : Rows(options).Single(row => row.Name == name);

    /// <summary>The row with a number of its option, such as a file has.</summary>
    public static ActivationRow Get(string name, float option) => Get(name) is { Options: [var only] } row && (float)only.Default != option
        ? Get(name, new OptionValues([DeclaredOption.Of(only.Name, option)]))
        : Get(name);

    /// <summary>The activation that an operation is, with its numbers; null where it is none, or the identity.</summary>
    public static ActivationRow? Find(Op op) => All.FirstOrDefault(row => row.IsOf(op)) ?? All
        .Where(row => row.Options.Count == 1 && op is ElementwiseOp)
        .SelectMany(row => ((ElementwiseOp)op).Value.Descend().OfType<Constant>().Select(c => Get(row.Name, c.Value)))
        .FirstOrDefault(row => row.IsOf(op));

    private static EquatableArray<ActivationRow> Rows(OptionValues options) =>
    [
        new("Linear", "x", X, 1, Glorot) { Aliases = ["Identity", "None"] },
        new("Sigmoid", "1 / (1 + e⁻ˣ)", Sigmoid(X), Y * (1 - Y), Glorot) { IsProbability = true, Aliases = ["Logistic"] },
        new("Tanh", "tanh x", Call("Tanh", X), 1 - (Y * Y), Glorot),
        new("Relu", "max(0, x); slope 0 at 0", IfLess(X, 0, 0, X), IfLess(0, X, 1, 0), He),
        LeakyRelu(options),
        Elu(options),
        new(
            "Selu",
            "s·x where x > 0, else s·α·(eˣ − 1), with s = 1.0507 and α = 1.6733",
            SeluScale * IfLess(0, X, X, SeluAlpha * Call("Expm1", X)),
            IfLess(0, X, SeluScale, Y + (SeluScale * SeluAlpha)),
            LeCun),
        new(
            "Gelu",
            "x·Φ(x), Φ the cumulative distribution of the standard normal (exact, by erf)",
            X * Call("NormalCdf", X),
            Call("NormalCdf", X) + (0.3989422804f * X * Call("Exp", -0.5f * (X * X))),
            He),
        new(
            "Silu",
            "x / (1 + e⁻ˣ)",
            X * Sigmoid(X),
            Sigmoid(X) * (1 + (X * (1 - Sigmoid(X)))),
            He) { Aliases = ["Swish"] },
        new("Mish", "x·tanh(softplus x)", X * MishGate(MishExp), MishSlope(MishExp), He),
        new(
            "Softplus",
            "ln(1 + eˣ), and x where x > 20",
            IfLess(20, X, X, Call("Log1p", Call("Exp", X))),
            IfLess(20, X, 1, Sigmoid(X)),
            Glorot),
        new("Softsign", "x / (1 + |x|)", X / (1 + Abs(X)), 1 / ((1 + Abs(X)) * (1 + Abs(X))), Glorot),
        new(
            "HardSigmoid",
            "(x + 3) / 6, limited to [0, 1]",
            Clamp((X + 3) / 6, 0, 1),
            Inside(-3, 3, 1f / 6, 0, 0),
            Glorot),
        new(
            "HardSwish",
            "x·HardSigmoid(x)",
            X * Clamp((X + 3) / 6, 0, 1),
            Inside(-3, 3, (X / 3) + 0.5f, 0, 1),
            He) { Aliases = ["HardSilu"] },
        new("HardTanh", "x, limited to [−1, 1]", Clamp(X, -1, 1), Inside(-1, 1, 1, 0, 0), Glorot),
        new("Softmax", "e^xᵢ / Σⱼ e^xⱼ over the layer", X, 1, Glorot)
        {
            IsProbability = true,
            IsDistribution = true,
            OverLayer = new SoftmaxOp(),
        },
        new("Relu6", "x, limited to [0, 6]; slope 0 at both ends", Clamp(X, 0, 6), Inside(0, 6, 1, 0, 0), He),
    ];

    private static ActivationRow LeakyRelu(OptionValues options)
    {
        float alpha = (float)options[LeakyReluAlpha];
        return new("LeakyRelu", $"x where x > 0, else {MathText.Number(alpha)}·x", IfLess(0, X, X, alpha * X), IfLess(0, X, 1, alpha), He)
        {
            Options = [LeakyReluAlpha],
            Values = options,
        };
    }

    private static ActivationRow Elu(OptionValues options)
    {
        float alpha = (float)options[EluAlpha];
        string below = alpha == 1 ? "eˣ − 1" : $"{MathText.Number(alpha)}·(eˣ − 1)";
        return new("Elu", $"x where x > 0, else {below}", IfLess(0, X, X, alpha * Call("Expm1", X)), IfLess(0, X, 1, Y + alpha), He)
        {
            Options = [EluAlpha],
            Values = options,
        };
    }

    // e^x for Mish; past 20 the gate is 1 to the last bit, and e^2x would overflow later.
    private static Expr MishExp => Call("Exp", IfLess(20, X, 20, X));

    // tanh(ln(1 + e)) = ((1 + e)² − 1) / ((1 + e)² + 1) = e(e + 2) / (e(e + 2) + 2), which has no cancellation.
    private static Expr MishGate(Expr e) => e * (e + 2) / ((e * (e + 2)) + 2);

    // x is limited in the second part too, which is 0 to the last bit past 20.
    // g + x·(1 − g²)·σ(x), with (1 − g²)·σ = 4e(e + 1) / (e(e + 2) + 2)².
    private static Expr MishSlope(Expr e) =>
        MishGate(e) + (4 * (IfLess(20, X, 20, X) * (e * (e + 1))) / (((e * (e + 2)) + 2) * ((e * (e + 2)) + 2)));

    private static Expr Sigmoid(Expr x) => Call("Sigmoid", x);

    private static Expr Clamp(Expr x, float low, float high) => IfLess(x, low, low, IfLess(high, x, high, x));

    private static Expr Inside(float low, float high, Expr inside, Expr below, Expr above) =>
        IfLess(low, X, IfLess(X, high, inside, above), below);
}
