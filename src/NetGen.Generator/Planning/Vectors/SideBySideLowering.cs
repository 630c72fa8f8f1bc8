namespace NetGen.Generator;

/// <summary>Contractions each of whose lanes is a sum of its own.</summary>
internal sealed class SideBySideLowering(Contraction sum, Kernel kernel, VectorTarget target) : ContractionLowering(sum, kernel, target)
{
    private readonly Assignment? _formula = kernel.Fusion is Fusion.Epilogue or Fusion.EpilogueInRegisters ? kernel.Assignments[1] : null;
    private readonly bool _isStored = kernel.Fusion != Fusion.EpilogueInRegisters;

    protected override IEnumerable<Statement> Tile(int steps)
    {
        IReadOnlyList<Piece> pieces = Piece.Cover(Sum.Lane.Extent, Vectors.Lanes, IsPadded);
        int most = Vectors.Order.VectorsSideBySide(Sum, steps, Vectors);
        int chunks = (pieces.Count + most - 1) / most;
        int perChunk = (pieces.Count + chunks - 1) / chunks;
        int length = perChunk * Vectors.Lanes;

        // What the formula makes of padding needs a mask, which no round of a loop has.
        int whole = pieces.Count(p => p.Lanes == Vectors.Lanes && (_formula is null || p.Offset + p.Lanes <= Sum.Lane.Extent)) / perChunk;

        if (whole > 1)
        {
            Piece[] one = [.. pieces.Take(perChunk)];
            yield return new Statement.Loop(Sum.Lane, SideBySide(steps, one).ToEquatableArray()) { Step = length, To = whole * length };
            pieces = [.. pieces.Skip(whole * perChunk)];
        }

        for (int i = 0; i < pieces.Count; i += perChunk)
        {
            Piece[] chunk = [.. pieces.Skip(i).Take(perChunk)];
            yield return VectorCode.InScope(SideBySide(steps, chunk).Select(AtStart));
        }
    }

    private IEnumerable<Statement> SideBySide(int steps, Piece[] pieces)
    {
        LoopVariable? over = Sum.Over.Count == 1 ? Sum.Over[0] : null;
        bool isRows = over is not null && Vectors.IsRow(over);
        int sums = steps * pieces.Length;
        int chains = over is null || isRows ? 1 : Vectors.Order.PartsSideBySide(over, Sum.Lane, sums, Vectors);
        var statements = new List<Statement>();
        for (int chain = 0; chain < chains; chain++)
        {
            foreach ((int step, Piece piece) in Places(steps, pieces))
            {
                Expr start = chain == 0 && Sum.Start is { } s ? Widen(s, step, piece) : Zero(piece);
                statements.Add(new Statement.Declare(Name(steps, step, piece, chain), start) { Lanes = piece.Lanes });
            }
        }

        bool isWrittenOut = over is not null && Vectors.Rows is null && over.Extent * sums <= Vectors.Order.WrittenOut(Vectors.Costs);
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
            statements.AddRange(VectorCode.Walk(over, chains, isRows, n => Rounds(steps, pieces, over, n)));
        }

        foreach ((int step, Piece piece) in Places(steps, pieces))
        {
            Expr total = VectorCode.Total(Enumerable.Range(0, chains).Select(chain => new Expr.Local(Name(steps, step, piece, chain))));
            statements.AddRange(Finish(total, steps, step, piece));
        }

        return statements;
    }

    // One term for each chain.
    private IEnumerable<Statement> Rounds(int steps, Piece[] pieces, LoopVariable over, int chains)
    {
        for (int chain = 0; chain < chains; chain++)
        {
            int at = chain;
            IEnumerable<Statement> terms = Terms(steps, pieces, chain).Select(s => StatementRewriter.Rewrite(s, value => VectorCode.At(value, over, at)));
            foreach (Statement statement in chains > 1 ? VectorCode.Apart(terms) : terms)
            {
                yield return statement;
            }
        }
    }

    // What becomes of a sum: it is stored, or the formula is applied to it.
    private IEnumerable<Statement> Finish(Expr total, int steps, int step, Piece piece)
    {
        Expr.Element place = Place(step, piece);
        if (_formula is null)
        {
            yield return new Statement.Store(place, Sum.Assignment.Operator, total) { Lanes = piece.Lanes };
            yield break;
        }

        string suffix = (steps > 1 ? "_" + Literal.Of(step) : "") + "_" + Literal.Of(piece.Offset);
        Expr sum = total;
        if (total is not Expr.Local)
        {
            string name = $"{Sum.Assignment.Target}{suffix}Sum";
            yield return new Statement.Declare(name, total) { Lanes = piece.Lanes };
            sum = new Expr.Local(name);
        }

        if (_isStored)
        {
            yield return new Statement.Store(place, AssignmentOperator.Assign, sum) { Lanes = piece.Lanes };
        }

        var before = new List<Statement>();
        Expr value = Widen(_formula.Value, step, piece).Rewrite(e => e == place ? sum : null);
        value = Sharing.Bind(value, suffix, before, piece.Lanes);
        foreach (Statement statement in before)
        {
            yield return statement;
        }

        int left = Sum.Lane.Extent - piece.Offset;
        value = left < piece.Lanes ? new Expr.FirstLanes(value, left) : value;
        yield return new Statement.Store((Expr.Element)Widen(_formula.Place, step, piece), AssignmentOperator.Assign, value) { Lanes = piece.Lanes };
    }

    // One term of each sum.
    private IEnumerable<Statement> Terms(int steps, Piece[] pieces, int chain)
    {
        var loaded = new Dictionary<Piece, Expr>();
        foreach (Piece piece in pieces)
        {
            Expr streamed = Widen(Sum.Streamed, 0, piece);
            if (steps > 1 || Update is not null)
            {
                string name = $"{NameOf(Sum.Streamed)}_{Literal.Of(piece.Offset)}" + (chain > 0 ? Suffix(chain) : "");
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
                if (Sum.Other is { } other)
                {
                    if (!repeated.TryGetValue(piece.Lanes, out Expr? factor))
                    {
                        factor = Widen(other, step, piece);
                        if (pieces.Count(p => p.Lanes == piece.Lanes) > 1 && piece.Lanes > 1)
                        {
                            string name = $"{NameOf(other)}_{VariableOf(other)}"
                                + (steps > 1 ? Literal.Of(step) : "")
                                + (chain > 0 ? Suffix(chain) : "")
                                + (piece.Lanes < Vectors.Lanes ? "_" + Literal.Of(piece.Lanes) : "");
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

        if (Update is not null)
        {
            foreach (Piece piece in pieces)
            {
                yield return Overwrite(loaded[piece], 0, piece, null);
            }
        }
    }

    private IEnumerable<(int Step, Piece Piece)> Places(int steps, Piece[] pieces) =>
        Enumerable.Range(0, steps).SelectMany(_ => pieces, (step, piece) => (step, piece));

    private Expr.Element Place(int step, Piece piece) => (Expr.Element)Widen(Sum.Assignment.Place, step, piece);

    private string Name(int steps, int step, Piece piece, int chain) =>
        Sum.Assignment.Target
        + (steps > 1 ? "_" + Literal.Of(step) : "")
        + "_" + Literal.Of(piece.Offset)
        + (chain > 0 ? Suffix(chain) : "");

    // The axis along which the factor changes fastest: i of x[i].
    private static string VariableOf(Expr factor) =>
        ((Expr.Element)factor).Index.Terms.OrderBy(t => t.Stride).Select(t => t.Variable.Name).FirstOrDefault() ?? "0";
}
