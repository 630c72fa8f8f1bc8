using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NetGen.Startup;

/// <summary>Calls of Forward.</summary>
internal sealed class ForwardCalls : Calls
{
    // A delegate calls the method itself, whose class need not be known when this is compiled.
    private Call _call = (_, _) => { };

    private delegate void Call(ReadOnlySpan<float> input, Span<float> output);

    public static Figures Measure(Func<INetwork> create) => new ForwardCalls().Run(create);

    protected override void Use(INetwork network) => _call = network.Forward;

    // Compiled once: a tier that changes while it times would be in the figures.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Time(Span<long> stamps)
    {
        Call call = _call;
        float[] x = Inputs, y = Outputs;
        int inputs = InputCount, outputs = OutputCount;
        stamps[0] = Stopwatch.GetTimestamp();
        for (int i = 1; i < stamps.Length; i++)
        {
            call(x.AsSpan(Row(i) * inputs, inputs), y.AsSpan(Row(i) * outputs, outputs));
            stamps[i] = Stopwatch.GetTimestamp();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override double Repeat(int calls)
    {
        Call call = _call;
        float[] x = Inputs, y = Outputs;
        int inputs = InputCount, outputs = OutputCount;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
        {
            call(x.AsSpan(Row(i) * inputs, inputs), y.AsSpan(Row(i) * outputs, outputs));
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
