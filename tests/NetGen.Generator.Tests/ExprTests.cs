using static NetGen.Generator.Expr;

namespace NetGen.Generator.Tests;

/// <summary>Expressions simplify themselves, compare by value and are never changed.</summary>
public class ExprTests
{
    [Fact]
    public void Neutral_elements_vanish()
    {
        Assert.Equal(X, X + -0f);
        Assert.Equal(X, -0f + X);
        Assert.Equal(X, X - 0);
        Assert.Equal(-X, -0f - X);
        Assert.Equal(X, 1 * X);
        Assert.Equal(X, X / 1);
        Assert.Equal(X, -(-X));
        Assert.Equal(X - Y, X + -Y);
    }

    [Fact]
    public void Constants_are_computed()
    {
        Assert.Equal(new Constant(6), (Expr)2 * 3);
        Assert.Equal(new Constant(0.5f), (Expr)1 / 2);
        Assert.Equal(Y, IfLess(1, 2, Y, Z));
        Assert.Equal(Z, IfLess(2, 2, Y, Z));
        Assert.Equal(Z, IfLess(float.NaN, 2, Y, Z));
        Assert.NotEqual<Expr>(new Constant(0), new Constant(-0f));
        Assert.Equal(6 * X, (2 * (3 * X)).MergeFactors());
        Assert.Equal(6 * (X + (10 * Y)), (2 * (3 * (X + (2 * (5 * Y))))).MergeFactors());
        Assert.Equal(1e-30f * (1e-30f * X), (1e-30f * (1e-30f * X)).MergeFactors());
    }

    private static readonly float[] Special = [0f, -0f, 1, -1, 2, 0.3f, 1e-30f, 1e30f, float.Epsilon, -float.Epsilon, float.MaxValue, -float.MaxValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN];

    [Fact]
    public void What_simplifies_itself_is_the_same_for_every_float()
    {
        BinaryOperator[] operators = Enum.GetValues<BinaryOperator>();
        foreach (var c in from a in Special from b in Special from outer in operators from inner in operators select (a, b, outer, inner))
        {
            (Expr Simplified, Expr Plain)[] pairs =
            [
                (Apply(c.outer, c.a, Apply(c.inner, c.b, X)), new Binary(c.outer, c.a, new Binary(c.inner, c.b, X))),
                (Apply(c.outer, Apply(c.inner, X, c.b), c.a), new Binary(c.outer, new Binary(c.inner, X, c.b), c.a)),
                (Apply(c.outer, c.a, -Apply(c.inner, c.b, X)), new Binary(c.outer, c.a, new Unary(UnaryOperator.Negate, new Binary(c.inner, c.b, X)))),
                (IfLess(c.a, c.b, X, -X), new Select(c.a, c.b, X, new Unary(UnaryOperator.Negate, X))),
            ];
            foreach ((Expr simplified, Expr plain) in pairs)
            {
                foreach (float x in Special)
                {
                    float expected = ConstantFolding.Evaluate(plain, x);
                    float actual = ConstantFolding.Evaluate(simplified, x);
                    if (!(float.IsNaN(expected) && float.IsNaN(actual)) && BitConverter.SingleToInt32Bits(expected) != BitConverter.SingleToInt32Bits(actual))
                    {
                        Assert.Fail($"{plain} at {x} is {expected}, simplified to {simplified} {actual}");
                    }
                }
            }
        }

        static Expr Apply(BinaryOperator @operator, Expr a, Expr b) => @operator switch
        {
            BinaryOperator.Add => a + b,
            BinaryOperator.Subtract => a - b,
            BinaryOperator.Multiply => a * b,
            _ => a / b,
        };
    }

    [Fact]
    public void The_larger_and_the_smaller_are_NaN_where_either_is()
    {
        foreach ((float a, float b) in from a in Special from b in Special select (a, b))
        {
            // MathF's are those of IEEE 754: maximum and minimum. Which zero it is, is left open.
            Assert.Equal(MathF.Max(a, b) + 0f, ConstantFolding.Evaluate(Max(X, b), a) + 0f);
            Assert.Equal(MathF.Min(a, b) + 0f, ConstantFolding.Evaluate(Min(X, b), a) + 0f);
            Assert.Equal(MathF.Max(a, b) + 0f, ConstantFolding.Evaluate(Max(a, X), b) + 0f);
            Assert.Equal(MathF.Min(a, b) + 0f, ConstantFolding.Evaluate(Min(a, X), b) + 0f);
            Assert.Equal(MathF.Max(a, b) + 0f, FloatEvaluator.Compile(Max(X, Y))(a, b, 0) + 0f);
            Assert.Equal(MathF.Min(a, b) + 0f, FloatEvaluator.Compile(Min(X, Y))(a, b, 0) + 0f);
        }
    }

    [Fact]
    public void Equal_trees_are_equal_whoever_made_them()
    {
        Assert.Equal(Formula(), Formula());
        Assert.Equal(Formula().GetHashCode(), Formula().GetHashCode());
        Assert.NotEqual(Formula(), Formula() + 1);
        Assert.NotEqual<Expr>(new Unary(UnaryOperator.Sqrt, X), new Unary(UnaryOperator.Abs, X));
        Assert.NotEqual<Expr>(new Local("a"), new FunctionCall("a", X));

        static Expr Formula() => IfLess(X, 0.5f, Call("Exp", -X) / Y, Sqrt(Abs(X * Y)) + new Reduce(Reduction.Sum, new LoopVariable("i", 3), Z));
    }

    [Fact]
    public void A_changed_copy_is_another_tree()
    {
        var sum = (Binary)(Call("Exp", X) + Y);
        var set = new HashSet<Expr> { sum };
        Binary changed = sum with { Right = Z };

        Assert.NotEqual<Expr>(sum, changed);
        Assert.Equal(Call("Exp", X) + Z, changed);
        Assert.Equal((Call("Exp", X) + Z).GetHashCode(), changed.GetHashCode());
        Assert.DoesNotContain(changed, set);
        Assert.Contains(Call("Exp", X) + Y, set);
    }

    [Fact]
    public void A_rewrite_replaces_every_place_and_leaves_the_tree_alone()
    {
        Expr tree = IfLess(X, Y, Call("Exp", X), new Reduce(Reduction.Max, new LoopVariable("i", 3), -X / Sqrt(X)));
        string before = tree.ToString();

        Expr rewritten = tree.Rewrite(e => e == X ? Z : null);

        Assert.Equal(IfLess(Z, Y, Call("Exp", Z), new Reduce(Reduction.Max, new LoopVariable("i", 3), -Z / Sqrt(Z))), rewritten);
        Assert.Equal(before, tree.ToString());
        Assert.Equal(tree, tree.Rewrite(_ => null));
    }

    [Fact]
    public void A_rewrite_simplifies() =>
        Assert.Equal<Expr>(2 * Y, ((X * Y) - Z).Rewrite(e => e is Argument { Index: 0 } ? 2 : e is Argument { Index: 2 } ? 0 : null));

    [Fact]
    public void Descend_visits_every_node_parents_first()
    {
        Expr tree = (X + Y) * Call("Exp", Z);

        Assert.Equal([tree, X + Y, X, Y, Call("Exp", Z), Z], tree.Descend());
    }
}
