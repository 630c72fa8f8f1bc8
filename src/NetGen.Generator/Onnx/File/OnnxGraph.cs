namespace NetGen.Generator;

/// <summary>
/// The graph of a file. Each value is defined once, and nodes are in an order in which they can be computed. Something may
/// be read, or be an output, that nothing defines: that is a fault of who needs it.
/// </summary>
/// <param name="Inputs">What the caller gives; without inputs that only restate an initializer, as old files have them.</param>
internal sealed record OnnxGraph(
    string Name,
    IReadOnlyList<OnnxNode> Nodes,
    IReadOnlyDictionary<string, OnnxTensor> Initializers,
    IReadOnlyList<OnnxValue> Inputs,
    IReadOnlyList<OnnxValue> Outputs)
{
    /// <summary>What is read that the graph does not define: a branch has it from the graph around it.</summary>
    public IReadOnlyList<string> Free
    {
        get
        {
            HashSet<string> own = [.. Initializers.Keys, .. Inputs.Select(i => i.Name), .. Nodes.SelectMany(n => n.Outputs)];
            return [.. Nodes.SelectMany(n => n.Reads).Concat(Outputs.Select(o => o.Name)).Where(name => name.Length > 0 && own.Add(name))];
        }
    }
}
