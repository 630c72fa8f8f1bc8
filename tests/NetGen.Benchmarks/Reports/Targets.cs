namespace NetGen.Benchmarks.Reports;

/// <summary>What NetGen wants to reach; a ratio above 1 means that it is faster.</summary>
internal static class Targets
{
    public const double ForwardMean = 1.5;
    public const double TrainStepMean = 1.4;

    /// <summary>What compiling this network's Forward may take, from call 1 until the last tier.</summary>
    public const string StartupNetwork = "64-32-10";
    public const double StartupJitMilliseconds = 15;

    /// <summary>What the machine code of one method may take: half of a small first-level cache.</summary>
    public const int StartupMethodBytes = 16 * 1024;

    // In the order of NetworkShape.All.
    private static readonly Dictionary<(Operation, string), double[]> Ratios = new()
    {
        [(Operation.Forward, "C++")] = [1.6, 2.5, 2.2, 1.05, 1.15, 0.97],
        [(Operation.TrainStep, "C++")] = [1.8, 1.8, 2.0, 1.05, 1.05, 1.0],
        [(Operation.Forward, "ONNX")] = [200, 80, 35, 4, 3, 1.5],
        [(Operation.ForwardBatch, "ONNX")] = [8, 4, 1.5, 1.1, 1.0, 1.0],
        [(Operation.TrainBatch, "PyTorch")] = [100, 50, 8, 3, 3.5, 2.3],
    };

    public static double? Ratio(NetworkShape shape, Operation operation, string peer) =>
        Ratios.TryGetValue((operation, peer), out double[]? row) && Index(shape) is >= 0 and var index ? row[index] : null;

    /// <summary>The share of the FMA peak that the largest network shall reach.</summary>
    public static double? ShareOfPeak(NetworkShape shape, Operation operation) => Index(shape) != NetworkShape.All.Count - 1 ? null : operation switch
    {
        Operation.ForwardBatch => 0.90,
        Operation.TrainBatch => 0.75,
        _ => null,
    };

    /// <summary>How many times as long a call may take with the same bits on all platforms, on a processor with AVX2.</summary>
    public static double Price(Operation operation) => operation.IsBatch() ? 2 : 1.25;

    public static double? Mean(Operation operation) => operation switch
    {
        Operation.Forward => ForwardMean,
        Operation.TrainStep => TrainStepMean,
        _ => null,
    };

    // By name: records compare arrays by reference.
    private static int Index(NetworkShape shape) => NetworkShape.All.Select(s => s.Name).ToList().IndexOf(shape.Name);
}
