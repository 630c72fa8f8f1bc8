using static NetGen.Generator.Expr;

namespace NetGen.Generator;

/// <summary>
/// An optimizer: what one step does to each parameter. Formulas are over the locals <c>p</c> (the parameter),
/// <c>g</c> (its mean gradient), <c>lr</c>, the memory slots by name, and the per-step scalars by name.
/// </summary>
/// <param name="Name">The name in the enum <c>Optimizer</c>.</param>
/// <param name="Summary">The rule, for the enum's documentation.</param>
/// <param name="Slots">One array each, as long as the parameters, zero at the start.</param>
/// <param name="Powers">Scalars that start at 1 and are multiplied by their factor at each step: βᵗ.</param>
/// <param name="Scalars">Computed once a step in double precision, over <c>lr</c> and the powers.</param>
/// <param name="Updates">Assignments in order; the last is the parameter's.</param>
internal sealed record OptimizerRow(
    string Name,
    string Summary,
    EquatableArray<OptimizerSlot> Slots,
    EquatableArray<OptimizerPower> Powers,
    EquatableArray<OptimizerUpdate> Scalars,
    EquatableArray<OptimizerUpdate> Updates)
{
    public IEnumerable<string> SlotNames => Slots.Select(slot => slot.Name);
}

/// <param name="Name">The name in formulas.</param>
/// <param name="StateName">What PyTorch's optimizers call it in their state, and files of weights.</param>
internal sealed record OptimizerSlot(string Name, string StateName);

/// <param name="Name">The local's name.</param>
/// <param name="Symbol">How comments write it.</param>
/// <param name="Factor">β.</param>
/// <param name="StateName">What files of weights call it. PyTorch keeps t, from which βᵗ would not be the same bits.</param>
internal sealed record OptimizerPower(string Name, string Symbol, double Factor, string StateName);

/// <summary><c>target = value</c>.</summary>
internal sealed record OptimizerUpdate(string Target, Expr Value);

/// <summary>The optimizers with PyTorch's constants, in the order of the enum's values. Add new ones at the end.</summary>
internal static class Optimizers
{
    private const float Epsilon = 1e-8f;

    private static readonly Expr P = new Local("p");
    private static readonly Expr G = new Local("g");
    private static readonly Expr LearningRate = new Local("lr");
    private static readonly Expr V = new Local("v");
    private static readonly Expr M = new Local("m");

    private static readonly EquatableArray<OptimizerSlot> AdamSlots = [new("m", "exp_avg"), new("v", "exp_avg_sq")];

    private static readonly EquatableArray<OptimizerPower> AdamPowers =
    [
        new("beta1Power", "β₁ᵗ", 0.9, "beta1_power"),
        new("beta2Power", "β₂ᵗ", 0.999, "beta2_power"),
    ];

    private static readonly EquatableArray<OptimizerUpdate> AdamScalars =
    [
        new("stepSize", LearningRate / (1 - (Expr)new Local("beta1Power"))),
        new("correction", Sqrt(1 - (Expr)new Local("beta2Power"))),
    ];

    private static readonly EquatableArray<OptimizerUpdate> AdamMoments =
    [
        new("m", (0.9f * M) + (0.1f * G)),
        new("v", (0.999f * V) + (0.001f * (G * G))),
    ];

    private static readonly Expr AdamStep =
        new Local("stepSize") * M / ((Sqrt(V) / new Local("correction")) + Epsilon);

    public static EquatableArray<OptimizerRow> All { get; } =
    [
        new("Sgd", "p ← p − lr·g", [], [], [], [new("p", P - (LearningRate * G))]),
        new(
            "Momentum",
            "v ← 0.9·v + g; p ← p − lr·v",
            [new("v", "momentum_buffer")],
            [],
            [],
            [new("v", (0.9f * V) + G), new("p", P - (LearningRate * V))]),
        new(
            "Nesterov",
            "v ← 0.9·v + g; p ← p − lr·(g + 0.9·v)",
            [new("v", "momentum_buffer")],
            [],
            [],
            [new("v", (0.9f * V) + G), new("p", P - (LearningRate * (G + (0.9f * V))))]),
        new(
            "AdaGrad",
            "v ← v + g²; p ← p − lr·g / (√v + 1e−10)",
            [new("v", "sum")],
            [],
            [],
            [new("v", V + (G * G)), new("p", P - (LearningRate * G / (Sqrt(V) + 1e-10f)))]),
        new(
            "RmsProp",
            "v ← 0.99·v + 0.01·g²; p ← p − lr·g / (√v + 1e−8)",
            [new("v", "square_avg")],
            [],
            [],
            [new("v", (0.99f * V) + (0.01f * (G * G))), new("p", P - (LearningRate * G / (Sqrt(V) + Epsilon)))]),
        new(
            "Adam",
            "m ← 0.9·m + 0.1·g; v ← 0.999·v + 0.001·g²; p ← p − lr·m̂ / (√v̂ + 1e−8), m̂ and v̂ corrected for their start at 0",
            AdamSlots,
            AdamPowers,
            AdamScalars,
            [.. AdamMoments, new("p", P - AdamStep)]),
        new(
            "AdamW",
            "p ← p − lr·0.01·p; then as Adam: m ← 0.9·m + 0.1·g; v ← 0.999·v + 0.001·g²; p ← p − lr·m̂ / (√v̂ + 1e−8), m̂ and v̂ corrected for their start at 0",
            AdamSlots,
            AdamPowers,
            AdamScalars,
            [.. AdamMoments, new("p", P - (0.01f * LearningRate * P) - AdamStep)]),
    ];

    public static OptimizerRow Get(string name) => All.Single(row => row.Name == name);
}
