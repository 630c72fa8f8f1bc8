namespace NetGen.Generator;

/// <summary>Computes a scalar that is made of sums over an axis: several terms at once, whose lanes are added up.</summary>
internal static class TotalLowering
{
    /// <summary>The statements; null where a sum is too short for vectors, or they cannot carry it out.</summary>
    public static IEnumerable<Statement>? Lower(Assignment assignment, VectorTarget target)
    {
        if (assignment.Domain.Any(v => v.Extent > 1))
        {
            return null;
        }

        var statements = new List<Statement>();
        bool fits = true;
        Expr value = assignment.Value.Rewrite(e =>
        {
            if (e is not Expr.Reduce reduce)
            {
                return null;
            }

            bool isSum = reduce.Reduction == Reduction.Sum
                && reduce.Over.Extent >= Piece.Shortest
                && Contraction.IsLane(reduce.Over, reduce.Body.Descend().OfType<Expr.Element>())
                && !reduce.Body.Descend().Any(inner => inner is Expr.Reduce);
            fits &= isSum;
            return isSum ? Total(reduce, assignment.Target, target, target.IsPadded(assignment, reduce.Over), statements) : e;
        });
        if (!fits || statements.Count == 0)
        {
            return null;
        }

        if (assignment.Domain.Count == 0)
        {
            return [.. statements, new Statement.Declare(assignment.Target, value)];
        }

        var place = (Expr.Element)VectorCode.At(assignment.Place, assignment.Domain[0], 0, isFixed: true);
        return [new Statement.Block([.. statements, new Statement.Store(place, assignment.Operator, value)])];
    }

    private static Expr Total(Expr.Reduce reduce, string name, VectorTarget target, bool isPadded, List<Statement> statements)
    {
        LoopVariable axis = reduce.Over;
        IReadOnlyList<Piece> pieces = Piece.Cover(axis.Extent, target.Lanes, isPadded);
        var totals = new List<Expr>();
        foreach (IGrouping<int, Piece> length in pieces.GroupBy(p => p.Lanes))
        {
            string sum = $"{name}_sum{Literal.Of(length.Key)}";
            Piece[] some = [.. length];

            // Padding can be longer than a vector: more than the last may need a mask.
            int looped = some.Length > target.Costs.VectorsWrittenOut
                ? Math.Min(some.Length - 1, some.Count(p => p.Offset + p.Lanes <= axis.Extent))
                : 0;
            statements.Add(new Statement.Declare(sum, 0f) { Lanes = length.Key });
            if (looped > 0)
            {
                statements.Add(new Statement.Loop(axis, Add(some[0], sum, isFixed: false).ToEquatableArray()) { Step = length.Key, To = looped * length.Key });
            }

            foreach (Piece piece in some.Skip(looped))
            {
                statements.AddRange(Add(piece, sum, isFixed: true));
            }

            totals.Add(length.Key > 1 ? new Expr.Across(new Expr.Local(sum), length.Key) : new Expr.Local(sum));
        }

        return VectorCode.Total(totals);

        IEnumerable<Statement> Add(Piece piece, string sum, bool isFixed)
        {
            var terms = new List<Statement>();
            Expr term = VectorCode.Widen(reduce.Body, axis, piece);
            term = isFixed ? VectorCode.At(term, axis, 0, isFixed: true) : term;
            term = Sharing.Bind(term, $"_{name}_{Literal.Of(piece.Offset)}", terms, piece.Lanes);
            term = piece.Offset + piece.Lanes > axis.Extent ? new Expr.FirstLanes(term, axis.Extent - piece.Offset) : term;
            terms.Add(new Statement.Set(sum, AssignmentOperator.Assign, new Expr.Local(sum) + term) { Lanes = piece.Lanes });
            return isFixed ? VectorCode.Apart(terms) : terms;
        }
    }
}
