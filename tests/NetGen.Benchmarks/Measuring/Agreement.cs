using NetGen.Benchmarks.Peers;

namespace NetGen.Benchmarks.Measuring;

/// <summary>Holds that all peers compute the same: a comparison with something that does less would be worthless.</summary>
internal static class Agreement
{
    private const float Tolerance = 2e-3f;
    private const int CheckedRow = 3;

    /// <summary>Compares predictions, then trains a little with each operation and compares again.</summary>
    public static void Check(Problem problem, IReadOnlyList<(string Name, IPeerNetwork Network)> peers, int calls = 2 * Problem.Rows)
    {
        Compare(problem, peers, "Forward");
        foreach (Operation operation in OperationCost.All.Where(o => o.Trains()))
        {
            (string Name, IPeerNetwork Network)[] able = [.. peers.Where(peer => peer.Network[operation] is not null)];
            foreach ((_, IPeerNetwork network) in able)
            {
                network[operation]!(calls);
            }

            // Peers that lack an operation fall behind, so only the others still have the same parameters.
            peers = [.. peers.Where(able.Contains)];
            Compare(problem, peers, operation.ToString());
        }
    }

    private static void Compare(Problem problem, IReadOnlyList<(string Name, IPeerNetwork Network)> peers, string after)
    {
        float[] expected = peers[0].Network.Predict(CheckedRow);
        foreach ((string name, IPeerNetwork network) in peers.Skip(1))
        {
            float[] actual = network.Predict(CheckedRow);
            for (int o = 0; o < expected.Length; o++)
            {
                if (!(Math.Abs(actual[o] - expected[o]) <= Tolerance * Math.Max(1, Math.Abs(expected[o]))))
                {
                    throw new InvalidOperationException(FormattableString.Invariant(
                        $"{name} and NetGen differ on {problem.Shape} after {after}: output {o} is {actual[o]} and {expected[o]}."));
                }
            }
        }
    }
}
