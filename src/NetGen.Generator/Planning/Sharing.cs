namespace NetGen.Generator;

/// <summary>Names sub-expressions that an expression uses more than once, so that each is computed once.</summary>
internal static class Sharing
{
    /// <summary>The expression over new locals, whose declarations are added to <paramref name="statements"/>.</summary>
    /// <param name="suffix">Makes the locals' names unique in their scope.</param>
    public static Expr Bind(Expr value, string suffix, List<Statement> statements)
    {
        var uses = new Dictionary<Expr, int>();
        Count(value, uses);
        var names = new HashSet<string>();
        var bound = new Dictionary<Expr, Expr>();
        return Visit(value);

        Expr Visit(Expr expr)
        {
            if (bound.TryGetValue(expr, out Expr? known))
            {
                return known;
            }

            Expr inner = expr.Rewrite(e => ReferenceEquals(e, expr) ? null : Visit(e));
            if (!IsWorthNaming(expr) || uses[expr] < 2)
            {
                return inner;
            }

            string name = Unique(NameOf(expr));
            statements.Add(new Statement.Declare(name, inner));
            return bound[expr] = new Expr.Local(name);
        }

        string Unique(string name)
        {
            string unique = name;
            for (int i = 2; !names.Add(unique); i++)
            {
                unique = name + Literal.Of(i);
            }

            return unique + suffix;
        }
    }

    // As in a graph: a sub-expression below a shared one is used once by it.
    private static void Count(Expr expr, Dictionary<Expr, int> uses)
    {
        if (uses.TryGetValue(expr, out int count))
        {
            uses[expr] = count + 1;
            return;
        }

        uses.Add(expr, 1);
        foreach (Expr child in expr.Children())
        {
            Count(child, uses);
        }
    }

    // An element at a fixed place has its own name, in the whole method.
    private static bool IsWorthNaming(Expr expr) => expr
        is not (Expr.Constant or Expr.Local or Expr.Argument)
        and not Expr.Unary { Operator: UnaryOperator.Negate }
        and not Expr.Element { Index.IsConstant: true };

    private static string NameOf(Expr expr) => expr switch
    {
        Expr.Element { Index.Terms.Count: 1 } e => $"{e.Tensor}_{e.Index.Terms[0].Variable.Name}",
        Expr.Element e => e.Tensor,
        Expr.Binary { Operator: BinaryOperator.Subtract } => "difference",
        Expr.FunctionCall f => char.ToLowerInvariant(f.Function[0]) + f.Function.Substring(1),
        _ => "u",
    };
}
