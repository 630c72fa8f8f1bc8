using System.Globalization;
using NetGen.Benchmarks.Generation;
using NetGen.Benchmarks.Machine;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Peers;

namespace NetGen.Benchmarks.Reports;

/// <summary>One dense layer against its width, as CSV: a width that is much slower than its neighbours is a tooth.</summary>
internal static class WidthsCommand
{
    private const int Fixed = 64;
    private const int Rounds = 15;
    private const double RunSeconds = 0.4e-3;

    private static readonly Operation[] Operations = [Operation.Forward, Operation.TrainStep];

    public static int Run(int step, int first = 1, int last = 260)
    {
        int[] widths = [.. Enumerable.Range(first, last - first + 1).Where(width => (width - first) % step == 0)];
        (string Axis, NetworkShape Shape)[] rows =
        [
            .. widths.Select(n => ("outputs", new NetworkShape(Fixed, n))),
            .. widths.Select(k => ("inputs", new NetworkShape(k, Fixed))),
        ];

        // 64 x 64 is in both halves, and a class once.
        Dictionary<string, NetGenNetwork> networks = CompiledNetwork
            .Compile([.. rows.Select(row => row.Shape).DistinctBy(shape => shape.Name)])
            .ToDictionary(network => network.Shape.Name, network => new NetGenNetwork(new Problem(network)));
        Jit.Settle(() =>
        {
            foreach (NetGenNetwork network in networks.Values)
            {
                Array.ForEach(Operations, network.Touch);
            }
        });

        using var limits = new MachineLimits();
        Run[] runs = [.. limits.Runs, .. rows.SelectMany(row => Operations.Select(operation => networks[row.Shape.Name][operation]))];
        double[] seconds = Interleaved.Measure(runs, Rounds, RunSeconds);
        IReadOnlyDictionary<Limit, double> rates = limits.Rates(seconds);

        Console.WriteLine("varied,k,n," + string.Join(',', Operations.Select(o => $"{o}_ns,{o}_gflops,{o}_of_bound")));
        int next = limits.Runs.Count;
        foreach ((string axis, NetworkShape shape) in rows)
        {
            var fields = new List<string> { axis, Text(shape.Inputs, "D"), Text(shape.Outputs, "D") };
            foreach (Operation operation in Operations)
            {
                double call = seconds[next++];
                fields.AddRange([
                    Text(call * 1e9, "F2"),
                    Text(operation.Flops(shape) / call / 1e9, "F2"),
                    Text(MachineLimits.Bound(rates, operation, shape).Seconds / call, "F3"),
                ]);
            }

            Console.WriteLine(string.Join(',', fields));
        }

        return 0;
    }

    private static string Text(IFormattable value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
