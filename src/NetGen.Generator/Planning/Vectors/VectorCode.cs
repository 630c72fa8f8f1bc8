namespace NetGen.Generator;

/// <summary>Turns formulas over single elements into formulas over vectors, and nests statements in loops.</summary>
internal static class VectorCode
{
    private const int Pair = 2;

    /// <summary>The formula for neighbouring steps of the lane's axis: what depends on it is loaded, the rest is repeated.</summary>
    public static Expr Widen(Expr value, LoopVariable lane, Piece piece)
    {
        return Visit(value);

        Expr Visit(Expr e) => e switch
        {
            Expr.Element element when element.Index.Stride(lane) == 0 => Repeat(element, piece.Lanes),
            Expr.Element element => element with { Index = element.Index.Advance(lane, piece.Offset) },
            Expr.Local => Repeat(e, piece.Lanes),
            _ when piece.Lanes > 1 && IsFixed(e, lane) => Repeat(e, piece.Lanes),
            _ => Rebuild(e),
        };

        Expr Rebuild(Expr e) => e.Rewrite(part => ReferenceEquals(part, e) ? null : Visit(part));
    }

    /// <summary>
    /// The limit that a choice keeps its value below or above, which is one operation: Min or Max. Of a NaN and a number
    /// they give the NaN, as the choice does; of zeros of both signs not the same one.
    /// </summary>
    public static (string Function, Expr.Constant Limit, Expr Value)? Bound(Expr.Select choice) => choice switch
    {
        { Left: Expr.Constant { Value: not 0 } limit } when choice.Then == limit && choice.Otherwise == choice.Right => ("Min", limit, choice.Right),
        { Right: Expr.Constant { Value: not 0 } limit } when choice.Then == limit && choice.Otherwise == choice.Left => ("Max", limit, choice.Left),
        _ => null,
    };

    /// <summary>The sum, added up in pairs, so that as few additions as can be wait for each other.</summary>
    public static Expr Total(IEnumerable<Expr> parts)
    {
        Expr[] left = [.. parts];
        while (left.Length > 1)
        {
            Expr[] pairs = new Expr[(left.Length + 1) / 2];
            for (int i = 0; i < pairs.Length; i++)
            {
                pairs[i] = (2 * i) + 1 < left.Length ? left[2 * i] + left[(2 * i) + 1] : left[2 * i];
            }

            left = pairs;
        }

        return left[0];
    }

    /// <summary>
    /// The sum, the first half of the parts added to the second until one is left: so the lanes of a long vector are added
    /// up where shorter ones, or single elements, hold them.
    /// </summary>
    /// <param name="parts">A power of two of them.</param>
    public static Expr Halves(IEnumerable<Expr> parts)
    {
        Expr[] left = [.. parts];
        while (left.Length > 1)
        {
            int half = left.Length / 2;
            left = [.. left.Take(half).Zip(left.Skip(half), (a, b) => a + b)];
        }

        return left[0];
    }

    public static Expr Repeat(Expr scalar, int lanes) => lanes == 1 ? scalar : new Expr.Splat(scalar);

    /// <summary>Statements where a variable has a fixed value, or is further on.</summary>
    public static Expr At(Expr value, LoopVariable variable, int offset, bool isFixed = false) =>
        offset == 0 && !isFixed ? value : Place(value, variable, offset, isFixed);

    private static Expr Place(Expr value, LoopVariable variable, int offset, bool isFixed) =>
        value.Rewrite(e => e is not Expr.Element element ? null
            : (isFixed ? element.Index.Substitute(variable, offset) : element.Index.Advance(variable, offset)) is var index && ReferenceEquals(index, element.Index) ? element
            : element with { Index = index });

    /// <summary>Walks an axis in steps, and what they leave over in one more; a single round needs no loop.</summary>
    /// <param name="isRow">The axis is the rows of a batch, whose number is not known.</param>
    /// <param name="body">Makes the statements for so many steps at once.</param>
    public static IEnumerable<Statement> Walk(LoopVariable variable, int step, bool isRow, Func<int, IEnumerable<Statement>> body)
    {
        if (isRow)
        {
            // Rows that are left over: most batches are even.
            for (int after = 0; step > 0; (after, step) = (step, step > Pair * Pair ? Pair : step > 1 ? 1 : 0))
            {
                yield return new Statement.RowLoop(variable, step, after, Body(body(step)));
            }

            yield break;
        }

        int whole = variable.Extent / step * step;
        if (whole > 0)
        {
            yield return Round(body(step), 0, whole, step);
        }

        if (whole < variable.Extent)
        {
            int rest = variable.Extent - whole;
            yield return Round(body(rest), whole, variable.Extent, rest);
        }

        Statement Round(IEnumerable<Statement> statements, int from, int to, int by) => to - from > by
            ? new Statement.Loop(variable, Body(statements)) { From = from, To = to, Step = by }
            : InScope(statements.Select(s => StatementRewriter.Rewrite(s, value => At(value, variable, from, isFixed: true))));
    }

    /// <summary>Keeps the locals of statements apart from those of others.</summary>
    public static Statement InScope(IEnumerable<Statement> statements) =>
        statements.ToArray() is [Statement.Block or Statement.Loop or Statement.RowLoop] and [var only]
            ? only
            : new Statement.Block(statements.ToEquatableArray());

    /// <summary>The statements, in a scope of their own if they declare anything.</summary>
    public static IEnumerable<Statement> Apart(IEnumerable<Statement> statements)
    {
        Statement[] all = [.. statements];
        return all.Any(s => s is Statement.Declare) ? [new Statement.Block(all.ToEquatableArray())] : all;
    }

    /// <summary>What stands in braces of its own: they are scope enough.</summary>
    public static EquatableArray<Statement> Body(IEnumerable<Statement> statements) =>
        statements.ToArray() is var all && all is [Statement.Block { Condition: null } only] ? only.Body : all.ToEquatableArray();

    private static bool IsFixed(Expr e, LoopVariable lane) =>
        e is not Expr.Constant && e.Descend().All(d => d is not Expr.Element element || element.Index.Stride(lane) == 0);
}
