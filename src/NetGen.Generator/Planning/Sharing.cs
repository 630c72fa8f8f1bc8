namespace NetGen.Generator;

/// <summary>Names sub-expressions that an expression uses more than once, so that each is computed once.</summary>
internal static class Sharing
{
    /// <summary>The expression over new locals, whose declarations are added to <paramref name="statements"/>.</summary>
    /// <param name="suffix">Makes the locals' names unique in their scope.</param>
    /// <param name="lanes">How long the expression's vectors are.</param>
    public static Expr Bind(Expr value, string suffix, List<Statement> statements, int lanes = 1)
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

            Expr inner = expr is Expr.Splat ? expr : expr.Rewrite(e => ReferenceEquals(e, expr) ? null : Visit(e));
            if (!IsWorthNaming(expr) || uses[expr] < 2)
            {
                return inner;
            }

            string name = Unique(NameOf(expr));
            statements.Add(new Statement.Declare(name, inner) { Lanes = lanes });
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

        // What is repeated in all lanes is a scalar, and no part of the vectors.
        uses.Add(expr, 1);
        foreach (Expr child in expr is Expr.Splat ? [] : expr.Children())
        {
            Count(child, uses);
        }
    }

    // An element at a fixed place has its own name, in the whole method.
    private static bool IsWorthNaming(Expr expr) => expr
        is not (Expr.Constant or Expr.Local or Expr.Argument or Expr.Splat { Value: Expr.Local or Expr.Constant })
        and not Expr.Unary { Operator: UnaryOperator.Negate }
        and not Expr.Element { Index.IsConstant: true };

    private static string NameOf(Expr expr) => expr switch
    {
        Expr.Element { Index.Terms: { Count: > 0 } terms } e => $"{e.Tensor}_{terms[terms.Count - 1].Variable.Name}",
        Expr.Binary { Operator: BinaryOperator.Subtract } => "difference",
        Expr.FunctionCall f => char.ToLowerInvariant(f.Function[0]) + f.Function.Substring(1),
        _ => "u",
    };
}
