namespace NetGen.Generator;

/// <summary>
/// The measured numbers that the planner decides by. They are data, so that the benchmarks can compile a network by
/// other numbers: <c>dotnet run -c Release --project tests/NetGen.Benchmarks -- costs</c> measures what each would cost.
/// </summary>
internal sealed record CostModel
{
    private const int Lanes = 16;

    /// <summary>What the generator uses.</summary>
    public static CostModel Default { get; } = new();

    /// <summary>Rows of a batch that a tile takes: each vector of weights is used so often once it is loaded.</summary>
    public int TileRows { get; init; } = 4;

    /// <summary>Vectors of sums that a tile holds in registers beside what it reads: with 32 registers, as AVX-512 has.</summary>
    public int TileVectors16 { get; init; } = 4;

    /// <summary>The same with vectors of 8 floats and 16 registers, as AVX2 has.</summary>
    public int TileVectors8 { get; init; } = 3;

    /// <summary>The same with vectors of 4 floats and 16 registers, as SSE has.</summary>
    public int TileVectors4 { get; init; } = 3;

    /// <summary>The same for a single sample.</summary>
    public int SampleVectors { get; init; } = 8;

    /// <summary>Outputs, or inputs, that lie side by side in a panel of a weight, so that one sweep holds their sums in registers.</summary>
    public int PanelWidth { get; init; } = 64;

    /// <summary>Sums that must be under way at once, so that no multiply-add waits for the one before.</summary>
    public int IndependentSums { get; init; } = 8;

    /// <summary>The same where lanes are added up, which waits less for its sums than for its loads.</summary>
    public int AcrossSums { get; init; } = 4;

    /// <summary>What adding up the lanes of a vector costs, in multiply-adds: it decides how a weight lies in memory.</summary>
    public int AcrossCost { get; init; } = 6;

    /// <summary>Vectors that are written out in place of a loop.</summary>
    public int VectorsWrittenOut { get; init; } = 4;

    /// <summary>The same where each takes an elementary function, whose code is long.</summary>
    public int FunctionsWrittenOut { get; init; } = 2;

    /// <summary>Multiply-adds of vectors that are written out in place of a loop.</summary>
    public int MultiplyAddsWrittenOut { get; init; } = 32;

    /// <summary>Rows of a batch that go through the whole network together, at least.</summary>
    public int LeastBatchRows { get; init; } = 8;

    /// <summary>The same, at most.</summary>
    public int MostBatchRows { get; init; } = 64;

    /// <summary>Intermediate values that those rows may have, so that they stay in the cache.</summary>
    public int BatchFloats { get; init; } = 65536;

    /// <summary>Vectors of sums that a tile of <paramref name="rows"/> holds in registers.</summary>
    public int TileVectors(int lanes, int rows) => rows == 1 ? SampleVectors : lanes switch
    {
        16 => TileVectors16,
        8 => TileVectors8,
        _ => TileVectors4,
    };

    /// <summary>Rows of a batch that go through the whole network together.</summary>
    /// <param name="floatsPerRow">Intermediate values of one row.</param>
    public int BatchRows(int floatsPerRow) =>
        Math.Max(LeastBatchRows, Math.Min(MostBatchRows, BatchFloats / Math.Max(1, floatsPerRow) / TileRows * TileRows));

    /// <summary>Multiply-adds of vectors for one sample where inputs lie side by side.</summary>
    /// <param name="flowsBack">Gradients go through the weight to the inputs.</param>
    public int OfRows(int outputs, int inputs, bool flowsBack) =>
        (outputs * (Vectors(inputs) + AcrossCost)) + (flowsBack ? outputs * Vectors(inputs) : 0);

    /// <summary>The same where outputs lie side by side: what is summed and what is not change places.</summary>
    public int OfPanels(int outputs, int inputs, bool flowsBack) =>
        (inputs * Vectors(outputs)) + (flowsBack ? inputs * (Vectors(outputs) + AcrossCost) : 0);

    /// <summary>What a row of a batch costs in a product, likewise.</summary>
    public int OfRow(Contraction sum, LoopVariable row)
    {
        int places = sum.Assignment.Domain.Where(v => v != row && v != sum.Lane).Aggregate(1, (n, v) => n * v.Extent);
        int terms = sum.Over.Where(v => v != row).Aggregate(1, (n, v) => n * v.Extent);
        return places * ((terms * Vectors(sum.Lane.Extent)) + (sum.IsAcross ? AcrossCost : 0));
    }

    private static int Vectors(int extent) => (extent + Lanes - 1) / Lanes;
}
