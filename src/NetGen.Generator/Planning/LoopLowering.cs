namespace NetGen.Generator;

/// <summary>Carries out an assignment in loops.</summary>
internal static class LoopLowering
{
    public static IEnumerable<Statement> Lower(Assignment assignment)
    {
        if (assignment.Domain.Count == 1 && assignment.Value is Expr.Reduce reduce && WalksRows(reduce, assignment.Domain[0]))
        {
            return ByRows(assignment, reduce);
        }

        // Scalars stand in the method's own scope, where names must differ: also from what operations name.
        bool isScalar = assignment.Domain.Count == 0;
        var body = new List<Statement>();
        if (isScalar && assignment.Value is Expr.Reduce whole)
        {
            Accumulate(whole, Neutral(whole), assignment.Target, body);
            return body;
        }

        Expr value = Sum(assignment.Value, isScalar ? assignment.Target + "_" : "", body);
        if (isScalar)
        {
            value = Sharing.Bind(value, "_" + assignment.Target, body);
            body.Add(new Statement.Declare(assignment.Target, value));
            return body;
        }

        value = Sharing.Bind(value, "", body);
        body.Add(new Statement.Store(assignment.Place, assignment.Operator, value));
        return Nest(assignment.Domain, body);
    }

    // Neighbours in the result are neighbours in memory, while steps of the sum are a row apart.
    private static bool WalksRows(Expr.Reduce reduce, LoopVariable result) =>
        reduce.Reduction == Reduction.Sum && reduce.Body.Descend().OfType<Expr.Element>()
            .Any(e => e.Index.Stride(result) == 1 && e.Index.Stride(reduce.Over) > 1);

    private static IEnumerable<Statement> ByRows(Assignment assignment, Expr.Reduce reduce)
    {
        if (assignment.Operator == AssignmentOperator.Assign)
        {
            yield return new Statement.Loop(
                assignment.Domain[0],
                [new Statement.Store(assignment.Place, AssignmentOperator.Assign, 0)]);
        }

        AssignmentOperator add = assignment.Operator == AssignmentOperator.Subtract ? AssignmentOperator.Subtract : AssignmentOperator.Add;
        Statement store = new Statement.Store(assignment.Place, add, reduce.Body);
        foreach (Statement loop in Nest([reduce.Over, assignment.Domain[0]], [store]))
        {
            yield return loop;
        }
    }

    private static List<Statement> Nest(EquatableArray<LoopVariable> variables, List<Statement> body)
    {
        for (int depth = variables.Count - 1; depth >= 0; depth--)
        {
            var outside = new List<Statement>();
            if (depth > 0 && body is [Statement.Store store])
            {
                body = [store with { Value = Hoist(store.Value, variables[depth], outside) }];
            }

            outside.Add(new Statement.Loop(variables[depth], body.ToEquatableArray()));
            body = outside;
        }

        return body;
    }

    // What does not change along the inner loop is computed before it.
    private static Expr Hoist(Expr value, LoopVariable inner, List<Statement> outside) => value.Rewrite(e =>
    {
        bool isFixed = e.Descend().All(d => d is not Expr.Element element || element.Index.Stride(inner) == 0);
        if (!isFixed || !e.Descend().Any(d => d is Expr.Element))
        {
            return null;
        }

        string name = e is Expr.Element { Index.Terms.Count: 1 } known
            ? $"{known.Tensor}_{known.Index.Terms[0].Variable.Name}"
            : "step";
        outside.Add(new Statement.Declare(name, e));
        return new Expr.Local(name);
    });

    private static Expr Sum(Expr value, string prefix, List<Statement> statements)
    {
        // b + Σ: the sum starts at b.
        if (value is Expr.Binary { Operator: BinaryOperator.Add, Right: Expr.Reduce { Reduction: Reduction.Sum } last } add
            && !add.Left.Descend().Any(e => e is Expr.Reduce))
        {
            return Accumulate(last, add.Left, prefix + "total", statements);
        }

        return value.Rewrite(e => e is Expr.Reduce reduce ? Accumulate(reduce, Neutral(reduce), NameOf(reduce), statements) : null);

        string NameOf(Expr.Reduce reduce) => prefix + (reduce.Reduction == Reduction.Sum ? "total" : "largest");
    }

    private static Expr Accumulate(Expr.Reduce reduce, Expr start, string name, List<Statement> statements)
    {
        var accumulator = new Expr.Local(name);
        var body = new List<Statement>();
        body.Add(reduce.Reduction == Reduction.Sum
            ? new Statement.Set(name, AssignmentOperator.Add, Sharing.Bind(reduce.Body, "", body))
            : new Statement.Set(name, AssignmentOperator.Assign, Sharing.Bind(Larger(reduce.Body), "", body)));
        statements.Add(new Statement.Declare(name, start));
        statements.Add(new Statement.Loop(reduce.Over, body.ToEquatableArray()));
        return accumulator;

        Expr Larger(Expr term) => Expr.IfLess(accumulator, term, term, accumulator);
    }

    private static Expr Neutral(Expr.Reduce reduce) => reduce.Reduction == Reduction.Sum ? 0f : float.NegativeInfinity;
}
