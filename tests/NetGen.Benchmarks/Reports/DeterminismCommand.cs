using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Peers;
using NetGen.CompilerServices;

namespace NetGen.Benchmarks.Reports;

/// <summary>What the same bits on all platforms cost, on this one.</summary>
internal static class DeterminismCommand
{
    private const int Rounds = 41;

    public static int Run(IReadOnlyList<NetworkShape> shapes)
    {
        using var everywhere = new CrossPlatformPeer();
        using var session = new Session(shapes, [everywhere]);
        IReadOnlyList<Cell> cells = session.Measure(Rounds, shape => Console.Error.WriteLine($"measuring {shape} ..."));
        var table = new TextTable("operation", "network", "ns/call", "CrossPlatform", "price");
        foreach (IGrouping<Operation, Cell> operation in cells.GroupBy(cell => cell.Operation))
        {
            foreach (Cell cell in operation)
            {
                double price = cell.Ratio(everywhere.Name)!.Value;
                double most = Targets.Price(operation.Key);
                bool met = price <= most;
                table.Add(
                    operation.Key.ToString(),
                    cell.Shape.Name,
                    Format.Nanoseconds(cell.Own),
                    Format.Nanoseconds(cell.Seconds[everywhere.Name]),
                    new Entry($"{Format.Ratio(price)} {(met ? "<=" : "> ")} {Format.Ratio(most)}", met));
            }

            table.Separate();
        }

        table.Print();
        Console.WriteLine($"price: how many times as long a call takes; behind <= or >, the target. Lower quartiles of {Rounds} interleaved runs, vectors of {Vectors} bits.");
        return 0;
    }

    private static int Vectors =>
        Processor.HasVector512 ? 512
        : System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated ? 256
        : 128;
}
