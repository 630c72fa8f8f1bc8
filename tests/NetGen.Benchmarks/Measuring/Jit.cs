using System.Runtime;

namespace NetGen.Benchmarks.Measuring;

/// <summary>Waits for the just-in-time compiler.</summary>
public static class Jit
{
    // Tier 0, instrumented, tier 1: each takes some thirty calls, and a pause of 100 ms in which nothing new starts.
    private const int LeastRounds = 4;
    private const int MostRounds = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Repeats until it compiles nothing any more.</summary>
    public static void Settle(Action touch)
    {
        for (int round = 1; round <= MostRounds; round++)
        {
            long before = JitInfo.GetCompiledMethodCount();
            touch();
            Thread.Sleep(Pause);
            if (round >= LeastRounds && JitInfo.GetCompiledMethodCount() == before)
            {
                return;
            }
        }
    }
}
