namespace NetGen.Generator;

/// <summary>
/// A scalar expression without a width: the same tree prints as <c>float</c> or as a vector of any length, so it
/// holds only what every width can do, and no branches: a <see cref="Select"/> evaluates both sides.
/// Formulas of the catalogue are written over <see cref="Argument"/>; the planner replaces arguments by
/// <see cref="Element"/> and <see cref="Local"/>.
/// </summary>
internal abstract record Expr
{
    public static Expr X { get; } = new Argument(0);

    public static Expr Y { get; } = new Argument(1);

    public static Expr Z { get; } = new Argument(2);

    public static implicit operator Expr(float value) => new Constant(value);

    public static Expr operator +(Expr a, Expr b) => (a, b) switch
    {
        (Constant p, Constant q) => p.Value + q.Value,
        (Constant { Value: 0 }, _) => b,
        (_, Constant { Value: 0 }) => a,
        (_, Unary { Operator: UnaryOperator.Negate } n) => a - n.Operand,
        (_, Constant { Value: < 0 } c) => a - -c,
        _ => new Binary(BinaryOperator.Add, a, b),
    };

    public static Expr operator -(Expr a, Expr b) => (a, b) switch
    {
        (Constant p, Constant q) => p.Value - q.Value,
        (Constant { Value: 0 }, _) => -b,
        (_, Constant { Value: 0 }) => a,
        _ => new Binary(BinaryOperator.Subtract, a, b),
    };

    public static Expr operator *(Expr a, Expr b) => (a, b) switch
    {
        (Constant p, Constant q) => p.Value * q.Value,
        (Constant { Value: 1 }, _) => b,
        (_, Constant { Value: 1 }) => a,
        (Constant { Value: -1 }, _) => -b,
        (_, Constant) => b * a,
        (Constant p, Binary { Operator: BinaryOperator.Multiply, Left: Constant q } m) => (p.Value * q.Value) * m.Right,
        _ => new Binary(BinaryOperator.Multiply, a, b),
    };

    public static Expr operator /(Expr a, Expr b) => (a, b) switch
    {
        (Constant p, Constant q) => p.Value / q.Value,
        (_, Constant { Value: 1 }) => a,
        _ => new Binary(BinaryOperator.Divide, a, b),
    };

    public static Expr operator -(Expr a) => a switch
    {
        Constant c => -c.Value,
        Unary { Operator: UnaryOperator.Negate } n => n.Operand,
        Binary { Operator: BinaryOperator.Subtract } s => s.Right - s.Left,
        _ => new Unary(UnaryOperator.Negate, a),
    };

    public static Expr Sqrt(Expr a) => new Unary(UnaryOperator.Sqrt, a);

    public static Expr Abs(Expr a) => new Unary(UnaryOperator.Abs, a);

    /// <summary>2ⁿ for a whole n from −126 to 127.</summary>
    public static Expr Pow2(Expr n) => new Unary(UnaryOperator.Pow2, n);

    /// <summary>The e of a positive normal number m·2ᵉ with m in [√½, √2), as a float.</summary>
    public static Expr Exponent(Expr a) => new Unary(UnaryOperator.Exponent, a);

    /// <summary>The m of a positive normal number m·2ᵉ with m in [√½, √2).</summary>
    public static Expr Significand(Expr a) => new Unary(UnaryOperator.Significand, a);

    /// <summary><c>left &lt; right ? then : otherwise</c>; false where either is NaN.</summary>
    public static Expr IfLess(Expr left, Expr right, Expr then, Expr otherwise) =>
        new Select(left, right, then, otherwise);

    public static Expr Call(string function, Expr argument) => new FunctionCall(function, argument);

    /// <summary>A new tree with every node below replaced by what <paramref name="replace"/> gives, leaves first.</summary>
    public Expr Rewrite(Func<Expr, Expr?> replace)
    {
        Expr Visit(Expr e) => e.Rewrite(replace);

        return replace(this) ?? this switch
        {
            Binary { Operator: BinaryOperator.Add } b => Visit(b.Left) + Visit(b.Right),
            Binary { Operator: BinaryOperator.Subtract } b => Visit(b.Left) - Visit(b.Right),
            Binary { Operator: BinaryOperator.Multiply } b => Visit(b.Left) * Visit(b.Right),
            Binary b => Visit(b.Left) / Visit(b.Right),
            Unary { Operator: UnaryOperator.Negate } u => -Visit(u.Operand),
            Unary u => u with { Operand = Visit(u.Operand) },
            Select s => new Select(Visit(s.Left), Visit(s.Right), Visit(s.Then), Visit(s.Otherwise)),
            FunctionCall c => c with { Value = Visit(c.Value) },
            Reduce r => r with { Body = Visit(r.Body) },
            _ => this,
        };
    }

    /// <summary>The formula with its arguments replaced.</summary>
    public Expr Apply(IReadOnlyList<Expr> arguments) =>
        Rewrite(e => e is Argument a ? arguments[a.Index] : null);

    /// <summary>This node and all below it, parents first.</summary>
    public IEnumerable<Expr> Descend()
    {
        yield return this;
        foreach (Expr child in Children())
        {
            foreach (Expr e in child.Descend())
            {
                yield return e;
            }
        }
    }

    public bool UsesArgument(int index) => Descend().Any(e => e is Argument a && a.Index == index);

    public IEnumerable<Expr> Children() => this switch
    {
        Binary b => [b.Left, b.Right],
        Unary u => [u.Operand],
        Select s => [s.Left, s.Right, s.Then, s.Otherwise],
        FunctionCall c => [c.Value],
        Reduce r => [r.Body],
        _ => [],
    };

    public sealed record Constant(float Value) : Expr;

    /// <summary>A place for the caller's expression.</summary>
    public sealed record Argument(int Index) : Expr;

    public sealed record Binary(BinaryOperator Operator, Expr Left, Expr Right) : Expr;

    public sealed record Unary(UnaryOperator Operator, Expr Operand) : Expr;

    public sealed record Select(Expr Left, Expr Right, Expr Then, Expr Otherwise) : Expr;

    /// <param name="Function">The name of a row of <see cref="Functions"/>.</param>
    public sealed record FunctionCall(string Function, Expr Value) : Expr;

    /// <summary>A scalar variable, by name.</summary>
    public sealed record Local(string Name) : Expr;

    /// <summary>One element of a tensor.</summary>
    public sealed record Element(string Tensor, Index Index) : Expr;

    /// <summary>Σ or max of the body over a loop variable.</summary>
    public sealed record Reduce(Reduction Reduction, LoopVariable Over, Expr Body) : Expr;
}

internal enum BinaryOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
}

internal enum UnaryOperator
{
    Negate,
    Sqrt,
    Abs,
    Pow2,
    Exponent,
    Significand,
}

internal enum Reduction
{
    Sum,
    Max,
}

/// <summary>An index from 0 to <paramref name="Extent"/> − 1.</summary>
internal sealed record LoopVariable(string Name, int Extent);
