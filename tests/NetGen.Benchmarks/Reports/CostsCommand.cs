using System.Globalization;
using NetGen.Benchmarks.Costs;
using NetGen.CompilerServices;

namespace NetGen.Benchmarks.Reports;

/// <summary>What the planner's numbers cost, and what others would.</summary>
internal static class CostsCommand
{
    private const int Rounds = 31;

    /// <summary>What is nearer to the best than that is as good.</summary>
    private const double Tolerance = 1.05;

    /// <param name="names">The numbers to measure; all where there are none.</param>
    public static int Run(IReadOnlyList<string> names)
    {
        if (names.FirstOrDefault(name => CostNumbers.All.All(number => number.Name != name)) is { } unknown)
        {
            throw new FormatException($"There is no number '{unknown}'. There are {string.Join(", ", CostNumbers.All.Select(number => number.Name))}.");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Times as slow as the best, by value: lower quartiles of {Rounds} interleaved runs, one thread."));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ok: the value is at most {(Tolerance - 1) * 100:F0} % off the best. A line with - : all values make one program."));
        Console.WriteLine(Processor.HasVector512
            ? "With AVX-512, vectors of 8 and 4 floats have 32 registers too; DOTNET_EnableAVX512=0 measures what processors with 16 have."
            : "Without AVX-512: 16 registers, and no vectors of 16 floats.");
        Console.WriteLine();
        var summary = new TextTable("number", "value", "times as slow as the best, geometric mean", "best", "value is");
        foreach (CostNumber number in CostNumbers.All.Where(number => names.Count == 0 || names.Contains(number.Name)))
        {
            // One table each: there is something to read while the next is measured.
            IReadOnlyList<CostCurve> curves = CostMeasurement.Measure(number, Rounds);
            int committed = number.Alternatives.ToList().FindIndex(a => a.Label == number.Committed);
            Print(number, curves, committed);
            summary.Add([number.Name, number.Committed, .. Verdict(number, Means(number, curves), committed)]);
        }

        summary.Print();
        return 0;
    }

    private static void Print(CostNumber number, IReadOnlyList<CostCurve> curves, int committed)
    {
        var table = new TextTable($"{number.Name} = {number.Committed}", "ns", "times as slow as the best", "best", "value is");
        foreach (CostCurve curve in curves)
        {
            table.Add(
            [
                curve.Case.ToString(),
                Format.Nanoseconds(curve.Seconds[committed]),
                .. curve.Programs == 1 ? ["-", "-", "-"] : Verdict(number, curve.Ratios, committed),
            ]);
        }

        table.Print();
        Console.WriteLine();
    }

    private static double[] Means(CostNumber number, IReadOnlyList<CostCurve> curves)
    {
        CostCurve[] telling = [.. curves.Where(curve => curve.Programs > 1)];
        double[] means = [.. number.Alternatives.Select((_, i) => Math.Exp(telling.Select(curve => Math.Log(curve.Ratios[i])).DefaultIfEmpty().Average()))];
        return [.. means.Select(mean => mean / means.Min())];
    }

    private static Entry[] Verdict(CostNumber number, IReadOnlyList<double> ratios, int committed)
    {
        string curve = string.Join("  ", ratios.Select((ratio, i) => $"{number.Alternatives[i].Label}: {Format.Ratio(ratio)}"));
        bool isGood = ratios[committed] <= Tolerance;

        // Of equals the committed one: what makes the same program is no better.
        int best = ratios[committed] == ratios.Min() ? committed : ratios.ToList().IndexOf(ratios.Min());
        return [curve, number.Alternatives[best].Label, new Entry(isGood ? "ok" : $"{Format.Percent(ratios[committed] - 1)} off", isGood)];
    }
}
