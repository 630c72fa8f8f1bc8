namespace NetGen.Generator;

/// <summary>
/// Carries out a contraction in tiles: sums stay in registers while the axes that are summed over are walked, and what
/// is loaded once serves all steps of the tile.
/// </summary>
internal abstract class ContractionLowering
{
    protected ContractionLowering(Contraction sum, Kernel kernel, VectorTarget target)
    {
        Sum = sum;
        Update = kernel.Fusion == Fusion.Sweep ? kernel.Assignments[1] : null;
        Vectors = target;
        IsPadded = target.IsPadded(sum.Assignment, sum.Lane);
    }

    protected Contraction Sum { get; }

    /// <summary>Overwrites the matrix in the same sweep.</summary>
    protected Assignment? Update { get; }

    protected VectorTarget Vectors { get; }

    protected bool IsPadded { get; }

    /// <summary>Carries out a kernel whose first assignment is a contraction, with what is fused with it.</summary>
    public static IEnumerable<Statement> Lower(Contraction sum, Kernel kernel, VectorTarget target) => sum.IsAcross
        ? new AcrossLowering(sum, kernel, target).Lower()
        : new SideBySideLowering(sum, kernel, target).Lower();

    /// <summary>Whether an assignment changes the matrix that the contraction reads, by a product.</summary>
    public static bool CanUpdate(Contraction sum, Assignment update) =>
        update.Operator == AssignmentOperator.Subtract
        && update.Value.Descend().All(e => e is Expr.Element or Expr.Local or Expr.Binary { Operator: BinaryOperator.Multiply })
        && new[] { sum.Streamed, sum.Other }.Count(f => f is Expr.Element element && element == update.Place) == 1
        && (sum.IsAcross ? sum.Other : sum.Streamed) is Expr.Element matrix && matrix == update.Place
        && (sum.IsAcross || sum.Tile is null);

    private IEnumerable<Statement> Lower()
    {
        IEnumerable<Statement> statements = Sum.Tile is { } tile
            ? VectorCode.Walk(tile, TileSteps(tile), Vectors.IsRow(tile), Tile)
            : Tile(1);
        foreach (LoopVariable outer in Sum.Outer.Reverse())
        {
            Statement[] body = [.. statements];
            statements = VectorCode.Walk(outer, 1, Vectors.IsRow(outer), _ => body);
        }

        return statements;
    }

    // Few steps that are not whole tiles are one tile of their own.
    protected virtual int TileSteps(LoopVariable tile) => Math.Min(Vectors.Costs.TileRows(Vectors.Lanes), tile.Extent);

    /// <summary>The sums of so many steps along the tile's axis.</summary>
    protected abstract IEnumerable<Statement> Tile(int steps);

    // Written-out chunks start at the axis's first element.
    protected Statement AtStart(Statement statement) => StatementRewriter.Rewrite(statement, value => VectorCode.At(value, Sum.Lane, 0, isFixed: true));

    protected Statement.Store Overwrite(Expr old, int step, Piece piece, Expr? rate)
    {
        Expr[] factors = [.. Factors(Update!.Value)];
        rate ??= AtStep(Product(factors.Where(f => !Contraction.Depends(f, Sum.Lane))), step);
        Expr change = AtStep(Product(factors.Where(f => Contraction.Depends(f, Sum.Lane))), step);
        Expr by = VectorCode.Repeat(rate, piece.Lanes);
        Expr changed = Update.Operator == AssignmentOperator.Subtract
            ? MultiplyAdd(-by, VectorCode.Widen(change, Sum.Lane, piece), old, piece)
            : MultiplyAdd(by, VectorCode.Widen(change, Sum.Lane, piece), old, piece);
        var place = (Expr.Element)VectorCode.Widen(AtStep(Update.Place, step), Sum.Lane, piece);
        return new Statement.Store(place, AssignmentOperator.Assign, changed) { Lanes = piece.Lanes };
    }

    protected static IEnumerable<Expr> Factors(Expr value) =>
        value is Expr.Binary { Operator: BinaryOperator.Multiply } m ? Factors(m.Left).Concat(Factors(m.Right)) : [value];

    protected static Expr Product(IEnumerable<Expr> factors) => factors.Aggregate((a, b) => a * b);

    protected Expr AtStep(Expr value, int step) => Sum.Tile is { } tile ? VectorCode.At(value, tile, step) : value;

    protected Expr Widen(Expr value, int step, Piece piece) => VectorCode.Widen(AtStep(value, step), Sum.Lane, piece);

    protected static string NameOf(Expr factor) => ((Expr.Element)factor).Tensor;

    protected static string Suffix(int chain) => ((char)('a' + chain)).ToString();

    // Single elements are scalar code, where every operation is rounded.
    protected Expr MultiplyAdd(Expr left, Expr right, Expr addend, Piece piece) =>
        piece.Lanes == 1 || !Vectors.Order.Fuses ? addend + (left * right) : new Expr.MultiplyAdd(left, right, addend);

    protected static Expr Zero(Piece piece) => 0f;
}
