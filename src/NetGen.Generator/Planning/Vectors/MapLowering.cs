namespace NetGen.Generator;

/// <summary>Carries out a formula for each element of its target, several neighbours at once.</summary>
internal static class MapLowering
{
    /// <summary>The axis of the lanes; null where vectors cannot carry the formula out.</summary>
    public static LoopVariable? LaneOf(Assignment assignment) =>
        assignment.Value.Descend().Any(e => e is Expr.Reduce)
            ? null
            : assignment.Domain.LastOrDefault(v => v.Extent > 1 && Contraction.IsLane(v, PanelSplit.Places(assignment)));

    public static IEnumerable<Statement> Lower(Assignment assignment, LoopVariable lane, VectorTarget target)
    {
        // Far strides outside, near ones inside.
        LoopVariable[] outer =
        [
            .. assignment.Domain.Where(v => v != lane).OrderByDescending(v => assignment.Place.Index.Stride(v)),
        ];
        LoopVariable? inner = outer.LastOrDefault();
        bool isPadded = target.IsPadded(assignment, lane);
        IReadOnlyList<Piece> pieces = Piece.Cover(lane.Extent, target.Lanes, isPadded);
        bool hasCalls = assignment.Value.Descend().Any(e => e is Expr.FunctionCall);
        CostModel costs = target.Costs;
        int writtenOut = hasCalls ? costs.FunctionsWrittenOut : inner is null || target.IsRow(inner) ? costs.VectorsWrittenOut : 2 * costs.VectorsWrittenOut;
        int whole = pieces.Count(p => p.Lanes == target.Lanes);
        var statements = new List<Statement>();
        if (whole > writtenOut)
        {
            int step = target.Lanes;

            // Padding can be longer than a vector: more than the last may need a mask.
            int looped = pieces.Take(whole).Count(p => !hasMask(p));
            statements.Add(new Statement.Loop(lane, Round([pieces[0]], isLooped: true).ToEquatableArray()) { Step = step, To = looped * step });
            pieces = [.. pieces.Skip(looped)];
        }

        if (pieces.Count > 0)
        {
            statements.Add(VectorCode.InScope(Round(pieces, isLooped: false)));
        }

        return statements;

        bool hasMask(Piece piece) => isPadded && assignment.Operator == AssignmentOperator.Assign && piece.Offset + piece.Lanes > lane.Extent;

        // All outer loops around a few vectors; what the innermost does not change is loaded before it.
        IEnumerable<Statement> Round(IReadOnlyList<Piece> some, bool isLooped)
        {
            var before = new List<Statement>();
            var body = new List<Statement>();
            foreach (Piece piece in some)
            {
                Expr value = VectorCode.Widen(assignment.Value, lane, piece);
                string suffix = "_" + Literal.Of(piece.Offset);
                if (inner is not null)
                {
                    value = Hoist(value, inner, suffix, piece, before);
                }

                value = Sharing.Bind(value, suffix, body, piece.Lanes);
                if (hasMask(piece))
                {
                    value = piece.Lanes == 1 ? value : new Expr.FirstLanes(value, lane.Extent - piece.Offset);
                }

                var place = (Expr.Element)VectorCode.Widen(assignment.Place, lane, piece);
                body.Add(new Statement.Store(place, assignment.Operator, value) { Lanes = piece.Lanes });
            }

            IEnumerable<Statement> nested = body;
            for (int i = outer.Length - 1; i >= 0; i--)
            {
                Statement[] inside = [.. nested];
                nested = VectorCode.Walk(outer[i], 1, target.IsRow(outer[i]), _ => inside);
                if (i == outer.Length - 1)
                {
                    nested = before.Concat(nested);
                }
            }

            return isLooped
                ? nested
                : nested.Select(s => StatementRewriter.Rewrite(s, value => VectorCode.At(value, lane, 0, isFixed: true)));
        }
    }

    // Vectors that do not change along the inner loop, such as dz, and the rate that scales them.
    private static Expr Hoist(Expr value, LoopVariable inner, string suffix, Piece piece, List<Statement> before) => value.Rewrite(e =>
    {
        if (e is Expr.Constant or Expr.Local || Contraction.Depends(e, inner) || !e.Descend().Any(d => d is Expr.Element))
        {
            return null;
        }

        Statement.Declare[] declared = [.. before.OfType<Statement.Declare>()];
        if (declared.FirstOrDefault(d => d.Value == e) is { } same)
        {
            return new Expr.Local(same.Local);
        }

        string name = (e is Expr.Element element ? element.Tensor : "change") + suffix;
        while (declared.Any(d => d.Local == name))
        {
            name += "b";
        }

        before.Add(new Statement.Declare(name, e) { Lanes = piece.Lanes });
        return new Expr.Local(name);
    });
}
