using System.Diagnostics;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace NetGen.Startup;

/// <summary>
/// Calls of one operation, timed from the first on. The code that times is compiled and used before the network exists, on a
/// method that does nothing: what is left in the first call is the network's.
/// </summary>
internal abstract class Calls
{
    private const int EarlyCalls = 30;
    private const int AllCalls = 1000;
    private const int Rows = 64;

    private const int SteadyRuns = 21;
    private const double SteadyRunSeconds = 2e-3;

    // Tier 0, instrumented, tier 1: each takes some thirty calls, and a pause of 100 ms in which nothing new starts.
    private const int TouchCalls = 60;
    private const int LeastRounds = 5;
    private const int MostRounds = 12;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    protected float[] Inputs { get; private set; } = [];

    protected float[] Outputs { get; private set; } = [];

    protected int InputCount { get; private set; }

    protected int OutputCount { get; private set; }

    /// <summary>Calls, and writes the time before the first and after each.</summary>
    protected abstract void Time(Span<long> stamps);

    /// <summary>The seconds of many calls, with the clock read twice.</summary>
    protected abstract double Repeat(int calls);

    /// <summary>From now on, the network is called.</summary>
    protected abstract void Use(INetwork network);

    /// <summary>The row that a call takes: they rotate.</summary>
    protected static int Row(int call) => call % Rows;

    protected Figures Run(Func<INetwork> create)
    {
        long[] stamps = new long[AllCalls + 1];
        Prepare(1, 1);
        Time(stamps.AsSpan(0, 2));
        Time(stamps.AsSpan(1));
        Repeat(AllCalls);
        Settle(rounds: 1);
        Time(stamps);
        double emptyStamp = Seconds(Enumerable.Range(1, AllCalls).Select(i => stamps[i] - stamps[i - 1]).Order().ElementAt(AllCalls / 2));
        double emptyCall = Steady();

        long start = Stopwatch.GetTimestamp();
        INetwork network = create();
        double created = Seconds(Stopwatch.GetTimestamp() - start);
        Prepare(network.InputCount, network.OutputCount);
        Use(network);

        TimeSpan jitBefore = JitInfo.GetCompilationTime(), jitBeforeHere = JitInfo.GetCompilationTime(currentThread: true);
        long methodsBefore = JitInfo.GetCompiledMethodCount(), methodsBeforeHere = JitInfo.GetCompiledMethodCount(currentThread: true);
        Time(stamps.AsSpan(0, 2));
        TimeSpan jitFirst = JitInfo.GetCompilationTime(currentThread: true) - jitBeforeHere;
        long methodsFirst = JitInfo.GetCompiledMethodCount(currentThread: true) - methodsBeforeHere;
        double first = Seconds(stamps[1] - stamps[0]) - emptyStamp;

        // Stamp 1 is written anew, as the start of call 2.
        Time(stamps.AsSpan(1));
        Settle(LeastRounds);
        TimeSpan jitAll = JitInfo.GetCompilationTime() - jitBefore;
        long methodsAll = JitInfo.GetCompiledMethodCount() - methodsBefore;
        double steady = Steady() - emptyCall;

        (double early, double earlyWorst) = MeanAndWorst(stamps.AsSpan(1, EarlyCalls));
        (double later, double laterWorst) = MeanAndWorst(stamps.AsSpan(EarlyCalls));
        return new Figures(
            created,
            first,
            early - emptyStamp,
            earlyWorst - emptyStamp,
            later - emptyStamp,
            laterWorst - emptyStamp,
            steady,
            jitFirst.TotalSeconds,
            jitAll.TotalSeconds,
            methodsFirst,
            methodsAll);
    }

    private static double Seconds(long ticks) => (double)ticks / Stopwatch.Frequency;

    private static (double Mean, double Worst) MeanAndWorst(ReadOnlySpan<long> stamps)
    {
        long worst = 0;
        for (int i = 1; i < stamps.Length; i++)
        {
            worst = Math.Max(worst, stamps[i] - stamps[i - 1]);
        }

        return (Seconds(stamps[^1] - stamps[0]) / (stamps.Length - 1), Seconds(worst));
    }

    private void Prepare(int inputs, int outputs)
    {
        (InputCount, OutputCount) = (inputs, outputs);
        (Inputs, Outputs) = (Values(Rows * inputs), Values(Rows * outputs));
    }

    // Optimised at once, so that no later tier of it is taken for the network's. The numbers need not be random.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float[] Values(int length)
    {
        float[] values = new float[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = ((i * 37 % 101) - 50) / 50f;
        }

        return values;
    }

    private double Steady()
    {
        int calls = 100;
        while (Repeat(calls) < SteadyRunSeconds / 2)
        {
            calls *= 2;
        }

        return Enumerable.Range(0, SteadyRuns).Select(_ => Repeat(calls) / calls).Order().ElementAt(SteadyRuns / 2);
    }

    // A native program has no compiler to wait for.
    private void Settle(int rounds)
    {
        for (int round = 1; round <= MostRounds && JitInfo.GetCompiledMethodCount() > 0; round++)
        {
            long before = JitInfo.GetCompiledMethodCount();
            Repeat(TouchCalls);
            Thread.Sleep(Pause);
            if (round >= rounds && JitInfo.GetCompiledMethodCount() == before)
            {
                return;
            }
        }
    }
}
