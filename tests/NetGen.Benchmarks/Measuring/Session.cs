using NetGen.Benchmarks.Generation;
using NetGen.Benchmarks.Machine;
using NetGen.Benchmarks.Peers;

namespace NetGen.Benchmarks.Measuring;

/// <summary>Measures networks against peers and the machine.</summary>
internal sealed class Session : IDisposable
{
    private readonly IReadOnlyList<IPeer> _peers;
    private readonly IReadOnlyList<(Problem Problem, NetGenNetwork Own)> _networks;
    private readonly MachineLimits _limits;

    public Session(IReadOnlyList<NetworkShape> shapes, IReadOnlyList<IPeer> peers)
    {
        _peers = [.. peers.Where(peer => peer.Missing is null)];
        Parallel.ForEach(
            from peer in _peers from shape in shapes select (Peer: peer, Shape: shape),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            task => task.Peer.Build(task.Shape));
        _networks = [.. CompiledNetwork.Compile(shapes).Select(network => new Problem(network)).Select(problem => (problem, new NetGenNetwork(problem)))];
        _limits = new MachineLimits();
    }

    /// <summary>All operations of all networks; <paramref name="progress"/> hears of each network.</summary>
    public IReadOnlyList<Cell> Measure(int rounds, Action<NetworkShape>? progress = null)
    {
        Jit.Settle(() =>
        {
            foreach ((_, NetGenNetwork own) in _networks)
            {
                foreach (Operation operation in OperationCost.All)
                {
                    own.Touch(operation);
                }
            }
        });

        var cells = new List<Cell>();
        foreach ((Problem problem, NetGenNetwork own) in _networks)
        {
            progress?.Invoke(problem.Shape);
            own.Reset();
            (string Name, IPeerNetwork Network)[] peers = [(Cell.OwnName, own), .. _peers.Select(peer => (peer.Name, peer.Prepare(problem)))];
            Agreement.Check(problem, peers);
            cells.AddRange(OperationCost.All.Select(operation => Measure(problem.Shape, operation, peers, rounds)));
            foreach ((_, IPeerNetwork network) in peers)
            {
                network.Dispose();
            }
        }

        return cells;
    }

    public void Dispose() => _limits.Dispose();

    private Cell Measure(NetworkShape shape, Operation operation, IReadOnlyList<(string Name, IPeerNetwork Network)> peers, int rounds)
    {
        (string Name, Run Run)[] able = [.. peers.Select(peer => (peer.Name, Run: peer.Network[operation]!)).Where(peer => peer.Run is not null)];
        double[] seconds = Interleaved.MeasureQuartiles([.. _limits.Runs, .. able.Select(peer => peer.Run)], rounds);
        int limits = _limits.Runs.Count;
        return new Cell(
            shape,
            operation,
            able.Select((peer, index) => (peer.Name, Seconds: seconds[limits + index])).ToDictionary(peer => peer.Name, peer => peer.Seconds),
            _limits.Rates(seconds.AsSpan(0, limits)));
    }
}
