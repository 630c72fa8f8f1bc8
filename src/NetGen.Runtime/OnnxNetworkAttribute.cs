namespace NetGen;

/// <summary>
/// Marks a partial class as the neural network in an ONNX file: the compiler reads the file when the project is built and
/// adds <see cref="IPredictor"/> and its members, with the file's weights as static data of the assembly.
/// </summary>
/// <remarks>
/// The file must be one of the project's additional files, <c>&lt;AdditionalFiles Include="policy.onnx" /&gt;</c>. A sample is
/// one row of a batch, whose axis is 1; other axes that the file leaves open have the sizes that <see cref="Dimensions"/>
/// gives. Where the file has several inputs or outputs, <c>Forward</c> also takes a span for each, in the file's order; the
/// other members take them one after the other in one span. What a
/// network learns when it trains are the weights and biases of products, the scales and shifts of normalizations, and what
/// PyTorch calls weight or bias; other constants stay as they are. Batch normalization is that of inference.
/// </remarks>
/// <example>
/// <code>
/// [OnnxNetwork("policy.onnx")]
/// public partial class Policy;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnnxNetworkAttribute : NetworkOptionsAttribute
{
    /// <summary>The network in a file.</summary>
    /// <param name="file">Its name, or the end of its path where several additional files have that name.</param>
    public OnnxNetworkAttribute(string file)
    {
        File = file;
        Training = false;
    }

    /// <summary>The file's name, or the end of its path.</summary>
    public string File { get; }

    /// <summary>
    /// The values to compute, by their names in the file: outputs, or any other that the file computes on the way to them.
    /// Where none are given, the outputs of the file, but for those that are constants and, with a warning, those that cannot be
    /// computed. What no wanted output needs is left out. Whole numbers are given as floats, exactly up to 2²⁴.
    /// </summary>
    public string[] Outputs { get; set; } = [];

    /// <summary>
    /// The sizes of axes that the file leaves open: <c>"sequence=576, height=64"</c>, or <c>"state[1]=4"</c> for axis 1 of the
    /// input <c>state</c>, where the axis has no name or only this one is meant.
    /// </summary>
    /// <remarks>
    /// The batch needs none: it is the open axes that have "batch" in their names, and first axes without a name; in a file that
    /// calls no axis so, the first axis of each input that is open, unless its name stands at another axis as well. A size that
    /// is given for it makes the network compute so many rows at a time.
    /// </remarks>
    public string Dimensions { get; set; } = "";

    /// <summary>
    /// Inputs that never change, with the number that all their elements are: <c>"sr=16000"</c>. They are constants of the network
    /// and no inputs of it; they may be whole numbers, or booleans as 0 and 1.
    /// </summary>
    public string Constants { get; set; } = "";
}
