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
        IReadOnlyList<Piece> groups = Piece.Cover(axis.Extent, target.Order.LanesAcross(target), isPadded);
        var totals = new List<Expr>();
        foreach (IGrouping<int, Piece> length in groups.GroupBy(p => p.Lanes))
        {
            Piece[] some = [.. length];
            int lanes = Math.Min(length.Key, target.Lanes);
            string[] sums = [.. Enumerable.Range(0, length.Key / lanes).Select(part => $"{name}_sum{Literal.Of(length.Key)}" + (part > 0 ? "p" + Literal.Of(part) : ""))];

            // Padding can be longer than a vector: more than the last may need a mask.
            int looped = some.Length > target.Costs.VectorsWrittenOut
                ? Math.Min(some.Length - 1, some.Count(p => p.Offset + p.Lanes <= axis.Extent))
                : 0;
            statements.AddRange(sums.Select(sum => new Statement.Declare(sum, 0f) { Lanes = lanes }));
            if (looped > 0)
            {
                statements.Add(new Statement.Loop(axis, AddAll(some[0], isFixed: false).ToEquatableArray()) { Step = length.Key, To = looped * length.Key });
            }

            foreach (Piece group in some.Skip(looped))
            {
                statements.AddRange(AddAll(group, isFixed: true));
            }

            Expr total = VectorCode.Halves(sums.Select(sum => new Expr.Local(sum)));
            totals.Add(lanes > 1 ? new Expr.Across(total, lanes) : total);

            IEnumerable<Statement> AddAll(Piece group, bool isFixed) =>
                group.Split(target.Lanes, axis.Extent).SelectMany((piece, part) => Add(piece, sums[part], isFixed));
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
