namespace NetGen.Generator;

/// <summary>
/// Straight-line code, loops and stores over width-free expressions: what is left once the planner has decided. The
/// emitter prints it and decides nothing.
/// </summary>
internal abstract record Statement
{
    /// <summary>A new local; <paramref name="Kept"/> keeps the same value in memory.</summary>
    public sealed record Declare(string Local, Expr Value, Expr.Element? Kept = null) : Statement;

    /// <summary>A new value for a local.</summary>
    public sealed record Set(string Local, AssignmentOperator Operator, Expr Value, Expr.Element? Kept = null) : Statement;

    public sealed record Store(Expr.Element Target, AssignmentOperator Operator, Expr Value) : Statement;

    public sealed record Loop(LoopVariable Variable, EquatableArray<Statement> Body) : Statement;
}

internal enum AssignmentOperator
{
    Assign,
    Add,
    Subtract,
}
