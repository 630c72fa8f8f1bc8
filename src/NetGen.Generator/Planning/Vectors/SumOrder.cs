namespace NetGen.Generator;

/// <summary>
/// In which order sums are added up. Additions of floats round, so another order is another result: the order is a
/// part of the plan and not of chance.
/// </summary>
internal abstract class SumOrder
{
    /// <summary>The order that suits vectors of each length best; a multiply-add rounds once where the processor can.</summary>
    public static SumOrder OfSpeed { get; } = new Speed();

    /// <summary>One order for all lengths of vectors, one element among them; each operation rounds.</summary>
    public static SumOrder OfNumbers { get; } = new Numbers();

    public static SumOrder Of(DeterminismMode determinism) => determinism == DeterminismMode.CrossPlatform ? OfNumbers : OfSpeed;

    /// <summary>Whether a multiplication and an addition become one operation.</summary>
    public abstract bool Fuses { get; }

    /// <summary>Into how many parts each sum over <paramref name="over"/> is divided where every lane is a sum of its own.</summary>
    /// <param name="sums">Vectors of sums that are under way at once.</param>
    public abstract int PartsSideBySide(LoopVariable over, LoopVariable lane, int sums, VectorTarget target);

    /// <summary>How many vectors of sums stay in registers beside what is read.</summary>
    public abstract int TileVectors(CostModel costs, int lanes, int rows);

    /// <summary>How many vectors of sums one walk holds where every lane is a sum of its own.</summary>
    /// <param name="steps">Along the tile's axis.</param>
    public abstract int VectorsSideBySide(Contraction sum, int steps, VectorTarget target);

    /// <summary>How many neighbouring terms go to sums of their own, which are added up at the end.</summary>
    public abstract int LanesAcross(VectorTarget target);

    /// <summary>How many such groups of sums there are.</summary>
    /// <param name="groups">Whole groups along the axis.</param>
    public abstract int PartsAcross(int groups, int steps, VectorTarget target);

    /// <summary>Steps along the tile's axis of which each has such sums.</summary>
    public abstract int StepsAcross(int steps, VectorTarget target);

    /// <summary>Up to how many products of vectors a single sample's sum is written out in place of a loop.</summary>
    public abstract int WrittenOut(CostModel costs);

    private sealed class Speed : SumOrder
    {
        public override bool Fuses => true;

        public override int WrittenOut(CostModel costs) => costs.MultiplyAddsWrittenOut;

        public override int PartsSideBySide(LoopVariable over, LoopVariable lane, int sums, VectorTarget target) =>
            Math.Max(1, Math.Min(over.Extent / 2, target.Costs.IndependentSums / sums));

        public override int TileVectors(CostModel costs, int lanes, int rows) => costs.TileVectors(lanes, rows);

        public override int VectorsSideBySide(Contraction sum, int steps, VectorTarget target) => TileVectors(target.Costs, target.Lanes, steps);

        public override int LanesAcross(VectorTarget target) => target.Lanes;

        public override int PartsAcross(int groups, int steps, VectorTarget target) =>
            Math.Max(1, Math.Min(groups, target.Costs.AcrossSums / steps));

        public override int StepsAcross(int steps, VectorTarget target) => steps;
    }

    // What depends on the length of the vectors here, or on how many rows are taken at once, may not change what is
    // added to what.
    private sealed class Numbers : SumOrder
    {
        // The length that the parts are chosen for: with longer vectors there are fewer at once, with shorter ones more.
        private const int Reference = 8;

        public override bool Fuses => false;

        // Code is twice as long where a product is not fused with its sum; and what is not in a loop lets the just-in-time
        // compiler keep constants of functions in the registers that the sums need.
        public override int WrittenOut(CostModel costs) => costs.MultiplyAddsWrittenOut / 2;

        public override int PartsSideBySide(LoopVariable over, LoopVariable lane, int sums, VectorTarget target)
        {
            int vectors = (lane.Extent + Reference - 1) / Reference;
            return target.Rows is null ? Math.Max(1, Math.Min(over.Extent / 2, target.Costs.IndependentSums / vectors)) : 1;
        }

        // Beside the sums and what is loaded, a product by itself needs a register.
        public override int TileVectors(CostModel costs, int lanes, int rows) => rows == 1
            ? costs.TileVectors(lanes, rows)
            : Math.Max(1, Math.Min(costs.TileVectors(lanes, rows), (CostModel.Registers(lanes) - 2) / (rows + 1)));

        public override int VectorsSideBySide(Contraction sum, int steps, VectorTarget target)
        {
            int parts = sum.Over.Count == 1 ? PartsSideBySide(sum.Over[0], sum.Lane, steps, target) : 1;
            return Math.Max(1, TileVectors(target.Costs, target.Lanes, steps) / parts);
        }

        public override int LanesAcross(VectorTarget target) => Piece.Longest;

        public override int PartsAcross(int groups, int steps, VectorTarget target) => 1;

        public override int StepsAcross(int steps, VectorTarget target) => Math.Max(1, Math.Min(steps, target.Lanes / 2));
    }
}
