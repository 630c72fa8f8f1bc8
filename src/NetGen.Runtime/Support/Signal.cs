using System.Diagnostics;

namespace NetGen.CompilerServices;

/// <summary>
/// A number that only grows, and that threads wait for. They spin before they sleep: between the steps of a batch the
/// wait is shorter than putting a thread to sleep and waking it again.
/// </summary>
/// <remarks>
/// An interrupt of a waiting thread is put off until it has waited: the caller's thread must not leave while others
/// read its memory.
/// </remarks>
internal sealed class Signal
{
    // Longer than what lies between two batches of a loop that trains, and too short to be noticed when it ends.
    private const double SpinSeconds = 100e-6;

    // After so many a thread that spins lets others run, which may be those that it waits for.
    private const int SpinsBeforeYielding = 50;

    private static readonly long SpinTicks = Environment.ProcessorCount == 1 ? 0 : (long)(SpinSeconds * Stopwatch.Frequency);

    private readonly object _lock = new();
    private int _count;
    private int _sleepers;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds one, and wakes everybody who waits.</summary>
    public void Advance()
    {
        // A full fence: either a thread sees the new count before it sleeps, or is seen here as a sleeper.
        Interlocked.Increment(ref _count);
        if (Volatile.Read(ref _sleepers) == 0)
        {
            return;
        }

        bool interrupted = false;
        for (bool done = false; !done;)
        {
            try
            {
                lock (_lock)
                {
                    Monitor.PulseAll(_lock);
                }

                done = true;
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
        }

        InterruptAgain(interrupted);
    }

    /// <summary>Returns once the count is another one.</summary>
    public void WaitWhile(int count)
    {
        if (Spin(count))
        {
            return;
        }

        bool interrupted = false;
        while (Count == count)
        {
            try
            {
                Sleep(count);
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
        }

        InterruptAgain(interrupted);
    }

    private bool Spin(int count)
    {
        long start = Stopwatch.GetTimestamp();
        for (int spins = 0; Count == count; spins++)
        {
            if (spins < SpinsBeforeYielding)
            {
                Thread.SpinWait(10);
            }
            else if (Stopwatch.GetTimestamp() - start < SpinTicks)
            {
                Thread.Yield();
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private void Sleep(int count)
    {
        lock (_lock)
        {
            Interlocked.Increment(ref _sleepers);
            try
            {
                while (Count == count)
                {
                    Monitor.Wait(_lock);
                }
            }
            finally
            {
                Interlocked.Decrement(ref _sleepers);
            }
        }
    }

    private static void InterruptAgain(bool interrupted)
    {
        if (interrupted)
        {
            Thread.CurrentThread.Interrupt();
        }
    }
}
