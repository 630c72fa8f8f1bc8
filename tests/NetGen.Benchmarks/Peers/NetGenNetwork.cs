using System.Diagnostics;
using NetGen.Benchmarks.Generation;

namespace NetGen.Benchmarks.Peers;

/// <summary>A generated network, and how to warm it up.</summary>
public sealed class NetGenNetwork : IPeerNetwork
{
    private readonly Problem _problem;
    private readonly NetworkLoops _loops;

    public NetGenNetwork(Problem problem)
        : this(problem, problem.Network)
    {
    }

    /// <param name="problem">The data.</param>
    /// <param name="network">Another program for the same network.</param>
    public NetGenNetwork(Problem problem, CompiledNetwork network)
    {
        _problem = problem;
        _loops = network.CreateLoops(problem.Inputs, problem.Targets, problem.NewOutputs());
    }

    public Run this[Operation operation] => calls =>
    {
        long start = Stopwatch.GetTimestamp();
        _loops.Run(operation, calls);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    };

    public float[] Predict(int row)
    {
        float[] outputs = new float[_problem.Shape.Outputs];
        _loops.Network.Forward(_problem.Input(row), outputs);
        return outputs;
    }

    /// <summary>
    /// Enough short loops that every method is called often enough for the next tier: one long loop would leave the loop
    /// itself in a body that on-stack replacement made.
    /// </summary>
    public void Touch(Operation operation)
    {
        const int Loops = 40;
        for (int loop = 0; loop < Loops; loop++)
        {
            _loops.Run(operation, 1);
        }
    }

    /// <summary>Back to the problem's parameters.</summary>
    public void Reset() => _loops.Network.SetParameters(_problem.Parameters);

    public void Dispose()
    {
    }
}
