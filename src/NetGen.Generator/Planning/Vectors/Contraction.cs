namespace NetGen.Generator;

/// <summary>
/// target[domain] = start + Σ left·right, the shape of every product of matrices and vectors, and of every sum over the
/// rows of a batch. One axis is the vector's lanes: where it is an axis of the target, each lane is a sum of its own;
/// where it is summed over, the lanes are added up at the end.
/// </summary>
/// <param name="Lane">The axis of the lanes.</param>
/// <param name="Outer">The axes of the target that loops walk, outside of the tile.</param>
/// <param name="Tile">The axis of which several steps share what is loaded; null for none.</param>
/// <param name="Over">The axes that are summed over, other than the lanes.</param>
/// <param name="Start">What the sum starts at; null for 0.</param>
/// <param name="Streamed">The factor that is loaded as vectors and does not depend on the tile.</param>
/// <param name="Other">The other factor; null for none. It is one number for all lanes, unless the lanes are summed over.</param>
internal sealed record Contraction(
    Assignment Assignment,
    LoopVariable Lane,
    EquatableArray<LoopVariable> Outer,
    LoopVariable? Tile,
    EquatableArray<LoopVariable> Over,
    Expr? Start,
    Expr Streamed,
    Expr? Other)
{
    public bool IsAcross => !Assignment.Domain.Contains(Lane);

    /// <summary>The contraction that an assignment is; null where it is none that vectors can carry out.</summary>
    public static Contraction? Match(Assignment assignment)
    {
        (Expr? start, Expr? sum) = assignment.Value switch
        {
            Expr.Reduce { Reduction: Reduction.Sum } reduce => (null, (Expr?)reduce),
            Expr.Binary { Operator: BinaryOperator.Add, Right: Expr.Reduce { Reduction: Reduction.Sum } } add => (add.Left, add.Right),
            _ => (null, null),
        };
        // A scalar is a local, which later code must see.
        if (sum is null || assignment.Domain.Count == 0 || start is not (null or Expr.Element))
        {
            return null;
        }

        var over = new List<LoopVariable>();
        while (sum is Expr.Reduce { Reduction: Reduction.Sum } reduce)
        {
            over.Add(reduce.Over);
            sum = reduce.Body;
        }

        (Expr left, Expr? right) = sum is Expr.Binary { Operator: BinaryOperator.Multiply } product
            ? (product.Left, product.Right)
            : (sum, null);
        if (left is not Expr.Element || right is not (null or Expr.Element))
        {
            return null;
        }

        return Along(assignment.Domain.LastOrDefault(v => IsLane(v, PanelSplit.Places(assignment))))
            ?? Along(over.LastOrDefault(v => IsLane(v, PanelSplit.Places(assignment))));

        Contraction? Along(LoopVariable? lane)
        {
            if (lane is null)
            {
                return null;
            }

            bool isAcross = over.Contains(lane);

            // Sums side by side walk one axis.
            if (!isAcross && over.Count > 1)
            {
                return null;
            }

            LoopVariable[] rest = [.. assignment.Domain.Where(v => v != lane)];

            // The tile shares the streamed factor, which holds the lanes.
            bool leftIsStreamed = Depends(left, lane) && (right is null || !isAcross || TileOf(left) is not null);
            Expr? streamed = leftIsStreamed ? left : right;
            Expr? other = leftIsStreamed ? right : left;
            if (streamed is null || !Depends(streamed, lane) || (!isAcross && other is not null && Depends(other, lane)) || (isAcross && (other is null || !Depends(other, lane))))
            {
                return null;
            }

            LoopVariable? tile = TileOf(streamed);
            return new Contraction(
                assignment,
                lane,
                rest.Where(v => v != tile).ToEquatableArray(),
                tile,
                over.Where(v => v != lane).ToEquatableArray(),
                start,
                streamed,
                other);

            LoopVariable? TileOf(Expr factor) => rest.LastOrDefault(v => !Depends(factor, v));
        }
    }

    public static bool Depends(Expr value, LoopVariable variable) =>
        value.Descend().OfType<Expr.Element>().Any(e => e.Index.Stride(variable) != 0);

    /// <summary>Every element is the same for all steps of the axis, or its neighbour for the next.</summary>
    public static bool IsLane(LoopVariable axis, IEnumerable<Expr.Element> elements)
    {
        int[] strides = [.. elements.Select(e => e.Index.Stride(axis)).Distinct()];
        return strides.Contains(1) && strides.All(s => s is 0 or 1);
    }
}
