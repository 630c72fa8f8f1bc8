namespace NetGen.Generator;

/// <summary>A network as an ONNX file that lacks only the numbers that are learned.</summary>
/// <param name="Bytes">All that is known when the network is compiled.</param>
/// <param name="Holes">Where the parameters go, in logical order.</param>
/// <param name="Nodes">The file's nodes, for comments: <c>z1 = Gemm(x, 0.weight, 0.bias)</c>.</param>
internal sealed record OnnxExport(EquatableArray<byte> Bytes, EquatableArray<ExportHole> Holes, EquatableArray<string> Nodes);
