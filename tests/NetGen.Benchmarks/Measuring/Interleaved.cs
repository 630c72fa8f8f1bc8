using NetGen.Benchmarks.Peers;

namespace NetGen.Benchmarks.Measuring;

/// <summary>
/// Measures several things in turn, so that a machine that slows down for a while slows all of them. Medians of such runs
/// can be divided by each other, and say little alone.
/// </summary>
public static class Interleaved
{
    /// <summary>Long enough for the clock, short enough that a run is seldom interrupted.</summary>
    public const double RunSeconds = 2.5e-3;

    /// <summary>The median seconds of one call of each.</summary>
    public static double[] Measure(IReadOnlyList<Run> runs, int rounds, double runSeconds = RunSeconds) => [.. Rounds(runs, rounds, runSeconds).Select(Median)];

    /// <summary>The lower quartile: nearly the same where nothing disturbs, and steadier than the median where something does.</summary>
    public static double[] MeasureQuartiles(IReadOnlyList<Run> runs, int rounds) => [.. Rounds(runs, rounds, RunSeconds).Select(values => values.Order().ElementAt(rounds / 4))];

    private static double[][] Rounds(IReadOnlyList<Run> runs, int rounds, double runSeconds)
    {
        int[] calls = [.. runs.Select(run => Calls(run, runSeconds))];
        double[][] seconds = [.. runs.Select(_ => new double[rounds])];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < runs.Count; i++)
            {
                // What ran before has emptied the caches, and those who wait in another process have slept.
                runs[i](Math.Max(1, calls[i] / 4));
                seconds[i][round] = runs[i](calls[i]) / calls[i];
            }
        }

        return seconds;
    }

    public static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    // Doubles until a run takes a fifth of what is wanted, then scales; an interrupted run would scale wrongly, so the
    // fastest of three counts.
    private static int Calls(Run run, double wanted)
    {
        for (int calls = 1; ; calls *= 2)
        {
            double fastest = Math.Min(Math.Min(run(calls), run(calls)), run(calls));
            if (fastest > wanted / 5 || calls > 1 << 28)
            {
                return Math.Max(1, (int)(calls * wanted / fastest));
            }
        }
    }
}
