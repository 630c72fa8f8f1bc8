using NetGen;

namespace CartPole;

/// <summary>Where to push: the cart's state in, the probabilities of left and right out.</summary>
[Network(4, Loss = Loss.CategoricalCrossEntropy, Optimizer = Optimizer.Adam)]
[Dense(16, Activation.Tanh)]
[Dense(2, Activation.Softmax)]
internal partial class Policy;
