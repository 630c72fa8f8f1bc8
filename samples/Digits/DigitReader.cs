using NetGen;

namespace Digits;

/// <summary>Reads a handwritten digit: 64 grey values in, the probabilities of 0 to 9 out.</summary>
[Network(64, Loss = Loss.CategoricalCrossEntropy, Optimizer = Optimizer.Adam)]
[Dense(32, Activation.Relu)]
[Dense(10, Activation.Softmax)]
public partial class DigitReader;
