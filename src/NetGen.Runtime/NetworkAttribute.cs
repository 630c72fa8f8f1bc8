namespace NetGen;

/// <summary>
/// Marks a partial class as a neural network: the compiler adds <see cref="INetwork"/> and its members.
/// The layers follow as attributes of their own, in source order.
/// </summary>
/// <example>
/// <code>
/// [Network(64, Loss = Loss.CategoricalCrossEntropy, Optimizer = Optimizer.Adam)]
/// [Dense(32, Activation.Relu)]
/// [Dense(10, Activation.Softmax)]
/// public partial class DigitReader;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NetworkAttribute : NetworkOptionsAttribute
{
    /// <summary>A network that reads <paramref name="inputs"/> numbers.</summary>
    /// <param name="inputs">The length of one input, at least 1.</param>
    public NetworkAttribute(int inputs) => Inputs = inputs;

    /// <summary>The length of one input.</summary>
    public int Inputs { get; }
}
