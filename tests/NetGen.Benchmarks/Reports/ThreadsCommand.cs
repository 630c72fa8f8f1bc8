using System.Diagnostics;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Peers;
using NetGen.Benchmarks.Regressions;

namespace NetGen.Benchmarks.Reports;

/// <summary>How much faster several threads train on a batch, and what the machine would let them.</summary>
internal static class ThreadsCommand
{
    private const int Rows = 256;
    private const int MostThreads = 8;
    private const int Rounds = 41;

    // As a program trains: batch after batch.
    private const double RunSeconds = 20e-3;

    public static int Run()
    {
        int[] degrees = [.. new[] { 2, 4, MostThreads }.Where(d => d <= Environment.ProcessorCount)];
        if (degrees.Length == 0)
        {
            Console.Error.WriteLine("This machine has one processor.");
            return 1;
        }

        var table = new TextTable(["batches of 256", "one thread, µs", .. degrees.Select(d => $"{d} threads"), .. degrees.Select(d => $"{d} networks")]);
        foreach (Func<INetwork> create in (Func<INetwork>[])[() => new Net64x32x10(), () => new Net8x128x128x2(), () => new Net250x128x5(), () => new Net784x128x10()])
        {
            table.Add(Row(create, degrees));
        }

        table.Print();
        Console.WriteLine();
        Console.WriteLine("threads: so many times faster than one, on the same batch. networks: how many times as much that many threads train in the");
        Console.WriteLine($"same time, each a network of its own, which is what the machine has to give. Medians of {Rounds} interleaved runs.");
        return 0;
    }

    private static Entry[] Row(Func<INetwork> create, int[] degrees)
    {
        INetwork network = create();
        INetwork[] others = [.. Enumerable.Range(1, degrees[^1] - 1).Select(_ => create())];
        var random = new Random(1);
        float[] inputs = Values(random, Rows * network.InputCount);
        float[] targets = Values(random, Rows * network.OutputCount);

        Run[] runs =
        [
            calls => Seconds(() => Train(network, calls, 1)),
            .. degrees.Select(degree => (Run)(calls => Seconds(() => Train(network, calls, degree)))),
            .. degrees.Select(degree => (Run)(calls => Beside(others.AsSpan(0, degree - 1), calls))),
        ];
        Jit.Settle(() =>
        {
            foreach (Run run in runs)
            {
                run(50);
            }
        });

        double[] seconds = Interleaved.Measure(runs, Rounds, RunSeconds);
        string name = $"{network.GetType().Name["Net".Length..].Replace('x', '-')}";
        return
        [
            name,
            Format.Number(seconds[0] * 1e6, 0),
            .. degrees.Select((_, i) => (Entry)Format.Number(seconds[0] / seconds[1 + i], 2)),
            .. degrees.Select((degree, i) => (Entry)Format.Number(degree * seconds[0] / seconds[1 + degrees.Length + i], 2)),
        ];

        void Train(INetwork one, int calls, int degree)
        {
            for (int i = 0; i < calls; i++)
            {
                one.TrainBatch(inputs, targets, Problem.Rate, degree);
            }
        }

        double Beside(ReadOnlySpan<INetwork> more, int calls)
        {
            using var start = new Barrier(more.Length + 1);
            List<Thread> threads = [];
            foreach (INetwork other in more)
            {
                var thread = new Thread(() =>
                {
                    start.SignalAndWait();
                    Train(other, calls, 1);
                });
                threads.Add(thread);
                thread.Start();
            }

            start.SignalAndWait();
            return Seconds(() =>
            {
                Train(network, calls, 1);
                threads.ForEach(thread => thread.Join());
            });
        }
    }

    private static double Seconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static float[] Values(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
}
