namespace NetGen.Generator;

/// <summary>Applies a change to every expression of a statement. What it does not change stays the same object.</summary>
internal static class StatementRewriter
{
    public static Statement Rewrite(Statement statement, Func<Expr, Expr> change) => statement switch
    {
        Statement.Declare d => change(d.Value) is var value && ReferenceEquals(value, d.Value) ? d : d with { Value = value },
        Statement.Set s => change(s.Value) is var value && ReferenceEquals(value, s.Value) ? s : s with { Value = value },
        Statement.Store s => OfStore(s, (Expr.Element)change(s.Target), change(s.Value)),
        Statement.Loop l => Rewrite(l.Body, change) is { } body ? l with { Body = body } : l,
        Statement.RowLoop r => Rewrite(r.Body, change) is { } body ? r with { Body = body } : r,
        Statement.Block b => Rewrite(b.Body, change) is { } body ? b with { Body = body } : b,
        _ => statement,
    };

    private static Statement.Store OfStore(Statement.Store store, Expr.Element target, Expr value) =>
        ReferenceEquals(target, store.Target) && ReferenceEquals(value, store.Value) ? store : store with { Target = target, Value = value };

    // Null where nothing changes.
    private static EquatableArray<Statement>? Rewrite(EquatableArray<Statement> body, Func<Expr, Expr> change)
    {
        Statement[]? changed = null;
        for (int i = 0; i < body.Count; i++)
        {
            Statement statement = Rewrite(body[i], change);
            if (changed is null && !ReferenceEquals(statement, body[i]))
            {
                changed = [.. body];
            }

            if (changed is not null)
            {
                changed[i] = statement;
            }
        }

        return changed is null ? null : new EquatableArray<Statement>(changed);
    }
}
