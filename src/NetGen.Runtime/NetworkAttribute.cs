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
public sealed class NetworkAttribute : Attribute
{
    /// <summary>A network that reads <paramref name="inputs"/> numbers.</summary>
    /// <param name="inputs">The length of one input, at least 1.</param>
    public NetworkAttribute(int inputs) => Inputs = inputs;

    /// <summary>The length of one input.</summary>
    public int Inputs { get; }

    /// <summary>What training makes smaller.</summary>
    public Loss Loss { get; set; } = Loss.MeanSquaredError;

    /// <summary>The rule of <see cref="INetwork.Step"/> and <c>TrainBatch</c>.</summary>
    public Optimizer Optimizer { get; set; } = Optimizer.Sgd;

    /// <summary>
    /// False for a network that only predicts: it has no member that trains, holds no memory for gradients
    /// or the optimizer, and implements <see cref="IPredictor"/> in place of <see cref="INetwork"/>.
    /// </summary>
    public bool Training { get; set; } = true;

    /// <summary>Whether layers become straight-line code or loops.</summary>
    public Unroll Unroll { get; set; } = Unroll.Auto;

    /// <summary>Whether functions such as tanh may give up accuracy for speed.</summary>
    public MathMode Math { get; set; } = MathMode.Accurate;

    /// <summary>How long the vectors may be that the methods use.</summary>
    public Simd Simd { get; set; } = Simd.Auto;
}
