namespace NetGen.Generator;

/// <summary>What an ONNX file holds.</summary>
/// <param name="Producer">The tool that wrote it, with its version: <c>pytorch 1.13.1</c>. Empty where the file does not say.</param>
/// <param name="Opset">The version of ONNX's own operators, in which the nodes are to be understood.</param>
internal sealed record OnnxModel(string Producer, int Opset, OnnxGraph Graph)
{
    /// <summary>The oldest and the newest version of the operators that are read.</summary>
    public const int OldestOpset = 7, NewestOpset = 26;

    /// <summary>Reads a file. Time and memory are proportional to its length, whatever it says of itself.</summary>
    /// <exception cref="OnnxException">It is no ONNX file, or holds what is not supported.</exception>
    public static OnnxModel Read(byte[] file) => OnnxModelReader.Read(file);
}
