namespace NetGen.Generator;

/// <summary>The measured numbers that the planner decides by.</summary>
internal static class CostModel
{
    /// <summary>Rows of a batch that a tile takes: each vector of weights is used so often once it is loaded.</summary>
    public const int TileRows = 4;

    /// <summary>Sums that must be under way at once, so that no multiply-add waits for the one before.</summary>
    public const int IndependentSums = 8;

    /// <summary>Vectors that are written out in place of a loop.</summary>
    public const int VectorsWrittenOut = 4;

    /// <summary>The same where each takes an elementary function, whose code is long.</summary>
    public const int FunctionsWrittenOut = 2;

    /// <summary>Multiply-adds of vectors that are written out in place of a loop.</summary>
    public const int MultiplyAddsWrittenOut = 32;

    /// <summary>What adding up the lanes of a vector costs, in multiply-adds.</summary>
    private const int AcrossCost = 6;

    private const int Lanes = 16;

    /// <summary>Multiply-adds of vectors for one sample where inputs lie side by side.</summary>
    /// <param name="flowsBack">Gradients go through the weight to the inputs.</param>
    public static int OfRows(int outputs, int inputs, bool flowsBack) =>
        (outputs * (Vectors(inputs) + AcrossCost)) + (flowsBack ? outputs * Vectors(inputs) : 0);

    /// <summary>The same where outputs lie side by side: what is summed and what is not change places.</summary>
    public static int OfPanels(int outputs, int inputs, bool flowsBack) =>
        (inputs * Vectors(outputs)) + (flowsBack ? inputs * (Vectors(outputs) + AcrossCost) : 0);

    /// <summary>What a row of a batch costs in a product, likewise.</summary>
    public static int OfRow(Contraction sum, LoopVariable row)
    {
        int places = sum.Assignment.Domain.Where(v => v != row && v != sum.Lane).Aggregate(1, (n, v) => n * v.Extent);
        int terms = sum.Over.Where(v => v != row).Aggregate(1, (n, v) => n * v.Extent);
        return places * ((terms * Vectors(sum.Lane.Extent)) + (sum.IsAcross ? AcrossCost : 0));
    }

    /// <summary>Vectors of sums that a tile of <paramref name="rows"/> holds in registers, beside what it reads.</summary>
    public static int TileVectors(int lanes, int rows) => rows == 1 ? 8 : lanes == 16 ? 4 : 3;

    /// <summary>Rows of a batch that go through the whole network together.</summary>
    /// <param name="floatsPerRow">Intermediate values of one row.</param>
    public static int BatchRows(int floatsPerRow) =>
        Math.Max(8, Math.Min(64, 65536 / Math.Max(1, floatsPerRow) / TileRows * TileRows));

    private static int Vectors(int extent) => (extent + Lanes - 1) / Lanes;
}
