using System.Globalization;
using NetGen.Benchmarks.Machine;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Reports;

/// <summary>How reports write numbers, whatever the culture.</summary>
internal static class Format
{
    public static string Number(double value, int digits) => value.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    public static string Nanoseconds(double seconds) => Number(seconds * 1e9, seconds < 1e-6 ? 1 : 0);

    public static string Percent(double share) => Number(share * 100, 0) + " %";

    /// <summary>Three digits: more would be noise.</summary>
    public static string Ratio(double ratio) => Number(ratio, ratio < 0.1 ? 3 : ratio < 10 ? 2 : ratio < 100 ? 1 : 0);

    public static string Name(Limit limit) => limit switch
    {
        Limit.Peak => "FMA",
        Limit.Level1 => "L1",
        _ => "L2",
    };

    /// <summary>The machine's limits over all cells.</summary>
    public static string Rates(IReadOnlyList<Cell> cells)
    {
        double Median(Limit limit) => Interleaved.Median([.. cells.Select(cell => cell.Rates[limit] / 1e9)]);
        return $"FMA peak {Number(Median(Limit.Peak), 0)}, stream from L1 {Number(Median(Limit.Level1), 0)}, from L2 {Number(Median(Limit.Level2), 0)} GFLOP/s";
    }
}
