namespace NetGen.Generator;

/// <summary>
/// A scalar expression without a width: the same tree prints as <c>float</c> or as a vector of any length, so it
/// holds only what every width can do, and no branches: a <see cref="Select"/> evaluates both sides.
/// Formulas of the catalogue are written over <see cref="Argument"/>; the planner replaces arguments by
/// <see cref="Element"/> and <see cref="Local"/>.
/// </summary>
internal abstract record Expr
{
    // Trees are keys of dictionaries, and walking one for each look-up costs the square of its size. 0 until asked for.
    private int _hash;

    protected Expr()
    {
    }

    /// <summary>The copy that <c>with</c> changes.</summary>
    protected Expr(Expr original)
    {
        // What is changed has another hash.
        _ = original;
    }

    public static Expr X { get; } = new Argument(0);

    public static Expr Y { get; } = new Argument(1);

    public static Expr Z { get; } = new Argument(2);

    public static implicit operator Expr(float value) => new Constant(value);

    // What operators simplify is the same for every float, ±0, ±∞ and NaN included. So x + 0 stays, which makes 0 of −0, and
    // so does p·(q·x), which may stay in range where (p·q)·x does not.
    public static Expr operator +(Expr a, Expr b) => (a, b) switch
    {
        (Constant p, Constant q) => p.Value + q.Value,
        (Constant { IsNegativeZero: true }, _) => b,
        (_, Constant { IsNegativeZero: true }) => a,
        (_, Unary { Operator: UnaryOperator.Negate } n) => a - n.Operand,
        (_, Constant { Value: < 0 } c) => a - -c,
        _ => new Binary(BinaryOperator.Add, a, b),
    };

    public static Expr operator -(Expr a, Expr b) => (a, b) switch
    {
        (Constant p, Constant q) => p.Value - q.Value,
        (Constant { IsNegativeZero: true }, _) => -b,
        (_, Constant { Value: 0, IsNegativeZero: false }) => a,
        _ => new Binary(BinaryOperator.Subtract, a, b),
    };

    public static Expr operator *(Expr a, Expr b) => (a, b) switch
    {
        (Constant p, Constant q) => p.Value * q.Value,
        (Constant { Value: 1 }, _) => b,
        (_, Constant { Value: 1 }) => a,
        (Constant { Value: -1 }, _) => -b,
        (_, Constant) => b * a,
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
        _ => new Unary(UnaryOperator.Negate, a),
    };

    public static Expr Sqrt(Expr a) => new Unary(UnaryOperator.Sqrt, a);

    public static Expr Abs(Expr a) => new Unary(UnaryOperator.Abs, a);

    /// <summary>
    /// The value as a float, where rounding to one is the point of it. C# may keep more digits between operations, and
    /// Mono does.
    /// </summary>
    public static Expr Rounded(Expr a) => new Unary(UnaryOperator.Rounded, a);

    /// <summary>2ⁿ for a whole n from −126 to 127.</summary>
    public static Expr Pow2(Expr n) => new Unary(UnaryOperator.Pow2, n);

    /// <summary>The e of a positive normal number m·2ᵉ with m in [√½, √2), as a float.</summary>
    public static Expr Exponent(Expr a) => new Unary(UnaryOperator.Exponent, a);

    /// <summary>The m of a positive normal number m·2ᵉ with m in [√½, √2).</summary>
    public static Expr Significand(Expr a) => new Unary(UnaryOperator.Significand, a);

    /// <summary><c>left &lt; right ? then : otherwise</c>; false where either is NaN.</summary>
    public static Expr IfLess(Expr left, Expr right, Expr then, Expr otherwise) => (left, right) switch
    {
        (Constant p, Constant q) => p.Value < q.Value ? then : otherwise,
        _ when left.Equals(right) => otherwise,
        _ => new Select(left, right, then, otherwise),
    };

    /// <summary>The larger; NaN where either is NaN. Of zeros of both signs it is the first.</summary>
    public static Expr Max(Expr a, Expr b) => b is not Constant && a is Constant ? Max(b, a)

        // What is not less than b is larger, or one of them is NaN: it is b, or a, unless b is ∞.
        : IfLess(a, b, b, IfLess(b, float.PositiveInfinity, a, a + b));

    /// <summary>The smaller; NaN where either is NaN. Of zeros of both signs it is the first.</summary>
    public static Expr Min(Expr a, Expr b) => b is not Constant && a is Constant ? Min(b, a)
        : IfLess(b, a, b, IfLess(float.NegativeInfinity, b, a, a + b));

    /// <summary>
    /// The formula with constants that multiply each other as one, where that is in range: for gradients, which are the
    /// compiler's own. What a file computes is rounded as the file says.
    /// </summary>
    public Expr MergeFactors() => Rewrite(e => e is not Binary { Operator: BinaryOperator.Multiply, Left: Constant p, Right: var rest } ? null
        : rest.MergeFactors() is Binary { Operator: BinaryOperator.Multiply, Left: Constant q } m && IsNormal(p.Value * q.Value) ? p.Value * q.Value * m.Right
        : p * rest.MergeFactors());

    private static bool IsNormal(float value) => Math.Abs(value) is >= 1.17549435e-38f and <= float.MaxValue;

    /// <summary>a·b, and a where that is 0 or NaN: 0 times ∞ is 0.</summary>
    public static Expr TimesUnlessZero(Expr a, Expr b) => IfLess(0f, Abs(a), a * b, a);

    /// <summary>The value; in place of any NaN, whose bits differ between processors, the same one everywhere.</summary>
    public static Expr OneNaN(Expr a) => new Unary(UnaryOperator.OneNaN, a);

    public static Expr Call(string function, Expr argument) => new FunctionCall(function, argument);

    /// <summary>
    /// The tree with every node that <paramref name="replace"/> gives something for replaced by that, parents first.
    /// Parts in which nothing is replaced stay the same objects.
    /// </summary>
    public Expr Rewrite(Func<Expr, Expr?> replace)
    {
        return Visit(this, replace);

        // The planner rewrites every expression, again and again: nothing is captured here.
        static Expr Visit(Expr e, Func<Expr, Expr?> replace) => replace(e) ?? e switch
        {
            Binary b => OfBinary(b, Visit(b.Left, replace), Visit(b.Right, replace)),
            Unary u => Visit(u.Operand, replace) is var operand && ReferenceEquals(operand, u.Operand) ? u
                : u.Operator == UnaryOperator.Negate ? -operand
                : new Unary(u.Operator, operand),
            Select s => OfSelect(s, Visit(s.Left, replace), Visit(s.Right, replace), Visit(s.Then, replace), Visit(s.Otherwise, replace)),
            FunctionCall c => Visit(c.Value, replace) is var value && ReferenceEquals(value, c.Value) ? c : new FunctionCall(c.Function, value),
            Reduce r => Visit(r.Body, replace) is var body && ReferenceEquals(body, r.Body) ? r : new Reduce(r.Reduction, r.Over, body),
            Splat s => Visit(s.Value, replace) is var one && ReferenceEquals(one, s.Value) ? s : new Splat(one),
            Across a => Visit(a.Value, replace) is var lanes && ReferenceEquals(lanes, a.Value) ? a : a with { Value = lanes },
            AcrossEach each => new AcrossEach(OfAll(each.Values, replace), each.Lanes),
            MultiplyAdd m => OfMultiplyAdd(m, Visit(m.Left, replace), Visit(m.Right, replace), Visit(m.Addend, replace)),
            FirstLanes f => Visit(f.Value, replace) is var kept && ReferenceEquals(kept, f.Value) ? f : f with { Value = kept },
            _ => e,
        };

        static EquatableArray<Expr> OfAll(EquatableArray<Expr> values, Func<Expr, Expr?> replace) => values.Select(v => Visit(v, replace)).ToEquatableArray();

        static Expr OfBinary(Binary b, Expr left, Expr right) =>
            ReferenceEquals(left, b.Left) && ReferenceEquals(right, b.Right) ? b : b.Operator switch
            {
                BinaryOperator.Add => left + right,
                BinaryOperator.Subtract => left - right,
                BinaryOperator.Multiply => left * right,
                _ => left / right,
            };

        static MultiplyAdd OfMultiplyAdd(MultiplyAdd m, Expr left, Expr right, Expr addend) =>
            ReferenceEquals(left, m.Left) && ReferenceEquals(right, m.Right) && ReferenceEquals(addend, m.Addend)
                ? m
                : new MultiplyAdd(left, right, addend);

        static Expr OfSelect(Select s, Expr left, Expr right, Expr then, Expr otherwise) =>
            ReferenceEquals(left, s.Left) && ReferenceEquals(right, s.Right)
                && ReferenceEquals(then, s.Then) && ReferenceEquals(otherwise, s.Otherwise)
                ? s
                : IfLess(left, right, then, otherwise);
    }

    /// <summary>The formula with its arguments replaced.</summary>
    public Expr Apply(IReadOnlyList<Expr> arguments) =>
        Rewrite(e => e is Argument a ? arguments[a.Index] : null);

    /// <summary>This node and all below it, parents first.</summary>
    public IEnumerable<Expr> Descend()
    {
        yield return this;
        if (this is Element or Constant or Local)
        {
            yield break;
        }

        // The planner asks this of every expression, again and again.
        var open = new Stack<Expr>(capacity: 4);
        PushChildren(open);
        while (open.Count > 0)
        {
            Expr e = open.Pop();
            yield return e;
            e.PushChildren(open);
        }
    }

    public bool UsesArgument(int index) => Descend().Any(e => e is Argument a && a.Index == index);

    public IEnumerable<Expr> Children()
    {
        var children = new Stack<Expr>();
        PushChildren(children);
        return children;
    }

    // The base of records compares what it declares: not the hash, which may not be known yet.
    public virtual bool Equals(Expr? other) => other is not null && EqualityContract == other.EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();

    private int Hash(int kind, object first, object? second = null, object? third = null, object? fourth = null)
    {
        if (_hash == 0)
        {
            int hash = kind;
            hash = unchecked((hash * 31) + first.GetHashCode());
            hash = unchecked((hash * 31) + (second?.GetHashCode() ?? 0));
            hash = unchecked((hash * 31) + (third?.GetHashCode() ?? 0));
            hash = unchecked((hash * 31) + (fourth?.GetHashCode() ?? 0));
            _hash = hash == 0 ? 1 : hash;
        }

        return _hash;
    }

    // The last first, so that the first is on top.
    private void PushChildren(Stack<Expr> open)
    {
        switch (this)
        {
            case Binary b:
                open.Push(b.Right);
                open.Push(b.Left);
                break;
            case Unary u:
                open.Push(u.Operand);
                break;
            case Select s:
                open.Push(s.Otherwise);
                open.Push(s.Then);
                open.Push(s.Right);
                open.Push(s.Left);
                break;
            case FunctionCall c:
                open.Push(c.Value);
                break;
            case Reduce r:
                open.Push(r.Body);
                break;
            case Splat s:
                open.Push(s.Value);
                break;
            case Across a:
                open.Push(a.Value);
                break;
            case AcrossEach each:
                foreach (Expr value in each.Values.Reverse())
                {
                    open.Push(value);
                }

                break;
            case MultiplyAdd m:
                open.Push(m.Addend);
                open.Push(m.Right);
                open.Push(m.Left);
                break;
            case FirstLanes f:
                open.Push(f.Value);
                break;
        }
    }

    public sealed record Constant(float Value) : Expr
    {
        public bool IsNegativeZero => Value == 0 && 1 / Value < 0;

        // Zeros of both signs are different constants, and a NaN is one.
        public bool Equals(Constant? other) => other is not null && Value.Equals(other.Value) && IsNegativeZero == other.IsNegativeZero;

        public override int GetHashCode() => Value.GetHashCode();
    }

    /// <summary>A place for the caller's expression.</summary>
    public sealed record Argument(int Index) : Expr;

    public sealed record Binary(BinaryOperator Operator, Expr Left, Expr Right) : Expr
    {
        public override int GetHashCode() => Hash((int)Operator, Left, Right);
    }

    public sealed record Unary(UnaryOperator Operator, Expr Operand) : Expr
    {
        public override int GetHashCode() => Hash(10 + (int)Operator, Operand);
    }

    public sealed record Select(Expr Left, Expr Right, Expr Then, Expr Otherwise) : Expr
    {
        public override int GetHashCode() => Hash(20, Left, Right, Then, Otherwise);
    }

    /// <param name="Function">The name of a row of <see cref="Functions"/>.</param>
    public sealed record FunctionCall(string Function, Expr Value) : Expr
    {
        public override int GetHashCode() => Hash(21, Function, Value);
    }

    /// <summary>A scalar variable, by name.</summary>
    public sealed record Local(string Name) : Expr;

    /// <summary>One element of a tensor.</summary>
    public sealed record Element(string Tensor, Index Index) : Expr
    {
        public override int GetHashCode() => Hash(22, Tensor, Index);
    }

    /// <summary>Σ or max of the body over a loop variable.</summary>
    public sealed record Reduce(Reduction Reduction, LoopVariable Over, Expr Body) : Expr
    {
        public override int GetHashCode() => Hash(30 + (int)Reduction, Over, Body);
    }

    /// <summary>A scalar in every lane of a vector.</summary>
    public sealed record Splat(Expr Value) : Expr;

    /// <summary>The sum of all lanes of a vector of <paramref name="Lanes"/>.</summary>
    public sealed record Across(Expr Value, int Lanes) : Expr;

    /// <summary>A vector of four: the sums of all lanes of four vectors of <paramref name="Lanes"/>.</summary>
    public sealed record AcrossEach(EquatableArray<Expr> Values, int Lanes) : Expr;

    /// <summary>left · right + addend, rounded once where the processor can.</summary>
    public sealed record MultiplyAdd(Expr Left, Expr Right, Expr Addend) : Expr;

    /// <summary>The vector with 0 in all lanes but the first <paramref name="Count"/>.</summary>
    public sealed record FirstLanes(Expr Value, int Count) : Expr;
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
    Rounded,
    Pow2,
    Exponent,
    Significand,
    OneNaN,
}

internal enum Reduction
{
    Sum,
    Max,
}

/// <summary>An index from 0 to <paramref name="Extent"/> − 1.</summary>
internal sealed record LoopVariable(string Name, int Extent);
