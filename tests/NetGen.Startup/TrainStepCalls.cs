using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NetGen.Startup;

/// <summary>Calls of TrainStep.</summary>
internal sealed class TrainStepCalls : Calls
{
    // Small enough that no network diverges however often it is trained on the same rows.
    private const float Rate = 1e-3f;

    // A delegate calls the method itself, whose class need not be known when this is compiled.
    private Call _call = (_, _, _) => 0f;

    private delegate float Call(ReadOnlySpan<float> input, ReadOnlySpan<float> target, float learningRate);

    public static Figures Measure(Func<INetwork> create) => new TrainStepCalls().Run(create);

    protected override void Use(INetwork network) => _call = network.TrainStep;

    // Compiled once: a tier that changes while it times would be in the figures.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Time(Span<long> stamps)
    {
        Call call = _call;
        float[] x = Inputs, t = Outputs;
        int inputs = InputCount, outputs = OutputCount;
        stamps[0] = Stopwatch.GetTimestamp();
        for (int i = 1; i < stamps.Length; i++)
        {
            call(x.AsSpan(Row(i) * inputs, inputs), t.AsSpan(Row(i) * outputs, outputs), Rate);
            stamps[i] = Stopwatch.GetTimestamp();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override double Repeat(int calls)
    {
        Call call = _call;
        float[] x = Inputs, t = Outputs;
        int inputs = InputCount, outputs = OutputCount;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
        {
            call(x.AsSpan(Row(i) * inputs, inputs), t.AsSpan(Row(i) * outputs, outputs), Rate);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
