using NetGen;

namespace Digits;

/// <summary>Reads a handwritten digit: 64 grey values in, the probabilities of 0 to 9 out.</summary>
[Network(DigitData.PixelCount, Loss = Loss.CategoricalCrossEntropy, Optimizer = Optimizer.Adam)]
[Dense(32, Activation.Relu)]
[Dense(DigitData.ClassCount, Activation.Softmax)]
public partial class DigitReader;
