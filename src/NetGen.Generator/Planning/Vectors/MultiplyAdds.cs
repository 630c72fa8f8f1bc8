namespace NetGen.Generator;

/// <summary>Multiplications whose result is only added become one operation with the addition.</summary>
internal static class MultiplyAdds
{
    /// <summary>In all statements over vectors. What is added to memory is read and written there.</summary>
    public static EquatableArray<Statement> Fuse(IEnumerable<Statement> statements) => statements.Select(Fuse).ToEquatableArray();

    private static Statement Fuse(Statement statement) => statement switch
    {
        Statement.Loop l => l with { Body = Fuse(l.Body) },
        Statement.RowLoop r => r with { Body = Fuse(r.Body) },
        Statement.Block b => b with { Body = Fuse(b.Body) },
        Statement.Declare { Lanes: > 1 } d => Fuse(d.Value) is var value && ReferenceEquals(value, d.Value) ? d : d with { Value = value },
        Statement.Set { Lanes: > 1 } s => Fuse(s.Value) is var value && ReferenceEquals(value, s.Value) ? s : s with { Value = value },
        Statement.Store { Lanes: > 1 } s => s with
        {
            Operator = AssignmentOperator.Assign,
            Value = Fuse(s.Operator switch
            {
                AssignmentOperator.Add => s.Target + s.Value,
                AssignmentOperator.Subtract => s.Target - s.Value,
                _ => s.Value,
            }),
        },
        _ => statement,
    };

    /// <summary>In a formula over vectors.</summary>
    public static Expr Fuse(Expr value) => value.Rewrite(e => e switch
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
