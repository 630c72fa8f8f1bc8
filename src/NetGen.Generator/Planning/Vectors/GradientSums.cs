namespace NetGen.Generator;

/// <summary>
/// Lets code that adds to a gradient overwrite it instead, where the caller says that there is nothing to add to: the first
/// rows of a batch need no zeros.
/// </summary>
internal sealed class GradientSums
{
    /// <summary>What the caller says it with.</summary>
    public const string Adds = "adds";

    private readonly string _gradient;
    private int _declared;

    private GradientSums(string gradient) => _gradient = gradient;

    /// <param name="statements">Sums over rows are in registers there, and added to the gradient at the end.</param>
    /// <param name="gradient">The tensor.</param>
    public static IEnumerable<Statement> MayOverwrite(IEnumerable<Statement> statements, string gradient) => new GradientSums(gradient).Visit(statements);

    /// <summary>What is done where there is nothing to add to.</summary>
    public static Statement Instead(IEnumerable<Statement> statements) =>
        new Statement.Block(VectorCode.Body(statements)) { Condition = Adds, IsOtherwise = true };

    private IEnumerable<Statement> Visit(IEnumerable<Statement> statements)
    {
        var sums = new List<Statement.Store>();
        foreach (Statement statement in statements)
        {
            if (statement is Statement.Store { Operator: AssignmentOperator.Add } sum && sum.Target.Tensor == _gradient)
            {
                sums.Add(sum);
                continue;
            }

            foreach (Statement stored in Store(sums))
            {
                yield return stored;
            }

            sums.Clear();
            yield return statement switch
            {
                Statement.Loop l => l with { Body = Visit(l.Body).ToEquatableArray() },
                Statement.RowLoop r => r with { Body = Visit(r.Body).ToEquatableArray() },
                Statement.Block b => b with { Body = Visit(b.Body).ToEquatableArray() },
                _ => statement,
            };
        }

        foreach (Statement stored in Store(sums))
        {
            yield return stored;
        }
    }

    // One question for all sums of a tile.
    private IEnumerable<Statement> Store(List<Statement.Store> sums)
    {
        if (sums.Count == 0)
        {
            yield break;
        }

        var added = new List<Statement>();
        var stored = new List<Statement>();
        foreach (Statement.Store sum in sums)
        {
            if (sum.Value is not Expr.Local local)
            {
                local = new Expr.Local($"{_gradient}_sum{Literal.Of(_declared++)}");
                yield return new Statement.Declare(local.Name, sum.Value) { Lanes = sum.Lanes };
            }

            added.Add(new Statement.Set(local.Name, AssignmentOperator.Assign, sum.Target + (Expr)local) { Lanes = sum.Lanes });
            stored.Add(sum with { Operator = AssignmentOperator.Assign, Value = local });
        }

        yield return new Statement.Block(added.ToEquatableArray()) { Condition = Adds };
        foreach (Statement store in stored)
        {
            yield return store;
        }
    }
}
