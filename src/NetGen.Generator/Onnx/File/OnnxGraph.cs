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
    IReadOnlyList<OnnxValue> Outputs);
