namespace NetGen.Testing.Onnx;

/// <summary>Inputs and outputs of a model by their names in the graph. An output that is random is not there.</summary>
internal sealed record OnnxVectors(IReadOnlyDictionary<string, OnnxVector> Inputs, IReadOnlyDictionary<string, OnnxVector> Outputs);

/// <param name="Shape">The first is the number of rows, unless the output does not depend on the input.</param>
/// <param name="Values">Row-major. Inputs are floats; outputs are computed in double precision.</param>
internal sealed record OnnxVector(IReadOnlyList<int> Shape, IReadOnlyList<double> Values);
