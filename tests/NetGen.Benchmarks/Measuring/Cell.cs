using NetGen.Benchmarks.Machine;

namespace NetGen.Benchmarks.Measuring;

/// <summary>One network and operation.</summary>
/// <param name="Shape">The network.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Seconds">One call, by the name of the peer; NetGen is one of them.</param>
/// <param name="Rates">What the machine gave meanwhile, in floating-point operations a second.</param>
public sealed record Cell(NetworkShape Shape, Operation Operation, IReadOnlyDictionary<string, double> Seconds, IReadOnlyDictionary<Limit, double> Rates)
{
    public const string OwnName = "NetGen";

    public double Own => Seconds[OwnName];

    public double FlopsPerSecond => Operation.Flops(Shape) / Own;

    /// <summary>What binds the call, and how much of it NetGen reaches.</summary>
    public (Limit Limit, double Share) Bound
    {
        get
        {
            (double seconds, Limit limit) = MachineLimits.Bound(Rates, Operation, Shape);
            return (limit, seconds / Own);
        }
    }

    public double ShareOfPeak => FlopsPerSecond / Rates[Limit.Peak];

    /// <summary>How many times faster than the peer NetGen is; null where it was not measured.</summary>
    public double? Ratio(string peer) => Seconds.TryGetValue(peer, out double seconds) ? seconds / Own : null;
}
