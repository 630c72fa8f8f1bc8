using System.Globalization;
using NetGen.Benchmarks.Machine;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Peers;

namespace NetGen.Benchmarks.Reports;

/// <summary>All networks, operations and peers in one table of ratios.</summary>
internal static class TableCommand
{
    private const int Rounds = 41;

    public static int Run()
    {
        Print(Measure());
        return 0;
    }

    /// <summary>Measures everything, and keeps the figures: docs/results has a file for each processor.</summary>
    public static IReadOnlyList<Cell> Measure()
    {
        IPeer[] peers = [NativePeer.Straight(), new OnnxPeer(), new TorchPeer(), NativePeer.Eigen(), NativePeer.Fann(), new CrossPlatformPeer()];
        try
        {
            foreach (IPeer peer in peers)
            {
                if (peer.Missing is not null)
                {
                    Console.WriteLine($"Without {peer.Name}: {peer.Missing}.");
                }
                else if (peer.Note is not null)
                {
                    Console.WriteLine($"{peer.Note}.");
                }
            }

            using var session = new Session(NetworkShape.All, peers);
            IReadOnlyList<Cell> cells = session.Measure(Rounds, shape => Console.Error.WriteLine($"measuring {shape} ..."));
            Console.Error.WriteLine(Results.Write(cells));
            return cells;
        }
        finally
        {
            Array.ForEach(peers, peer => peer.Dispose());
        }
    }

    private static void Print(IReadOnlyList<Cell> cells)
    {
        string[] peers = [.. cells.SelectMany(cell => cell.Seconds.Keys).Distinct().Where(name => name != Cell.OwnName)];
        var table = new TextTable(["operation", "network", "ns/call", "GFLOP/s", "of FMA peak", "of bound", .. peers.Select(peer => "x " + peer)]);
        var goals = new List<bool>();
        foreach (IGrouping<Operation, Cell> operation in cells.GroupBy(cell => cell.Operation).OrderBy(group => group.Key))
        {
            foreach (Cell cell in operation)
            {
                (Limit limit, double share) = cell.Bound;
                table.Add(
                [
                    operation.Key.ToString(),
                    cell.Shape.Name,
                    Format.Nanoseconds(cell.Own),
                    Format.Number(cell.FlopsPerSecond / 1e9, 1),
                    Goal(cell.ShareOfPeak, Targets.ShareOfPeak(cell.Shape, operation.Key), Format.Percent, goals),
                    $"{Format.Percent(share)} {Format.Name(limit),-3}",
                    .. peers.Select(peer => cell.Ratio(peer) is { } ratio ? Goal(ratio, Targets.Ratio(cell.Shape, operation.Key, peer), Format.Ratio, goals) : ""),
                ]);
            }

            table.Add(
            [
                operation.Key.ToString(), "geometric mean", "", "", "", "",
                .. peers.Select(peer => Mean(operation, peer) is { } mean ? Goal(mean, peer == "C++" ? Targets.Mean(operation.Key) : null, Format.Ratio, goals) : ""),
            ]);
            table.Separate();
        }

        table.Print();
        Console.WriteLine($"x: how many times faster than the peer; behind >= or <, the target. Targets met: {goals.Count(g => g)} of {goals.Count}.");
        Console.WriteLine($"{ThisProcessor.Current.Name}: vectors of {ThisProcessor.Current.Vectors} bits, .NET prefers {ThisProcessor.Current.Preferred}.");
        Console.WriteLine($"Lower quartiles of {Rounds.ToString(CultureInfo.InvariantCulture)} interleaved runs, one thread, batches of {Problem.Rows}. {Format.Rates(cells)}.");
    }

    private static double? Mean(IEnumerable<Cell> cells, string peer)
    {
        double[] logarithms = [.. cells.Select(cell => cell.Ratio(peer)).OfType<double>().Select(ratio => Math.Log(ratio))];
        return logarithms.Length == 0 ? null : Math.Exp(logarithms.Average());
    }

    private static Entry Goal(double value, double? target, Func<double, string> format, List<bool> goals)
    {
        if (target is not { } goal)
        {
            return format(value);
        }

        bool met = value >= goal;
        goals.Add(met);
        return new Entry($"{format(value)} {(met ? ">=" : "< ")} {format(goal)}", met);
    }
}
