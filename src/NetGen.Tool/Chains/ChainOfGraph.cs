namespace NetGen.Tool.Chains;

/// <summary>Finds the layers in a graph that is nothing but them.</summary>
internal static class ChainOfGraph
{
    private const string Weight = ".weight";
    private const string Bias = ".bias";

    /// <summary>The chain; null where the graph is something else.</summary>
    public static DenseChain? Find(NetworkGraph network)
    {
        var layers = new List<ChainLayer>();
        var parameters = new HashSet<int>();
        Node node = network.Output;
        while (node != network.Input)
        {
            ActivationRow? row = Activations.Find(node.Op);
            Node[] inputs = [.. network.Graph.InputsOf(row is null ? node : network.Graph[node.Inputs[0]])];
            if ((row is null ? node : network.Graph[node.Inputs[0]]).Op is not AffineOp
                || inputs[0].Op is not ParameterOp weight
                || (inputs.Length > 2 && inputs[2].Op is not ParameterOp)
                || inputs.Where(n => n != inputs[1]).Any(n => !parameters.Add(n.Id)))
            {
                return null;
            }

            string module = Module(weight.StateName, inputs.Length > 2 ? ((ParameterOp)inputs[2].Op).StateName : null);
            layers.Insert(0, new ChainLayer(module, inputs[0].Shape[0], inputs.Length > 2, row?.Name ?? Activations.All[0].Name) { Options = row?.Values ?? OptionValues.None });
            node = inputs[1];
        }

        return layers.Count == 0 ? null : new DenseChain(network.Input.Shape.Count, layers);
    }

    private static string Module(string weight, string? bias)
    {
        string module = weight.EndsWith(Weight, StringComparison.Ordinal) ? weight[..^Weight.Length] : "";
        return module.Length > 0 && (bias is null || bias == module + Bias) && ModuleNames.Fault(module) is null ? module : "";
    }
}
