namespace NetGen.Generator;

/// <summary>Contractions whose lanes are added up at the end.</summary>
internal sealed class AcrossLowering(Contraction sum, Kernel kernel, VectorTarget target) : ContractionLowering(sum, kernel, target)
{
    protected override IEnumerable<Statement> Tile(int steps)
    {
        IReadOnlyList<Piece> pieces = Piece.Cover(Sum.Lane.Extent, Vectors.Lanes, IsPadded);
        int chains = Math.Max(1, Math.Min(pieces.Count(p => p.Lanes == Vectors.Lanes), Vectors.Costs.AcrossSums / steps));
        var statements = new List<Statement>();
        Dictionary<int, Expr?> rates = Enumerable.Range(0, steps).ToDictionary(step => step, step => Rate(step, statements));

        // One sum for each step of the tile, each chain and each length of vector.
        var sums = new List<(int Step, int Chain, int Lanes)>();
        foreach (int lanes in pieces.Select(p => p.Lanes).Distinct())
        {
            int count = lanes == Vectors.Lanes ? chains : 1;
            for (int step = 0; step < steps; step++)
            {
                for (int chain = 0; chain < count; chain++)
                {
                    sums.Add((step, chain, lanes));
                    Expr zero = Zero(new Piece(0, lanes));
                    statements.Add(new Statement.Declare(SumName(step, chain, lanes), zero) { Lanes = lanes });
                }
            }
        }

        List<Statement> walk = Along(steps, pieces, chains, rates);
        foreach (LoopVariable over in Sum.Over.Reverse())
        {
            walk = [.. VectorCode.Walk(over, 1, Vectors.IsRow(over), _ => walk.ToArray())];
        }

        statements.AddRange(walk);
        int tileStride = Sum.Tile is { } axis ? Sum.Assignment.Place.Index.Stride(axis) : 0;
        if (steps == Piece.Shortest && tileStride == 1 && sums.TrueForAll(s => s.Lanes > 1))
        {
            statements.Add(StoreEach(sums));
            return [VectorCode.InScope(statements)];
        }

        for (int step = 0; step < steps; step++)
        {
            IEnumerable<Expr> parts = sums.Where(s => s.Step == step)
                .GroupBy(s => s.Lanes)
                .Select(g => VectorCode.Total(g.Select(s => new Expr.Local(SumName(s.Step, s.Chain, s.Lanes)))) is var total && g.Key > 1
                    ? new Expr.Across(total, g.Key)
                    : total);
            Expr value = VectorCode.Total(parts);
            if (Sum.Start is { } start)
            {
                value = AtStep(start, step) + value;
            }

            var place = (Expr.Element)AtStep(Sum.Assignment.Place, step);
            statements.Add(new Statement.Store(place, Sum.Assignment.Operator, value));
        }

        return [VectorCode.InScope(statements)];
    }

    // Four sums whose places are neighbours.
    private Statement.Store StoreEach(IReadOnlyList<(int Step, int Chain, int Lanes)> sums)
    {
        Expr total = sums.Select(s => s.Lanes).Distinct()
            .Select(lanes => (Expr)new Expr.AcrossEach(
                Enumerable.Range(0, Piece.Shortest)
                    .Select(step => VectorCode.Total(sums.Where(s => s.Step == step && s.Lanes == lanes)
                        .Select(s => new Expr.Local(SumName(s.Step, s.Chain, s.Lanes)))))
                    .ToEquatableArray(),
                lanes))
            .Aggregate((a, b) => a + b);
        if (Sum.Start is { } start)
        {
            total = VectorCode.Widen(start, Sum.Tile!, new Piece(0, Piece.Shortest)) + total;
        }

        return new Statement.Store(Sum.Assignment.Place, Sum.Assignment.Operator, total) { Lanes = Piece.Shortest };
    }

    private List<Statement> Along(int steps, IReadOnlyList<Piece> pieces, int chains, Dictionary<int, Expr?> rates)
    {
        var statements = new List<Statement>();
        int whole = pieces.Count(p => p.Lanes == Vectors.Lanes);
        int looped = whole > Vectors.Costs.VectorsWrittenOut ? whole / chains * chains : 0;
        if (looped > 0)
        {
            IEnumerable<Statement> body = pieces.Take(chains).SelectMany((piece, chain) => Step(piece, chain));
            statements.Add(new Statement.Loop(Sum.Lane, body.ToEquatableArray()) { Step = chains * Vectors.Lanes, To = looped * Vectors.Lanes });
        }

        for (int i = looped; i < pieces.Count; i++)
        {
            IEnumerable<Statement> terms = Step(pieces[i], pieces[i].Lanes == Vectors.Lanes ? i % chains : 0);
            statements.Add(VectorCode.InScope(terms.Select(AtStart)));
        }

        return statements;

        IEnumerable<Statement> Step(Piece piece, int chain)
        {
            string streamed = $"{NameOf(Sum.Streamed)}_{Literal.Of(piece.Offset)}";
            yield return new Statement.Declare(streamed, Widen(Sum.Streamed, 0, piece)) { Lanes = piece.Lanes };
            for (int step = 0; step < steps; step++)
            {
                Expr other = Widen(Sum.Other!, step, piece);
                if (Update is not null)
                {
                    string name = $"{NameOf(Sum.Other!)}{Literal.Of(step)}_{Literal.Of(piece.Offset)}";
                    yield return new Statement.Declare(name, other) { Lanes = piece.Lanes };
                    other = new Expr.Local(name);
                }

                string sum = SumName(step, chain, piece.Lanes);
                Expr next = MultiplyAdd(other, new Expr.Local(streamed), new Expr.Local(sum), piece);
                yield return new Statement.Set(sum, AssignmentOperator.Assign, next) { Lanes = piece.Lanes };
                if (Update is not null)
                {
                    yield return Overwrite(other, step, piece, rates[step]);
                }
            }
        }
    }

    private string SumName(int step, int chain, int lanes) =>
        $"sum{Literal.Of(step)}" + (chain > 0 ? Suffix(chain) : "") + (lanes == Vectors.Lanes ? "" : "_" + Literal.Of(lanes));

    // What is the same in all lanes: lr·a[i].
    private Expr? Rate(int step, List<Statement> statements)
    {
        if (Update is null)
        {
            return null;
        }

        string name = "step" + Literal.Of(step);
        statements.Add(new Statement.Declare(name, AtStep(Product(Factors(Update.Value).Where(f => !Contraction.Depends(f, Sum.Lane))), step)));
        return new Expr.Local(name);
    }
}
