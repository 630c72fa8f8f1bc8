using NetGen.Benchmarks.Startup;

namespace NetGen.Benchmarks.Reports;

/// <summary>The machine code of the largest generated methods, of all members and not only of those whose calls are timed.</summary>
internal static class StartupSizes
{
    public static void Print()
    {
        Console.WriteLine();
        Console.WriteLine("Machine code of the largest generated method, over all members, default settings");
        var table = new TextTable("network", "optimised, bytes", "method", "tier 0, bytes", "all, optimised", "too large to optimise");
        foreach (NetworkShape shape in NetworkShape.All)
        {
            if (CompiledMethod.OfNetwork(shape, out string? error) is not { } methods)
            {
                Console.WriteLine($"Without sizes of {shape}: {error}.");
                continue;
            }

            CompiledMethod? largest = methods.Where(m => m.IsOptimized).MaxBy(m => m.Bytes);
            bool met = largest is { Bytes: < Targets.StartupMethodBytes };
            int gaveUp = methods.Count(m => m.GaveUp);
            table.Add(
                shape.Name,
                new Entry($"{Format.Number(largest?.Bytes ?? 0, 0)} {(met ? "< " : ">=")} {Format.Number(Targets.StartupMethodBytes, 0)}", met),
                largest is null ? "" : $"{largest.Name}, {largest.Tier}",
                Format.Number(methods.Where(m => !m.IsOptimized).Select(m => m.Bytes).DefaultIfEmpty().Max(), 0),
                Format.Number(methods.Where(m => m.IsOptimized).GroupBy(m => (m.Name, m.Parameters)).Sum(group => group.Last().Bytes), 0),
                Format.Number(gaveUp, 0));
        }

        table.Print();
    }
}
