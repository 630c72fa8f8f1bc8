using NetGen.Benchmarks.Generation;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Peers;

/// <summary>The same network with the same bits everywhere: what that costs.</summary>
public sealed class CrossPlatformPeer : IPeer
{
    private static readonly NetworkStyle Style = NetworkStyle.Usual with { Options = ", Determinism = NetGen.Determinism.CrossPlatform" };

    public string Name => "CrossPlatform";

    public string? Missing => null;

    public IPeerNetwork Prepare(Problem problem)
    {
        var compiled = CompiledNetwork.Of(problem.Shape, NetworkCompilation.Load([NetworkSource.WithLoops(problem.Shape, Style)]));
        var network = new NetGenNetwork(problem, compiled);
        Jit.Settle(() =>
        {
            foreach (Operation operation in OperationCost.All)
            {
                network.Touch(operation);
            }
        });
        network.Reset();
        return network;
    }

    public void Dispose()
    {
    }
}
