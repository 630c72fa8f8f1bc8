using BenchmarkDotNet.Attributes;

namespace NetGen.Benchmarks.Regressions;

/// <summary>The time and the allocations of each network's operations, to compare one commit with another.</summary>
[MemoryDiagnoser]
[GenericTypeArguments(typeof(Net2x8x1))]
[GenericTypeArguments(typeof(Net4x16x16x3))]
[GenericTypeArguments(typeof(Net64x32x10))]
[GenericTypeArguments(typeof(Net8x128x128x2))]
[GenericTypeArguments(typeof(Net250x128x5))]
[GenericTypeArguments(typeof(Net784x128x10))]
public class NetworkBenchmarks<TNetwork>
    where TNetwork : INetwork, new()
{
    private readonly TNetwork _network = new();
    private float[] _inputs = [];
    private float[] _targets = [];
    private float[] _outputs = [];

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _inputs = [.. Enumerable.Range(0, Problem.Rows * _network.InputCount).Select(_ => (2 * random.NextSingle()) - 1)];
        _targets = [.. Enumerable.Range(0, Problem.Rows * _network.OutputCount).Select(_ => (2 * random.NextSingle()) - 1)];
        _outputs = new float[_targets.Length];
    }

    [Benchmark(OperationsPerInvoke = Problem.Rows)]
    public void Forward()
    {
        int inputs = _network.InputCount, outputs = _network.OutputCount;
        for (int row = 0; row < Problem.Rows; row++)
        {
            _network.Forward(_inputs.AsSpan(row * inputs, inputs), _outputs.AsSpan(row * outputs, outputs));
        }
    }

    [Benchmark(OperationsPerInvoke = Problem.Rows)]
    public void TrainStep()
    {
        int inputs = _network.InputCount, outputs = _network.OutputCount;
        for (int row = 0; row < Problem.Rows; row++)
        {
            _network.TrainStep(_inputs.AsSpan(row * inputs, inputs), _targets.AsSpan(row * outputs, outputs), Problem.Rate);
        }
    }

    [Benchmark]
    public void ForwardBatch() => _network.ForwardBatch(_inputs, _outputs);

    [Benchmark]
    public float TrainBatch() => _network.TrainBatch(_inputs, _targets, Problem.Rate);
}
