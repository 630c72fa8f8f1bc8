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
    IReadOnlyDictionary<string, OnnxAttribute> Attributes);
