namespace NetGen;

/// <summary>
/// Marks a partial class as the neural network in an ONNX file: the compiler reads the file when the project is built and
/// adds <see cref="IPredictor"/> and its members, with the file's weights as static data of the assembly.
/// </summary>
/// <remarks>
/// The file must be one of the project's additional files, <c>&lt;AdditionalFiles Include="policy.onnx" /&gt;</c>. A sample is
/// one row of a batch: dimensions that the file leaves open are 1. Where the file has several inputs or outputs, <c>Forward</c>
/// also takes a span for each, in the file's order; the other members take them one after the other in one span. What a
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

    /// <summary>The outputs to compute, by their names in the file; all where none are given. What no wanted output needs is left out.</summary>
    public string[] Outputs { get; set; } = [];
}
