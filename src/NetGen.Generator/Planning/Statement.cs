namespace NetGen.Generator;

/// <summary>
/// Straight-line code, loops and stores over width-free expressions: what is left once the planner has decided. The
/// emitter prints it and decides nothing.
/// </summary>
internal abstract record Statement
{
    /// <summary>How many elements at once: 1, or a vector's length.</summary>
    public int Lanes { get; init; } = 1;

    /// <summary>The tensors that it reads and writes.</summary>
    public IEnumerable<string> Tensors() => this switch
    {
        Declare d => TensorsOf(d.Value).Concat(d.Kept is null ? [] : [d.Kept.Tensor]),
        Set s => TensorsOf(s.Value).Concat(s.Kept is null ? [] : [s.Kept.Tensor]),
        Store s => TensorsOf(s.Value).Prepend(s.Target.Tensor),
        _ => Inner.SelectMany(s => s.Tensors()),
    };

    /// <summary>The statements that it repeats or encloses.</summary>
    public EquatableArray<Statement> Inner => this switch
    {
        Loop l => l.Body,
        RowLoop r => r.Body,
        Block b => b.Body,
        _ => [],
    };

    /// <summary>Whether this or a statement in it is such a one.</summary>
    public bool Contains(Func<Statement, bool> wanted)
    {
        if (wanted(this))
        {
            return true;
        }

        foreach (Statement statement in Inner)
        {
            if (statement.Contains(wanted))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether it walks the rows of a batch.</summary>
    public bool HasRows() => Contains(s => s is RowLoop);

    private static IEnumerable<string> TensorsOf(Expr value) => value.Descend().OfType<Expr.Element>().Select(e => e.Tensor);

    /// <summary>A new local; <paramref name="Kept"/> keeps the same value in memory.</summary>
    public sealed record Declare(string Local, Expr Value, Expr.Element? Kept = null) : Statement;

    /// <summary>A new value for a local.</summary>
    public sealed record Set(string Local, AssignmentOperator Operator, Expr Value, Expr.Element? Kept = null) : Statement;

    public sealed record Store(Expr.Element Target, AssignmentOperator Operator, Expr Value) : Statement;

    public sealed record Loop(LoopVariable Variable, EquatableArray<Statement> Body) : Statement
    {
        public int From { get; init; }

        public int To { get; init; } = Variable.Extent;

        public int Step { get; init; } = 1;

        /// <summary>Only from one index to another, both multiples of the step, as the caller says.</summary>
        public bool IsPart { get; init; }
    }

    /// <summary>A name for a place, from which others are counted as from the first element of a tensor.</summary>
    public sealed record Refer(string Local, Expr.Element Place) : Statement;

    /// <summary>Over the rows of a batch, of which there are as many as the caller has.</summary>
    /// <param name="Tile">So many rows at once.</param>
    /// <param name="RestOf">Only those that tiles of this size left over; 0 for all.</param>
    public sealed record RowLoop(LoopVariable Variable, int Tile, int RestOf, EquatableArray<Statement> Body) : Statement;

    /// <summary>Leaves the method, with what is not finite, unless the value is below the limit.</summary>
    public sealed record ReturnUnlessBelow(string Local, float Limit) : Statement;

    /// <summary>Statements with a scope of their own.</summary>
    public sealed record Block(EquatableArray<Statement> Body) : Statement
    {
        /// <summary>They run only if the caller says so with this; null for always.</summary>
        public string? Condition { get; init; }

        /// <summary>They run unless the caller says so.</summary>
        public bool IsOtherwise { get; init; }
    }
}

internal enum AssignmentOperator
{
    Assign,
    Add,
    Subtract,
}
