namespace NetGen.Generator;

/// <summary>
/// One step of a program in index notation, and how it will be carried out. The decision and its reason are data:
/// tests read them, the generated header prints them.
/// </summary>
/// <param name="Target">The tensor or scalar that it writes.</param>
/// <param name="Formula">What it computes, as the textbook writes it.</param>
/// <param name="Note">Why: the step of the chain rule. May be empty.</param>
/// <param name="Assignments">What each element is.</param>
/// <param name="IsUnrolled">Written out instead of looped.</param>
/// <param name="Reason">Why it is written out, or looped.</param>
internal sealed record Kernel(
    string Target,
    string Formula,
    string Note,
    EquatableArray<Assignment> Assignments,
    bool IsUnrolled,
    string Reason)
{
    /// <summary>How its assignments are carried out together.</summary>
    public Fusion Fusion { get; init; }

    /// <summary>The first that adds to its target, or overwrites what there was.</summary>
    public bool IsFirstSum { get; init; }

    /// <summary>Products that are added up or stored: what a matrix operation costs.</summary>
    public long MultiplyAdds => Assignments.Sum(a => a.MultiplyAdds);

    /// <summary>The longest axis that a written-out form would repeat.</summary>
    public int LongestAxis => Assignments.Max(a => a.Axes.Select(v => v.Extent).DefaultIfEmpty(1).Max());

    /// <summary>The share of a method's budget that it takes: about the number of its IL instructions.</summary>
    public long Cost => IsUnrolled ? Assignments.Sum(a => a.CostWrittenOut) : JitBudget.LoopCost * Assignments.Count;

    /// <summary>Whether a formula reads the scalar.</summary>
    public bool Reads(string scalar) =>
        Assignments.Any(a => a.Value.Descend().Any(e => e is Expr.Local local && local.Name == scalar));
}

/// <summary>What the assignments of a kernel have to do with each other.</summary>
internal enum Fusion
{
    /// <summary>One after the other.</summary>
    None,

    /// <summary>A product, and the step that overwrites the matrix it reads: each weight is read and written once.</summary>
    Sweep,

    /// <summary>A product, and a formula over each of its elements.</summary>
    Epilogue,

    /// <summary>The same, and nothing else reads the product: it is never stored.</summary>
    EpilogueInRegisters,
}

/// <summary>target[domain] = value for every index of the domain; a scalar where the domain is empty.</summary>
/// <param name="Place">Where the result lies, over the domain.</param>
internal sealed record Assignment(
    Expr.Element Place,
    EquatableArray<LoopVariable> Domain,
    AssignmentOperator Operator,
    Expr Value)
{
    public string Target => Place.Tensor;

    public IEnumerable<LoopVariable> Axes =>
        Domain.Concat(Value.Descend().OfType<Expr.Reduce>().Select(r => r.Over));

    public long MultiplyAdds
    {
        get
        {
            long terms = Value.Descend().OfType<Expr.Reduce>().Sum(r => (long)r.Over.Extent);
            return Domain.Count == 2 ? Results : Results * terms;
        }
    }

    /// <summary>About how many IL instructions it is without loops.</summary>
    public long CostWrittenOut =>
        Results * ((Domain.Count == 2 ? JitBudget.StoreCost : JitBudget.ElementCost) + CostOf(Value, Domain.Count(IsWalked)));

    private long Results => Domain.Aggregate(1L, (n, v) => n * v.Extent);

    private static bool IsWalked(LoopVariable variable) => variable.Extent > 1;

    // An element that does not depend on every axis is read again for each step of the others.
    private static long CostOf(Expr value, int axes) => value switch
    {
        Expr.Element element => element.Index.Terms.Count(t => IsWalked(t.Variable)) < axes ? 1 : JitBudget.LoadCost,
        Expr.Reduce r => r.Over.Extent
            * ((r.Reduction == Reduction.Sum ? 1 : JitBudget.ComparisonCost) + CostOf(r.Body, IsWalked(r.Over) ? axes + 1 : axes)),
        Expr.Select => JitBudget.ComparisonCost + value.Children().Sum(e => CostOf(e, axes)),
        Expr.FunctionCall => JitBudget.CallCost + value.Children().Sum(e => CostOf(e, axes)),
        _ => 1 + value.Children().Sum(e => CostOf(e, axes)),
    };
}
