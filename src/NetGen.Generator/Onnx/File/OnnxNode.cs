namespace NetGen.Generator;

/// <summary>A node as the file has it.</summary>
/// <param name="Name">Empty where the file gives none.</param>
/// <param name="Operator">The operator's name: <c>Gemm</c>.</param>
/// <param name="Domain">The set the operator is of; empty for ONNX's own, which is also called <c>ai.onnx</c>.</param>
/// <param name="Inputs">The values it reads; empty for an optional one that is left out.</param>
/// <param name="Outputs">The values it makes; empty for an optional one that is left out.</param>
internal sealed record OnnxNode(
    string Name,
    string Operator,
    string Domain,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    IReadOnlyDictionary<string, OnnxAttribute> Attributes)
{
    /// <summary>The names of the branches of <c>If</c>.</summary>
    public const string Then = "then_branch", Else = "else_branch";

    /// <summary>The graphs that it has, one of which is computed in its place.</summary>
    public IReadOnlyDictionary<string, OnnxGraph> Branches { get; init; } = NoBranches;

    /// <summary>Its inputs, and what its branches read of the graph around them.</summary>
    public IEnumerable<string> Reads => Branches.Count == 0 ? Inputs : Inputs.Concat(Branches.Values.SelectMany(b => b.Free)).Distinct();

    private static IReadOnlyDictionary<string, OnnxGraph> NoBranches { get; } = new Dictionary<string, OnnxGraph>();
}
