using NetGen.Benchmarks.Machine;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Peers;

namespace NetGen.Benchmarks.Reports;

/// <summary>NetGen, C++ and the machine's limits alone: for those who work on the generator.</summary>
internal static class QuickCommand
{
    private const int Rounds = 15;

    public static int Run(IReadOnlyList<NetworkShape> shapes)
    {
        using var straight = NativePeer.Straight();
        if (straight.Missing is { } reason)
        {
            Console.WriteLine($"Without C++: {reason}.");
        }

        using var session = new Session(shapes, [straight]);
        IReadOnlyList<Cell> cells = session.Measure(Rounds);
        var table = new TextTable("network", "operation", "ns/call", "GFLOP/s", "of bound", "bound", "C++ ns", "x C++");
        foreach (Cell cell in cells)
        {
            (Limit limit, double share) = cell.Bound;
            table.Add(
                cell.Shape.Name,
                cell.Operation.ToString(),
                Format.Nanoseconds(cell.Own),
                Format.Number(cell.FlopsPerSecond / 1e9, 1),
                Format.Percent(share),
                Format.Name(limit),
                cell.Seconds.TryGetValue(straight.Name, out double seconds) ? Format.Nanoseconds(seconds) : "",
                cell.Ratio(straight.Name) is { } ratio ? Format.Ratio(ratio) : "");
        }

        table.Print();
        Console.WriteLine(Format.Rates(cells));
        return 0;
    }
}
