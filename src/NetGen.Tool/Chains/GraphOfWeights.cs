using NetGen.Tool.Files;

namespace NetGen.Tool.Chains;

/// <summary>The graph of a chain with the numbers of the file in which it was found, as a graph of an ONNX file has them.</summary>
internal static class GraphOfWeights
{
    public static NetworkGraph Build(DenseChain chain, WeightsSource weights)
    {
        NetworkGraph network = chain.ToModel().Build(CancellationToken.None).Train(Losses.All[0]);
        IReadOnlyDictionary<string, float[]> values = weights.Values(network.Parameters.Select(p => ((ParameterOp)p.Op).StateName).ToHashSet(StringComparer.Ordinal));
        Node[] nodes = [.. network.Graph.Nodes.Select(n => n.Op is ParameterOp op ? n with { Op = op with { Values = new TensorData(values[op.StateName]) } } : n)];
        return network with
        {
            Graph = new Graph(nodes),
            Parameters = [.. network.Parameters.Select(p => nodes[p.Id])],
        };
    }
}
