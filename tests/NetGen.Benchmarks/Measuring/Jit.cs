using System.Runtime;

namespace NetGen.Benchmarks.Measuring;

/// <summary>Waits for the just-in-time compiler.</summary>
public static class Jit
{
    // Tier 0, instrumented, tier 1: each takes some thirty calls, and a pause of 100 ms in which nothing new starts.
    private const int LeastRounds = 4;
    private const int MostRounds = 60;

    // One may pass by while the compiler's thread waits for a processor.
    private const int QuietRounds = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Repeats until it compiles nothing any more.</summary>
    public static void Settle(Action touch)
    {
        int quiet = 0;
        for (int round = 1; round <= MostRounds; round++)
        {
            long before = JitInfo.GetCompiledMethodCount();
            touch();
            Thread.Sleep(Pause);
            quiet = JitInfo.GetCompiledMethodCount() == before ? quiet + 1 : 0;
            if (round >= LeastRounds && quiet >= QuietRounds)
            {
                return;
            }
        }
    }
}
