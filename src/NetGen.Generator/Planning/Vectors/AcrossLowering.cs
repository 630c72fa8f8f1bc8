namespace NetGen.Generator;

/// <summary>Contractions whose lanes are added up at the end.</summary>
internal sealed class AcrossLowering(Contraction sum, Kernel kernel, VectorTarget target) : ContractionLowering(sum, kernel, target)
{
    // Four neighbours are added up and stored together.
    protected override int TileSteps(LoopVariable tile) => Vectors.Order.StepsAcross(Math.Min(Piece.Shortest, tile.Extent), Vectors);

    protected override IEnumerable<Statement> Tile(int steps)
    {
        int longest = Vectors.Order.LanesAcross(Vectors);
        IReadOnlyList<Piece> groups = Piece.Cover(Sum.Lane.Extent, longest, IsPadded);
        int chains = Vectors.Order.PartsAcross(groups.Count(g => g.Lanes == longest), steps, Vectors);
        var statements = new List<Statement>();
        Dictionary<int, Expr?> rates = Enumerable.Range(0, steps).ToDictionary(step => step, step => Rate(step, statements));

        // One sum for each step of the tile, each chain, each length of group and each vector that holds a part of it.
        var sums = new List<LaneSum>();
        foreach (int lanes in groups.Select(g => g.Lanes).Distinct())
        {
            int count = lanes == longest ? chains : 1;
            for (int step = 0; step < steps; step++)
            {
                for (int chain = 0; chain < count; chain++)
                {
                    for (int part = 0; part * Vectors.Lanes < lanes; part++)
                    {
                        var sum = new LaneSum(step, chain, lanes, part);
                        sums.Add(sum);
                        int length = Math.Min(lanes, Vectors.Lanes);
                        statements.Add(new Statement.Declare(NameOf(sum), Zero(new Piece(0, length))) { Lanes = length });
                    }
                }
            }
        }

        List<Statement> walk = Along(steps, groups, longest, chains, rates);
        foreach (LoopVariable over in Sum.Over.Reverse())
        {
            walk = [.. VectorCode.Walk(over, 1, Vectors.IsRow(over), _ => walk.ToArray())];
        }

        statements.AddRange(walk);
        int tileStride = Sum.Tile is { } axis ? Sum.Assignment.Place.Index.Stride(axis) : 0;
        if (steps == Piece.Shortest && tileStride == 1 && Vectors.Lanes > 1 && sums.TrueForAll(s => s.Lanes > 1))
        {
            statements.Add(StoreEach(sums));
            return [VectorCode.InScope(statements)];
        }

        for (int step = 0; step < steps; step++)
        {
            IEnumerable<Expr> parts = sums.Where(s => s.Step == step)
                .GroupBy(s => s.Lanes)
                .Select(g => InLanes(g) is var total && Math.Min(g.Key, Vectors.Lanes) is var lanes and > 1 ? new Expr.Across(total, lanes) : total);
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
    private Statement.Store StoreEach(IReadOnlyList<LaneSum> sums)
    {
        Expr total = sums.Select(s => s.Lanes).Distinct()
            .Select(lanes => (Expr)new Expr.AcrossEach(
                Enumerable.Range(0, Piece.Shortest).Select(step => InLanes(sums.Where(s => s.Step == step && s.Lanes == lanes))).ToEquatableArray(),
                Math.Min(lanes, Vectors.Lanes)))
            .Aggregate((a, b) => a + b);
        if (Sum.Start is { } start)
        {
            total = VectorCode.Widen(start, Sum.Tile!, new Piece(0, Piece.Shortest)) + total;
        }

        return new Statement.Store(Sum.Assignment.Place, Sum.Assignment.Operator, total) { Lanes = Piece.Shortest };
    }

    // The sums of a group in the lanes of one vector, still to be added up.
    private Expr InLanes(IEnumerable<LaneSum> group) =>
        VectorCode.Halves(group.GroupBy(s => s.Part).Select(chains => VectorCode.Total(chains.Select(s => new Expr.Local(NameOf(s))))));

    private List<Statement> Along(int steps, IReadOnlyList<Piece> groups, int longest, int chains, Dictionary<int, Expr?> rates)
    {
        var statements = new List<Statement>();
        int whole = groups.Count(g => g.Lanes == longest);
        int looped = whole > Vectors.Costs.VectorsWrittenOut ? whole / chains * chains : 0;
        if (looped > 0)
        {
            IEnumerable<Statement> body = groups.Take(chains).SelectMany((group, chain) => Steps(group, chain));
            statements.Add(new Statement.Loop(Sum.Lane, body.ToEquatableArray()) { Step = chains * longest, To = looped * longest });
        }

        for (int i = looped; i < groups.Count; i++)
        {
            IEnumerable<Statement> terms = Steps(groups[i], groups[i].Lanes == longest ? i % chains : 0);
            statements.Add(VectorCode.InScope(terms.Select(AtStart)));
        }

        return statements;

        IEnumerable<Statement> Steps(Piece group, int chain) => group.Split(Vectors.Lanes, Sum.Lane.Extent)
            .SelectMany((piece, part) => Step(piece, step => NameOf(new LaneSum(step, chain, group.Lanes, part))));

        IEnumerable<Statement> Step(Piece piece, Func<int, string> sumOf)
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

                string sum = sumOf(step);
                Expr next = MultiplyAdd(other, new Expr.Local(streamed), new Expr.Local(sum), piece);
                yield return new Statement.Set(sum, AssignmentOperator.Assign, next) { Lanes = piece.Lanes };
                if (Update is not null)
                {
                    yield return Overwrite(other, step, piece, rates[step]);
                }
            }
        }
    }

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

    /// <summary>A vector of sums.</summary>
    /// <param name="Lanes">Of the group, which several vectors may hold.</param>
    /// <param name="Part">Which of them this is.</param>
    private readonly record struct LaneSum(int Step, int Chain, int Lanes, int Part);

    private string NameOf(LaneSum sum) =>
        $"sum{Literal.Of(sum.Step)}" + (sum.Chain > 0 ? Suffix(sum.Chain) : "") + (sum.Lanes == Vectors.Order.LanesAcross(Vectors) ? "" : "_" + Literal.Of(sum.Lanes)) + (sum.Part > 0 ? "p" + Literal.Of(sum.Part) : "");
}
