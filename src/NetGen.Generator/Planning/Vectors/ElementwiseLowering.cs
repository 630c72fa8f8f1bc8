namespace NetGen.Generator;

/// <summary>
/// Carries out formulas over the same axes for each element of a tile, one formula after the other: what they read is
/// loaded once, and what they write is stored once.
/// </summary>
internal static class ElementwiseLowering
{
    /// <param name="unneeded">Nobody reads this tensor afterwards.</param>
    /// <param name="steps">Of the tile, along <paramref name="tile"/>.</param>
    /// <param name="pieces">Of the tile, along <paramref name="lane"/>.</param>
    public static IEnumerable<Statement> Lower(
        IReadOnlyList<Assignment> formulas,
        string unneeded,
        LoopVariable? tile,
        int steps,
        LoopVariable lane,
        IEnumerable<Piece> pieces)
    {
        foreach (IGrouping<int, Piece> alike in pieces.GroupBy(p => p.Lanes))
        {
            Piece first = alike.First();
            var inLane = new LoopVariable(lane.Name + "2", alike.Count() * first.Lanes);
            var inTile = new LoopVariable((tile?.Name ?? "") + "2", steps);
            Statement[] body = [.. OneVector(formulas, unneeded, lane, first, Advance)];
            body = alike.Count() > 1 ? [new Statement.Loop(inLane, body.ToEquatableArray()) { Step = first.Lanes }] : body;
            body = steps > 1 ? [new Statement.Loop(inTile, body.ToEquatableArray())] : body;
            yield return VectorCode.InScope(body);

            Expr.Element Advance(Expr.Element element)
            {
                Index index = element.Index;
                IEnumerable<IndexTerm> terms =
                [
                    .. steps > 1 && tile is not null && index.Stride(tile) is var far and not 0 ? [new IndexTerm(inTile, far)] : (IndexTerm[])[],
                    .. alike.Count() > 1 && index.Stride(lane) is var near and not 0 ? [new IndexTerm(inLane, near)] : (IndexTerm[])[],
                ];
                return element with { Index = index with { Terms = [.. index.Terms, .. terms] } };
            }
        }
    }

    private static IEnumerable<Statement> OneVector(IReadOnlyList<Assignment> formulas, string unneeded, LoopVariable lane, Piece piece, Func<Expr.Element, Expr.Element> advance)
    {
        var locals = new Dictionary<Expr.Element, string>();
        var changed = new List<Expr.Element>();
        var statements = new List<Statement>();
        foreach (Assignment formula in formulas)
        {
            Expr value = VectorCode.Widen(formula.Value, lane, piece).Rewrite(e => e is Expr.Element element ? Local(element) : null);
            var place = (Expr.Element)VectorCode.Widen(formula.Place, lane, piece);
            statements.Add(new Statement.Set(Local(place).Name, AssignmentOperator.Assign, value) { Lanes = piece.Lanes });
            if (place.Tensor != unneeded && !changed.Contains(place))
            {
                changed.Add(place);
            }
        }

        statements.AddRange(changed.Select(place => new Statement.Store(advance(place), AssignmentOperator.Assign, Local(place)) { Lanes = piece.Lanes }));
        return statements;

        Expr.Local Local(Expr.Element element)
        {
            if (!locals.TryGetValue(element, out string? name))
            {
                name = $"{element.Tensor}_{lane.Name}";
                locals.Add(element, name);
                statements.Add(new Statement.Declare(name, advance(element)) { Lanes = piece.Lanes });
            }

            return new Expr.Local(name);
        }
    }
}
