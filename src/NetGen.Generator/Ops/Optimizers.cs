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
/// <param name="Updates">Assignments in order, which may change <c>g</c> first; the last is the parameter's.</param>
internal sealed record OptimizerRow(
    string Name,
    string Summary,
    EquatableArray<OptimizerSlot> Slots,
    EquatableArray<OptimizerPower> Powers,
    EquatableArray<OptimizerUpdate> Scalars,
    EquatableArray<OptimizerUpdate> Updates)
{
    /// <summary>The numbers in its formulas that a declaration may set.</summary>
    public EquatableArray<RowOption> Options { get; init; } = [];

    /// <summary>What it is called elsewhere, where that is more than another way of writing its name.</summary>
    public EquatableArray<string> Aliases { get; init; } = [];

    public IEnumerable<string> SlotNames => Slots.Select(slot => slot.Name);

    /// <summary>Whether a gradient whose square is infinite would stay in a slot for good.</summary>
    public bool RemembersSquares => Updates.Any(u => SlotNames.Contains(u.Target)
        && u.Value.Descend().Any(e => e is Binary { Operator: BinaryOperator.Multiply } m && m.Left is Local { Name: "g" } && m.Left == m.Right));
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

/// <summary>
/// The optimizers with PyTorch's constants, or those that were declared in their place, in the order of the enum's values.
/// Add new ones at the end.
/// </summary>
internal static class Optimizers
{
    private static readonly Expr P = new Local("p");
    private static readonly Expr G = new Local("g");
    private static readonly Expr LearningRate = new Local("lr");
    private static readonly Expr V = new Local("v");
    private static readonly Expr M = new Local("m");

    // 2⁻¹²⁶.
    private const float SmallestNormal = 1.17549435e-38f;

    private static readonly RowOption Momentum = new("Momentum", 0.9, OptionRange.Decay);
    private static readonly RowOption NoMomentum = Momentum with { Default = 0 };
    private static readonly RowOption Beta1 = new("Beta1", 0.9, OptionRange.Decay);
    private static readonly RowOption Beta2 = new("Beta2", 0.999, OptionRange.Decay);
    private static readonly RowOption RmsPropBeta2 = Beta2 with { Default = 0.99 };
    private static readonly RowOption Epsilon = new("Epsilon", 1e-8, OptionRange.Positive);
    private static readonly RowOption AdaGradEpsilon = Epsilon with { Default = 1e-10 };
    private static readonly RowOption WeightDecay = new("WeightDecay", 0, OptionRange.NotNegative);
    private static readonly RowOption DecoupledDecay = WeightDecay with { Default = 0.01 };

    /// <summary>The most that the norm of the whole mean gradient may be, and the most that an element may be: of any optimizer. 0 for no limit.</summary>
    public static RowOption ClipNorm { get; } = new("ClipNorm", 0, OptionRange.Positive);

    public static RowOption ClipValue { get; } = new("ClipValue", 0, OptionRange.Positive);

    private static readonly EquatableArray<OptimizerSlot> AdamSlots = [new("m", "exp_avg"), new("v", "exp_avg_sq")];

    private static readonly EquatableArray<OptimizerUpdate> AdamScalars =
    [
        new("stepSize", LearningRate / (1 - (Expr)new Local("beta1Power"))),
        new("correction", Sqrt(1 - (Expr)new Local("beta2Power"))),
    ];

    private static readonly Func<OptionValues, OptimizerRow>[] Rules =
    [
        _ => new("Sgd", "p ← p − lr·g", [], [], [], [new("p", P - (LearningRate * G))]) { Options = [WeightDecay], Aliases = ["GradientDescent"] },
        o => OfMomentum("Momentum", "v", V, o),
        o => OfMomentum("Nesterov", $"(g + {Text(o[Momentum])}·v)", G + ((float)o[Momentum] * V), o),
        AdaGrad,
        RmsProp,
        o => OfAdam("Adam", WeightDecay, 0, o),
        o => OfAdam("AdamW", DecoupledDecay, (float)o[DecoupledDecay], o),
    ];

    public static EquatableArray<OptimizerRow> All { get; } = Rules.Select(rule => Of(rule, OptionValues.None)).ToEquatableArray();

    /// <summary>Every number that a declaration may set, once.</summary>
    public static EquatableArray<string> OptionNames { get; } =
        All.SelectMany(row => row.Options).Select(option => option.Name).Distinct().ToEquatableArray();

    public static OptimizerRow Get(string name) => All.Single(row => row.Name == name);

    /// <summary>The row with the numbers that were declared.</summary>
    public static OptimizerRow Get(string name, OptionValues options) =>
        options == OptionValues.None ? Get(name) : Of(Rules[All.ToList().FindIndex(row => row.Name == name)], options);

    /// <summary>Descent by the mean gradient with nothing but its limits: what SgdStep does, whatever the declared optimizer.</summary>
    public static OptimizerRow Descent(OptionValues options) => Get(All[0].Name, options.Only([ClipNorm, ClipValue]));

    // Before the rule comes what becomes of any gradient. Limits come first: decay is no part of the gradient that they are for.
    private static OptimizerRow Of(Func<OptionValues, OptimizerRow> rule, OptionValues options)
    {
        OptimizerRow row = rule(options);
        var gradient = new List<OptimizerUpdate>();
        string summary = options[ClipNorm] > 0 ? $"g limited to the norm {Text(options[ClipNorm])}; " : "";
        if (options[ClipValue] is > 0 and var limit)
        {
            float most = (float)limit;
            gradient.Add(new("g", IfLess(G, -most, -most, IfLess(most, G, most, G))));
            summary += $"g limited to [−{Text(limit)}, {Text(limit)}]; ";
        }

        if (row.Options.Contains(WeightDecay) && options[WeightDecay] is > 0 and var decay)
        {
            gradient.Add(new("g", G + ((float)decay * P)));
            summary += $"g ← g + {Text(decay)}·p; ";
        }

        return row with
        {
            Summary = summary + row.Summary,
            Updates = [.. gradient, .. row.Updates.SelectMany(update => row.SlotNames.Contains(update.Target) ? [update, WithoutDenormals(update.Target)] : (OptimizerUpdate[])[update])],
            Options = [.. row.Options, ClipNorm, ClipValue],
        };
    }

    // What is remembered of a gradient that has become 0, as behind a unit that no longer fires, would shrink until rounding
    // stops it at a denormal, and each step from then on would take several times as long.
    private static OptimizerUpdate WithoutDenormals(string slot) => new(slot, IfLess(Abs(new Local(slot)), SmallestNormal, 0f, new Local(slot)));

    private static OptimizerRow OfMomentum(string name, string direction, Expr along, OptionValues o)
    {
        float momentum = (float)o[Momentum];
        return new(
            name,
            $"v ← {Text(momentum)}·v + g; p ← p − lr·{direction}",
            [new("v", "momentum_buffer")],
            [],
            [],
            [new("v", (momentum * V) + G), new("p", P - (LearningRate * along))])
        {
            Options = [Momentum, WeightDecay],
        };
    }

    private static OptimizerRow AdaGrad(OptionValues o)
    {
        float epsilon = (float)o[AdaGradEpsilon];
        return new(
            "AdaGrad",
            $"v ← v + g²; p ← p − lr·g / (√v + {Text(epsilon)})",
            [new("v", "sum")],
            [],
            [],
            [new("v", V + (G * G)), new("p", P - (LearningRate * G / (Sqrt(V) + epsilon)))])
        {
            Options = [AdaGradEpsilon, WeightDecay],
        };
    }

    private static OptimizerRow RmsProp(OptionValues o)
    {
        float alpha = (float)o[RmsPropBeta2];
        float rest = (float)(1 - o[RmsPropBeta2]);
        float epsilon = (float)o[Epsilon];
        float momentum = (float)o[NoMomentum];
        string average = $"v ← {Text(alpha)}·v + {Text(rest)}·g²; ";
        var remember = new OptimizerUpdate("v", (alpha * V) + (rest * (G * G)));
        OptimizerRow plain = new(
            "RmsProp",
            $"{average}p ← p − lr·g / (√v + {Text(epsilon)})",
            [new("v", "square_avg")],
            [],
            [],
            [remember, new("p", P - (LearningRate * G / (Sqrt(V) + epsilon)))])
        {
            Options = [RmsPropBeta2, Epsilon, NoMomentum, WeightDecay],
        };
        return momentum == 0 ? plain : plain with
        {
            Summary = $"{average}m ← {Text(momentum)}·m + g / (√v + {Text(epsilon)}); p ← p − lr·m",
            Slots = [.. plain.Slots, new("m", "momentum_buffer")],
            Updates = [remember, new("m", (momentum * M) + (G / (Sqrt(V) + epsilon))), new("p", P - (LearningRate * M))],
        };
    }

    private static OptimizerRow OfAdam(string name, RowOption decay, float decoupled, OptionValues o)
    {
        (float beta1, float rest1) = ((float)o[Beta1], (float)(1 - o[Beta1]));
        (float beta2, float rest2) = ((float)o[Beta2], (float)(1 - o[Beta2]));
        float epsilon = (float)o[Epsilon];
        string first = decoupled == 0 ? "" : $"p ← p − lr·{Text(decoupled)}·p; then as Adam: ";
        Expr decayed = decoupled == 0 ? P : P - (decoupled * LearningRate * P);
        return new(
            name,
            $"{first}m ← {Text(beta1)}·m + {Text(rest1)}·g; v ← {Text(beta2)}·v + {Text(rest2)}·g²; p ← p − lr·m̂ / (√v̂ + {Text(epsilon)}), m̂ and v̂ corrected for their start at 0",
            AdamSlots,
            [new("beta1Power", "β₁ᵗ", o[Beta1], "beta1_power"), new("beta2Power", "β₂ᵗ", o[Beta2], "beta2_power")],
            AdamScalars,
            [
                new("m", (beta1 * M) + (rest1 * G)),
                new("v", (beta2 * V) + (rest2 * (G * G))),
                new("p", decayed - (new Local("stepSize") * M / ((Sqrt(V) / new Local("correction")) + epsilon))),
            ])
        {
            Options = [Beta1, Beta2, Epsilon, decay],
        };
    }

    private static string Text(double value) => MathText.Number((float)value);
}
