using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Peers;

namespace NetGen.Benchmarks.Machine;

/// <summary>What bounds a call: arithmetic, or the weights that it must read from a cache.</summary>
public enum Limit
{
    Peak,
    Level1,
    Level2,
}

/// <summary>Measures the machine's limits beside what they bound, at the vector width that is fastest for each.</summary>
public sealed unsafe class MachineLimits : IDisposable
{
    private const int Alignment = 64;
    private const int Level1Floats = 16 * 1024 / sizeof(float);
    private const int Level2Floats = 400 * 1024 / sizeof(float);

    // Parameters, activations and the row share the first level.
    private const long Level1Parameters = 24 * 1024 / sizeof(float);

    private readonly float* _weights;
    private readonly Kernel[] _kernels;
    private float _sink;

    public MachineLimits()
    {
        _weights = (float*)NativeMemory.AlignedAlloc(Level2Floats * sizeof(float), Alignment);
        new Span<float>(_weights, Level2Floats).Fill(0.5f);
        Kernel[] all =
        [
            .. Kernels<Lanes128, Vector128<float>>(), .. Kernels<Lanes256, Vector256<float>>(), .. Kernels<Lanes512, Vector512<float>>(),
        ];
        Jit.Settle(() => Array.ForEach(all, kernel =>
        {
            for (int call = 0; call < 2000; call++)
            {
                kernel.Run(1);
            }
        }));
        double[] seconds = Interleaved.Measure([.. all.Select(kernel => kernel.Run)], rounds: 9, runSeconds: 1e-3);
        _kernels =
        [
            .. Enum.GetValues<Limit>().Select(limit => all.Zip(seconds).Where(k => k.First.Limit == limit).MaxBy(k => k.First.Flops / k.Second).First),
        ];
    }

    /// <summary>One for each <see cref="Limit"/>, to be measured beside others.</summary>
    public IReadOnlyList<Run> Runs => [.. _kernels.Select(kernel => kernel.Run)];

    /// <summary>Floating-point operations a second, from what <see cref="Runs"/> took.</summary>
    public IReadOnlyDictionary<Limit, double> Rates(ReadOnlySpan<double> seconds)
    {
        var rates = new Dictionary<Limit, double>();
        foreach (Kernel kernel in _kernels)
        {
            rates[kernel.Limit] = kernel.Flops / seconds[(int)kernel.Limit];
        }

        return rates;
    }

    /// <summary>The least seconds that a call can take, and what says so.</summary>
    public static (double Seconds, Limit Limit) Bound(IReadOnlyDictionary<Limit, double> rates, Operation operation, NetworkShape shape)
    {
        double arithmetic = operation.Flops(shape) / rates[Limit.Peak];
        Limit cache = shape.Parameters <= Level1Parameters ? Limit.Level1 : Limit.Level2;

        // Reading a weight takes the time of its multiply-add in the stream, once for each pass over the weights.
        double stream = operation.WeightPasses() * 2.0 * shape.Weights / rates[cache];
        return arithmetic >= stream ? (arithmetic, Limit.Peak) : (stream, cache);
    }

    public void Dispose() => NativeMemory.AlignedFree(_weights);

    private IEnumerable<Kernel> Kernels<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        if (!TLanes.IsAccelerated)
        {
            return [];
        }

        return
        [
            new(Limit.Peak, LimitKernels<TLanes, TVector>.PeakFlops, Timed(LimitKernels<TLanes, TVector>.Peak)),
            new(Limit.Level1, 2.0 * Level1Floats, Timed(() => LimitKernels<TLanes, TVector>.Stream(new(_weights, Level1Floats)))),
            new(Limit.Level2, 2.0 * Level2Floats, Timed(() => LimitKernels<TLanes, TVector>.Stream(new(_weights, Level2Floats)))),
        ];
    }

    private Run Timed(Func<float> kernel) => calls =>
    {
        long start = Stopwatch.GetTimestamp();
        for (int c = 0; c < calls; c++)
        {
            Volatile.Write(ref _sink, kernel());
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    };

    private sealed record Kernel(Limit Limit, double Flops, Run Run);
}
