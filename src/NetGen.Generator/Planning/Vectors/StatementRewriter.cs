namespace NetGen.Generator;

/// <summary>Applies a change to every expression of a statement.</summary>
internal static class StatementRewriter
{
    public static Statement Rewrite(Statement statement, Func<Expr, Expr> change) => statement switch
    {
        Statement.Declare d => d with { Value = change(d.Value) },
        Statement.Set s => s with { Value = change(s.Value) },
        Statement.Store s => s with { Target = (Expr.Element)change(s.Target), Value = change(s.Value) },
        Statement.Loop l => l with { Body = Rewrite(l.Body, change) },
        Statement.RowLoop r => r with { Body = Rewrite(r.Body, change) },
        Statement.Block b => b with { Body = Rewrite(b.Body, change) },
        _ => statement,
    };

    private static EquatableArray<Statement> Rewrite(EquatableArray<Statement> body, Func<Expr, Expr> change) =>
        body.Select(s => Rewrite(s, change)).ToEquatableArray();
}
