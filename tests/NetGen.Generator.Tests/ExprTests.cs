using static NetGen.Generator.Expr;

namespace NetGen.Generator.Tests;

/// <summary>Expressions simplify themselves, compare by value and are never changed.</summary>
public class ExprTests
{
    [Fact]
    public void Neutral_elements_vanish()
    {
        Assert.Equal(X, X + 0);
        Assert.Equal(X, 0 + X);
        Assert.Equal(X, X - 0);
        Assert.Equal(-X, 0 - X);
        Assert.Equal(X, 1 * X);
        Assert.Equal(X, X / 1);
        Assert.Equal(X, -(-X));
        Assert.Equal(Y - X, -(X - Y));
        Assert.Equal(X - Y, X + -Y);
    }

    [Fact]
    public void Constants_are_computed()
    {
        Assert.Equal(new Constant(6), (Expr)2 * 3);
        Assert.Equal(new Constant(0.5f), (Expr)1 / 2);
        Assert.Equal(6 * X, 2 * (3 * X));
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
        Assert.Equal<Expr>(2 * Y, ((X * Y) + Z).Rewrite(e => e is Argument { Index: 0 } ? 2 : e is Argument { Index: 2 } ? 0 : null));

    [Fact]
    public void Descend_visits_every_node_parents_first()
    {
        Expr tree = (X + Y) * Call("Exp", Z);

        Assert.Equal([tree, X + Y, X, Y, Call("Exp", Z), Z], tree.Descend());
    }
}
