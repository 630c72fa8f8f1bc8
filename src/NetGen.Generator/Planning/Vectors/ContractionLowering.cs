namespace NetGen.Generator;

/// <summary>
/// Carries out a contraction in tiles: sums stay in registers while the axes that are summed over are walked, and what
/// is loaded once serves all steps of the tile.
/// </summary>
internal sealed class ContractionLowering
{
    private readonly Contraction _sum;
    private readonly Assignment? _update;
    private readonly Assignment? _map;
    private readonly bool _isStored;
    private readonly VectorTarget _target;
    private readonly bool _isPadded;

    private ContractionLowering(Contraction sum, Kernel kernel, VectorTarget target)
    {
        _sum = sum;
        _update = kernel.Fusion == Fusion.Sweep ? kernel.Assignments[1] : null;
        _map = kernel.Fusion is Fusion.Epilogue or Fusion.EpilogueInRegisters ? kernel.Assignments[1] : null;
        _isStored = kernel.Fusion != Fusion.EpilogueInRegisters;
        _target = target;
        _isPadded = target.IsPadded(sum.Assignment, sum.Lane);
    }

    /// <summary>Carries out a kernel whose first assignment is a contraction, with what is fused with it.</summary>
    public static IEnumerable<Statement> Lower(Contraction sum, Kernel kernel, VectorTarget target) =>
        new ContractionLowering(sum, kernel, target).Lower();

    private IEnumerable<Statement> Lower()
    {
        IEnumerable<Statement> statements = _sum.Tile is { } tile
            ? VectorCode.Walk(tile, TileSteps(tile), _target.IsRow(tile), Tile)
            : Tile(1);
        foreach (LoopVariable outer in _sum.Outer.Reverse())
        {
            Statement[] body = [.. statements];
            statements = VectorCode.Walk(outer, 1, _target.IsRow(outer), _ => body);
        }

        return statements;
    }

    // Few steps that are not whole tiles are one tile of their own.
    private int TileSteps(LoopVariable tile) => Math.Min(_target.Costs.TileRows, tile.Extent);

    private IEnumerable<Statement> Tile(int steps) => _sum.IsAcross ? AcrossTile(steps) : SideBySideTile(steps);

    // ---- Each lane is a sum of its own.

    private IEnumerable<Statement> SideBySideTile(int steps)
    {
        IReadOnlyList<Piece> pieces = Piece.Cover(_sum.Lane.Extent, _target.Lanes, _isPadded);
        int most = _target.Costs.TileVectors(_target.Lanes, steps);
        int chunks = (pieces.Count + most - 1) / most;
        int perChunk = (pieces.Count + chunks - 1) / chunks;
        int length = perChunk * _target.Lanes;
        int whole = pieces.Count(p => p.Lanes == _target.Lanes) / perChunk;

        if (whole > 1)
        {
            Piece[] one = [.. pieces.Take(perChunk)];
            yield return new Statement.Loop(_sum.Lane, SideBySide(steps, one).ToEquatableArray()) { Step = length, To = whole * length };
            pieces = [.. pieces.Skip(whole * perChunk)];
        }

        for (int i = 0; i < pieces.Count; i += perChunk)
        {
            Piece[] chunk = [.. pieces.Skip(i).Take(perChunk)];
            yield return VectorCode.InScope(SideBySide(steps, chunk).Select(AtStart));
        }
    }

    // Written-out chunks start at the axis's first element.
    private Statement AtStart(Statement statement) => StatementRewriter.Rewrite(statement, value => VectorCode.At(value, _sum.Lane, 0, isFixed: true));

    private IEnumerable<Statement> SideBySide(int steps, Piece[] pieces)
    {
        LoopVariable? over = _sum.Over.Count == 1 ? _sum.Over[0] : null;
        bool isRows = over is not null && _target.IsRow(over);
        int sums = steps * pieces.Length;
        int chains = over is null || isRows ? 1 : Math.Max(1, Math.Min(over.Extent / 2, _target.Costs.IndependentSums / sums));
        var statements = new List<Statement>();
        for (int chain = 0; chain < chains; chain++)
        {
            foreach ((int step, Piece piece) in Places(steps, pieces))
            {
                Expr start = chain == 0 && _sum.Start is { } s ? Widen(s, step, piece) : Zero(piece);
                statements.Add(new Statement.Declare(Name(steps, step, piece, chain), start) { Lanes = piece.Lanes });
            }
        }

        bool isWrittenOut = over is not null && _target.Rows is null && over.Extent * sums <= _target.Costs.MultiplyAddsWrittenOut;
        if (over is null)
        {
            statements.AddRange(Terms(steps, pieces, 0));
        }
        else if (isWrittenOut)
        {
            for (int k = 0; k < over.Extent; k++)
            {
                int at = k;
                IEnumerable<Statement> terms = Terms(steps, pieces, k % chains)
                    .Select(s => StatementRewriter.Rewrite(s, value => VectorCode.At(value, over, at, isFixed: true)));
                statements.AddRange(VectorCode.Apart(terms));
            }
        }
        else
        {
            statements.AddRange(VectorCode.Walk(over, chains, isRows, n => Enumerable.Range(0, n).SelectMany(chain =>
            {
                IEnumerable<Statement> terms = Terms(steps, pieces, chain)
                    .Select(s => StatementRewriter.Rewrite(s, value => VectorCode.At(value, over, chain)));
                return n > 1 ? VectorCode.Apart(terms) : terms;
            })));
        }

        foreach ((int step, Piece piece) in Places(steps, pieces))
        {
            Expr total = VectorCode.Total(Enumerable.Range(0, chains).Select(chain => new Expr.Local(Name(steps, step, piece, chain))));
            statements.AddRange(Finish(total, steps, step, piece));
        }

        return statements;
    }

    // What becomes of a sum: it is stored, or the formula is applied to it.
    private IEnumerable<Statement> Finish(Expr total, int steps, int step, Piece piece)
    {
        Expr.Element place = Target(step, piece);
        if (_map is null)
        {
            yield return new Statement.Store(place, _sum.Assignment.Operator, total) { Lanes = piece.Lanes };
            yield break;
        }

        string suffix = (steps > 1 ? "_" + Literal.Of(step) : "") + "_" + Literal.Of(piece.Offset);
        Expr sum = total;
        if (total is not Expr.Local)
        {
            string name = $"{_sum.Assignment.Target}{suffix}_sum";
            yield return new Statement.Declare(name, total) { Lanes = piece.Lanes };
            sum = new Expr.Local(name);
        }

        if (_isStored)
        {
            yield return new Statement.Store(place, AssignmentOperator.Assign, sum) { Lanes = piece.Lanes };
        }

        var before = new List<Statement>();
        Expr value = Widen(_map.Value, step, piece).Rewrite(e => e == place ? sum : null);
        value = Sharing.Bind(value, suffix, before, piece.Lanes);
        foreach (Statement statement in before)
        {
            yield return statement;
        }

        int left = _sum.Lane.Extent - piece.Offset;
        value = left < piece.Lanes ? new Expr.FirstLanes(value, left) : value;
        yield return new Statement.Store((Expr.Element)Widen(_map.Place, step, piece), AssignmentOperator.Assign, value) { Lanes = piece.Lanes };
    }

    // One term of each sum.
    private IEnumerable<Statement> Terms(int steps, Piece[] pieces, int chain)
    {
        var loaded = new Dictionary<Piece, Expr>();
        foreach (Piece piece in pieces)
        {
            Expr streamed = Widen(_sum.Streamed, 0, piece);
            if (steps > 1 || _update is not null)
            {
                string name = $"{NameOf(_sum.Streamed)}_{Literal.Of(piece.Offset)}" + (chain > 0 ? Suffix(chain) : "");
                yield return new Statement.Declare(name, streamed) { Lanes = piece.Lanes };
                streamed = new Expr.Local(name);
            }

            loaded.Add(piece, streamed);
        }

        for (int step = 0; step < steps; step++)
        {
            // One number for all lanes, in a vector of each length.
            var repeated = new Dictionary<int, Expr>();
            foreach (Piece piece in pieces)
            {
                var sum = new Expr.Local(Name(steps, step, piece, chain));
                Expr next = sum + loaded[piece];
                if (_sum.Other is { } other)
                {
                    if (!repeated.TryGetValue(piece.Lanes, out Expr? factor))
                    {
                        factor = Widen(other, step, piece);
                        if (pieces.Count(p => p.Lanes == piece.Lanes) > 1 && piece.Lanes > 1)
                        {
                            string name = $"{NameOf(other)}_{VariableOf(other)}"
                                + (steps > 1 ? Literal.Of(step) : "")
                                + (chain > 0 ? Suffix(chain) : "")
                                + (piece.Lanes < _target.Lanes ? "_" + Literal.Of(piece.Lanes) : "");
                            yield return new Statement.Declare(name, factor) { Lanes = piece.Lanes };
                            factor = new Expr.Local(name);
                        }

                        repeated.Add(piece.Lanes, factor);
                    }

                    next = MultiplyAdd(factor, loaded[piece], sum, piece);
                }

                yield return new Statement.Set(sum.Name, AssignmentOperator.Assign, next) { Lanes = piece.Lanes };
            }
        }

        if (_update is not null)
        {
            foreach (Piece piece in pieces)
            {
                yield return Update(loaded[piece], 0, piece, null);
            }
        }
    }

    // ---- The lanes are added up at the end.

    private IEnumerable<Statement> AcrossTile(int steps)
    {
        IReadOnlyList<Piece> pieces = Piece.Cover(_sum.Lane.Extent, _target.Lanes, _isPadded);
        int chains = Math.Max(1, Math.Min(pieces.Count(p => p.Lanes == _target.Lanes), _target.Costs.AcrossSums / steps));
        var statements = new List<Statement>();
        Dictionary<int, Expr?> rates = Enumerable.Range(0, steps).ToDictionary(step => step, step => Rate(step, statements));

        // One sum for each step of the tile, each chain and each length of vector.
        var sums = new List<(int Step, int Chain, int Lanes)>();
        foreach (int lanes in pieces.Select(p => p.Lanes).Distinct())
        {
            int count = lanes == _target.Lanes ? chains : 1;
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
        foreach (LoopVariable over in _sum.Over.Reverse())
        {
            walk = [.. VectorCode.Walk(over, 1, _target.IsRow(over), _ => walk.ToArray())];
        }

        statements.AddRange(walk);
        int tileStride = _sum.Tile is { } axis ? _sum.Assignment.Place.Index.Stride(axis) : 0;
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
            if (_sum.Start is { } start)
            {
                value = AtStep(start, step) + value;
            }

            var place = (Expr.Element)AtStep(_sum.Assignment.Place, step);
            statements.Add(new Statement.Store(place, _sum.Assignment.Operator, value));
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
        if (_sum.Start is { } start)
        {
            total = VectorCode.Widen(start, _sum.Tile!, new Piece(0, Piece.Shortest)) + total;
        }

        return new Statement.Store(_sum.Assignment.Place, _sum.Assignment.Operator, total) { Lanes = Piece.Shortest };
    }

    private List<Statement> Along(int steps, IReadOnlyList<Piece> pieces, int chains, Dictionary<int, Expr?> rates)
    {
        var statements = new List<Statement>();
        int whole = pieces.Count(p => p.Lanes == _target.Lanes);
        int looped = whole > _target.Costs.VectorsWrittenOut ? whole / chains * chains : 0;
        if (looped > 0)
        {
            IEnumerable<Statement> body = pieces.Take(chains).SelectMany((piece, chain) => Step(piece, chain));
            statements.Add(new Statement.Loop(_sum.Lane, body.ToEquatableArray()) { Step = chains * _target.Lanes, To = looped * _target.Lanes });
        }

        for (int i = looped; i < pieces.Count; i++)
        {
            IEnumerable<Statement> terms = Step(pieces[i], pieces[i].Lanes == _target.Lanes ? i % chains : 0);
            statements.Add(VectorCode.InScope(terms.Select(AtStart)));
        }

        return statements;

        IEnumerable<Statement> Step(Piece piece, int chain)
        {
            string streamed = $"{NameOf(_sum.Streamed)}_{Literal.Of(piece.Offset)}";
            yield return new Statement.Declare(streamed, Widen(_sum.Streamed, 0, piece)) { Lanes = piece.Lanes };
            for (int step = 0; step < steps; step++)
            {
                Expr other = Widen(_sum.Other!, step, piece);
                if (_update is not null)
                {
                    string name = $"{NameOf(_sum.Other!)}{Literal.Of(step)}_{Literal.Of(piece.Offset)}";
                    yield return new Statement.Declare(name, other) { Lanes = piece.Lanes };
                    other = new Expr.Local(name);
                }

                string sum = SumName(step, chain, piece.Lanes);
                Expr next = MultiplyAdd(other, new Expr.Local(streamed), new Expr.Local(sum), piece);
                yield return new Statement.Set(sum, AssignmentOperator.Assign, next) { Lanes = piece.Lanes };
                if (_update is not null)
                {
                    yield return Update(other, step, piece, rates[step]);
                }
            }
        }
    }

    private string SumName(int step, int chain, int lanes) =>
        $"sum{Literal.Of(step)}" + (chain > 0 ? Suffix(chain) : "") + (lanes == _target.Lanes ? "" : "_" + Literal.Of(lanes));

    // ---- The matrix is overwritten in the same sweep.

    // What is the same in all lanes: lr·a[i].
    private Expr? Rate(int step, List<Statement> statements)
    {
        if (_update is null)
        {
            return null;
        }

        string name = "step" + Literal.Of(step);
        statements.Add(new Statement.Declare(name, AtStep(Product(Factors(_update.Value).Where(f => !Contraction.Depends(f, _sum.Lane))), step)));
        return new Expr.Local(name);
    }

    private Statement.Store Update(Expr old, int step, Piece piece, Expr? rate)
    {
        Expr[] factors = [.. Factors(_update!.Value)];
        rate ??= AtStep(Product(factors.Where(f => !Contraction.Depends(f, _sum.Lane))), step);
        Expr change = AtStep(Product(factors.Where(f => Contraction.Depends(f, _sum.Lane))), step);
        Expr by = VectorCode.Repeat(rate, piece.Lanes);
        Expr changed = _update.Operator == AssignmentOperator.Subtract
            ? MultiplyAdd(-by, VectorCode.Widen(change, _sum.Lane, piece), old, piece)
            : MultiplyAdd(by, VectorCode.Widen(change, _sum.Lane, piece), old, piece);
        var place = (Expr.Element)VectorCode.Widen(AtStep(_update.Place, step), _sum.Lane, piece);
        return new Statement.Store(place, AssignmentOperator.Assign, changed) { Lanes = piece.Lanes };
    }

    /// <summary>Whether an assignment changes the matrix that the contraction reads, by a product.</summary>
    public static bool CanUpdate(Contraction sum, Assignment update) =>
        update.Operator == AssignmentOperator.Subtract
        && update.Value.Descend().All(e => e is Expr.Element or Expr.Local or Expr.Binary { Operator: BinaryOperator.Multiply })
        && new[] { sum.Streamed, sum.Other }.Count(f => f is Expr.Element element && element == update.Place) == 1
        && (sum.IsAcross ? sum.Other : sum.Streamed) is Expr.Element matrix && matrix == update.Place
        && (sum.IsAcross || sum.Tile is null);

    private static IEnumerable<Expr> Factors(Expr value) =>
        value is Expr.Binary { Operator: BinaryOperator.Multiply } m ? Factors(m.Left).Concat(Factors(m.Right)) : [value];

    private static Expr Product(IEnumerable<Expr> factors) => factors.Aggregate((a, b) => a * b);

    // ---- Names and places.

    private IEnumerable<(int Step, Piece Piece)> Places(int steps, Piece[] pieces) =>
        Enumerable.Range(0, steps).SelectMany(_ => pieces, (step, piece) => (step, piece));

    private Expr AtStep(Expr value, int step) => _sum.Tile is { } tile ? VectorCode.At(value, tile, step) : value;

    private Expr Widen(Expr value, int step, Piece piece) => VectorCode.Widen(AtStep(value, step), _sum.Lane, piece);

    private Expr.Element Target(int step, Piece piece) => (Expr.Element)Widen(_sum.Assignment.Place, step, piece);

    private string Name(int steps, int step, Piece piece, int chain) =>
        _sum.Assignment.Target
        + (steps > 1 ? "_" + Literal.Of(step) : "")
        + "_" + Literal.Of(piece.Offset)
        + (chain > 0 ? Suffix(chain) : "");

    private static string NameOf(Expr factor) => ((Expr.Element)factor).Tensor;

    // The axis along which the factor changes fastest: i of x[i].
    private static string VariableOf(Expr factor) =>
        ((Expr.Element)factor).Index.Terms.OrderBy(t => t.Stride).Select(t => t.Variable.Name).FirstOrDefault() ?? "0";

    private static string Suffix(int chain) => ((char)('a' + chain)).ToString();

    // Single elements are scalar code, where every operation is rounded.
    private static Expr MultiplyAdd(Expr left, Expr right, Expr addend, Piece piece) =>
        piece.Lanes == 1 ? addend + (left * right) : new Expr.MultiplyAdd(left, right, addend);

    private static Expr Zero(Piece piece) => 0f;
}
