namespace NetGen.Generator;

/// <summary>
/// The measured numbers that the planner decides by. They are data, so that the benchmarks can compile a network by
/// other numbers: <c>dotnet run -c Release --project tests/NetGen.Benchmarks -- costs NAME</c> measures what each would
/// cost. The remarks say what the curve looked like: on Zen 4 with AVX-512 where they name no processor.
/// </summary>
internal sealed record CostModel
{
    private const int Lanes = 16;

    /// <summary>What the generator uses.</summary>
    public static CostModel Default { get; } = new();

    /// <summary>Steps of a tile that share what is loaded, with vectors of 16 floats and 32 registers: rows of a batch, or of a gradient.</summary>
    /// <remarks>Emerald Rapids, batches: 4 takes up to 14 % more, 8 up to a quarter. Cascade Lake, the product alone: 4 takes a quarter more.</remarks>
    public int TileRows16 { get; init; } = 6;

    /// <summary>The same with vectors of 8 floats and 16 registers, as AVX2 has.</summary>
    /// <remarks>Emerald Rapids, <c>DOTNET_EnableAVX512=0</c>, with the vectors below: 4 rows of 3 take 2 to 16 % more.</remarks>
    public int TileRows8 { get; init; } = 6;

    /// <summary>The same with vectors of 4 floats and 16 registers, as SSE has.</summary>
    /// <remarks>Emerald Rapids, <c>DOTNET_EnableAVX2=0</c>, with the vectors below: 6 rows of 2 take 3 to 7 % more.</remarks>
    public int TileRows4 { get; init; } = 4;

    /// <summary>Vectors of sums that a tile holds in registers beside what it reads: with 32 registers, as AVX-512 has.</summary>
    /// <remarks>Zen 4, batches: nearly flat from 1 to 4, and a panel has no more. Emerald Rapids: 1 takes up to half as long again, 3 up to 15 % more.</remarks>
    public int TileVectors16 { get; init; } = 4;

    /// <summary>The same with vectors of 8 floats and 16 registers, as AVX2 has.</summary>
    /// <remarks>Zen 4, <c>DOTNET_EnableAVX512=0</c>: 2 and 3 are alike, and 4 takes up to half as long again.</remarks>
    public int TileVectors8 { get; init; } = 2;

    /// <summary>The same with vectors of 4 floats and 16 registers, as SSE has.</summary>
    /// <remarks>Zen 4: as with 8 floats.</remarks>
    public int TileVectors4 { get; init; } = 3;

    /// <summary>The same for a single sample.</summary>
    /// <remarks>One sample: flat from 4 on with vectors of 16 floats; with shorter ones 2 takes up to half as long again.</remarks>
    public int SampleVectors { get; init; } = 8;

    /// <summary>Outputs, or inputs, that lie side by side in a panel of a weight, so that one sweep holds their sums in registers.</summary>
    /// <remarks>Layers of 128 outputs: flat from 32 to 128.</remarks>
    public int PanelWidth { get; init; } = 64;

    /// <summary>Units of the widest layer from which the vectors of 16 floats are quicker for one sample.</summary>
    /// <remarks>
    /// Emerald Rapids: with vectors of 8, layers of 20 and 24 units take a sixth less, a step of training of 12 to 24 units 8 to
    /// 35 % less; layers of 32 take a third more. Forward, layers of just one vector take up to a quarter more.
    /// </remarks>
    public int SampleUnits16 { get; init; } = 32;

    /// <summary>Sums that must be under way at once, so that no multiply-add waits for the one before.</summary>
    /// <remarks>Layers of one or two vectors: 1 and 2 take up to a quarter more, flat from 4 on.</remarks>
    public int IndependentSums { get; init; } = 8;

    /// <summary>Sums that must be under way at once where lanes are added up, which waits less for its sums than for its loads.</summary>
    /// <remarks>Layers of one to five outputs: flat from 1 to 16.</remarks>
    public int AcrossSums { get; init; } = 4;

    /// <summary>What adding up the lanes of a vector costs one sample, in multiply-adds: it decides how a weight lies in memory.</summary>
    /// <remarks>Layers of three to ten outputs: from 6 on the narrow ones take half as long again and more, flat up to 2.</remarks>
    public int AcrossCost { get; init; } = 2;

    /// <summary>The same for a row of a batch: it decides whether a copy of a weight is worth it, in which lanes are sums.</summary>
    /// <remarks>Layers of eight to ten outputs: 1 takes up to a third more, flat from 3 on.</remarks>
    public int AcrossCostOfRow { get; init; } = 6;

    /// <summary>Vectors that are written out in place of a loop.</summary>
    /// <remarks>1 and 2 take up to a tenth more, flat from 4 on.</remarks>
    public int VectorsWrittenOut { get; init; } = 4;

    /// <summary>The same where each takes an elementary function, whose code is long.</summary>
    /// <remarks>Softmax of 10 to 100 outputs: flat from 1 to 8.</remarks>
    public int FunctionsWrittenOut { get; init; } = 2;

    /// <summary>Multiply-adds of vectors that are written out in place of a loop.</summary>
    /// <remarks>Networks of 8 to 128 units: 0 takes up to a fifth more, flat from 8 on.</remarks>
    public int MultiplyAddsWrittenOut { get; init; } = 32;

    /// <summary>
    /// Multiply-adds from which a method is compiled with all optimisations at its first call. Otherwise the first thousand
    /// calls take several times as long, and loops are replaced while they run, which holds up the call for milliseconds.
    /// </summary>
    /// <remarks>At rest: flat from 0, all methods, to none. The first calls: the benchmark <c>startup</c>.</remarks>
    public int OptimizedAtOnce { get; init; } = 0;

    /// <summary>Rows of a batch that go through the whole network together, at least.</summary>
    /// <remarks>Layers of 8192 units: 4 and 8 are alike, 16 takes a tenth more, 32 a third.</remarks>
    public int LeastBatchRows { get; init; } = 8;

    /// <summary>The same, at most.</summary>
    /// <remarks>Batches of 256: flat from 16 to 256.</remarks>
    public int MostBatchRows { get; init; } = 64;

    /// <summary>Intermediate values that those rows may have, so that they stay in the cache.</summary>
    /// <remarks>Layers of 512 to 2048 units: flat up to 65536, beyond it up to a third more.</remarks>
    public int BatchFloats { get; init; } = 65536;

    /// <summary>Registers for vectors on every processor that has vectors of that length.</summary>
    public static int Registers(int lanes) => lanes == Lanes ? 32 : 16;

    /// <summary>Steps of a tile that share what is loaded.</summary>
    public int TileRows(int lanes) => lanes switch
    {
        16 => TileRows16,
        8 => TileRows8,
        _ => TileRows4,
    };

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
        Math.Max(LeastBatchRows, Math.Min(MostBatchRows, BatchFloats / Math.Max(1, floatsPerRow) / LeastBatchRows * LeastBatchRows));

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
        return places * ((terms * Vectors(sum.Lane.Extent)) + (sum.IsAcross ? AcrossCostOfRow : 0));
    }

    private static int Vectors(int extent) => (extent + Lanes - 1) / Lanes;
}
