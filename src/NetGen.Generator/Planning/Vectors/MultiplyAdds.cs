namespace NetGen.Generator;

/// <summary>Multiplications whose result is only added become one operation with the addition.</summary>
internal static class MultiplyAdds
{
    /// <summary>In all statements over vectors. What is added to memory is read and written there.</summary>
    /// <param name="order">Whether they do.</param>
    public static EquatableArray<Statement> Fuse(IEnumerable<Statement> statements, SumOrder order) =>
        All(statements.ToEquatableArray(), value => Fuse(value, order));

    private static Statement Fuse(Statement statement, Func<Expr, Expr> fuse) => statement switch
    {
        Statement.Loop l => l with { Body = All(l.Body, fuse) },
        Statement.RowLoop r => r with { Body = All(r.Body, fuse) },
        Statement.Block b => b with { Body = All(b.Body, fuse) },
        Statement.Declare { Lanes: > 1 } d => fuse(d.Value) is var value && ReferenceEquals(value, d.Value) ? d : d with { Value = value },
        Statement.Set { Lanes: > 1 } s => fuse(s.Value) is var value && ReferenceEquals(value, s.Value) ? s : s with { Value = value },
        Statement.Store { Lanes: > 1 } s => s with
        {
            Operator = AssignmentOperator.Assign,
            Value = fuse(s.Operator switch
            {
                AssignmentOperator.Add => s.Target + s.Value,
                AssignmentOperator.Subtract => s.Target - s.Value,
                _ => s.Value,
            }),
        },
        _ => statement,
    };

    private static EquatableArray<Statement> All(EquatableArray<Statement> statements, Func<Expr, Expr> fuse) =>
        statements.Select(s => Fuse(s, fuse)).ToEquatableArray();

    /// <summary>In a formula over vectors.</summary>
    /// <param name="order">Whether they do.</param>
    public static Expr Fuse(Expr value, SumOrder order) => order.Fuses ? Fuse(value) : value;

    private static Expr Fuse(Expr value) => value.Rewrite(e => e switch
    {
        Expr.Binary { Operator: BinaryOperator.Add, Left: Expr.Binary { Operator: BinaryOperator.Multiply } m } sum =>
            new Expr.MultiplyAdd(Fuse(m.Left), Fuse(m.Right), Fuse(sum.Right)),
        Expr.Binary { Operator: BinaryOperator.Add, Right: Expr.Binary { Operator: BinaryOperator.Multiply } m } sum =>
            new Expr.MultiplyAdd(Fuse(m.Left), Fuse(m.Right), Fuse(sum.Left)),
        Expr.Binary { Operator: BinaryOperator.Subtract, Right: Expr.Binary { Operator: BinaryOperator.Multiply } m } difference =>
            new Expr.MultiplyAdd(-Fuse(m.Left), Fuse(m.Right), Fuse(difference.Left)),
        Expr.Binary { Operator: BinaryOperator.Subtract, Left: Expr.Binary { Operator: BinaryOperator.Multiply } m } difference =>
            new Expr.MultiplyAdd(Fuse(m.Left), Fuse(m.Right), -Fuse(difference.Right)),
        _ => null,
    });
}
