namespace NetGen.Generator;

/// <summary>
/// The graph of a file. Each value is defined once and before it is read: nodes are in an order in which they can be
/// computed, and every output is made.
/// </summary>
/// <param name="Inputs">What the caller gives; without inputs that only restate an initializer, as old files have them.</param>
internal sealed record OnnxGraph(
    string Name,
    IReadOnlyList<OnnxNode> Nodes,
    IReadOnlyDictionary<string, OnnxTensor> Initializers,
    IReadOnlyList<OnnxValue> Inputs,
    IReadOnlyList<OnnxValue> Outputs);
