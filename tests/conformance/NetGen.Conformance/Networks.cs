namespace NetGen.Conformance
{
    // Every activation, loss and optimizer; widths on both sides of every length of vectors, and of panels of weights.
    [Network(3, Loss = Loss.MeanSquaredError, Optimizer = Optimizer.Sgd, Determinism = Determinism.CrossPlatform)]
    [Dense(5, Activation.Sigmoid)]
    [Dense(33, Activation.HardSigmoid, Initializer = Initializer.XavierNormal)]
    [Dense(1)]
    internal partial class Narrow
    {
    }

    [Network(16, Loss = Loss.MeanAbsoluteError, Optimizer = Optimizer.Momentum, Determinism = Determinism.CrossPlatform)]
    [Dense(8, Activation.Tanh)]
    [Dense(16, Activation.HardTanh, Initializer = Initializer.LeCunNormal)]
    [Dense(4)]
    internal partial class OfLanes
    {
    }

    [Network(37, Loss = Loss.Huber, Optimizer = Optimizer.Nesterov, Determinism = Determinism.CrossPlatform)]
    [Dense(70, Activation.Relu)]
    [Dense(20, Activation.LeakyRelu, Initializer = Initializer.HeNormal, Bias = false)]
    [Dense(2)]
    internal partial class OfPanels
    {
    }

    [Network(8, Loss = Loss.RootMeanSquaredError, Optimizer = Optimizer.AdaGrad, Determinism = Determinism.CrossPlatform)]
    [Dense(130, Activation.Elu)]
    [Dense(7, Activation.Selu)]
    [Dense(3)]
    internal partial class OfTwoPanels
    {
    }

    [Network(64, Loss = Loss.CategoricalCrossEntropy, Optimizer = Optimizer.Adam, Determinism = Determinism.CrossPlatform)]
    [Dense(32, Activation.Gelu)]
    [Dense(10, Activation.Softmax)]
    internal partial class Digits
    {
    }

    // What Digits is measured against.
    [Network(64, Loss = Loss.CategoricalCrossEntropy, Optimizer = Optimizer.Adam)]
    [Dense(32, Activation.Gelu)]
    [Dense(10, Activation.Softmax)]
    internal partial class DigitsOfOneProcessor
    {
    }

    [Network(12, Loss = Loss.BinaryCrossEntropy, Optimizer = Optimizer.RmsProp, Determinism = Determinism.CrossPlatform)]
    [Dense(48, Activation.Silu)]
    [Dense(9, Activation.Mish)]
    [Dense(3, Activation.Sigmoid)]
    internal partial class OfProbabilities
    {
    }

    [Network(5, Optimizer = Optimizer.AdamW, MathMode = MathMode.Fast, Determinism = Determinism.CrossPlatform)]
    [Dense(100, Activation.Tanh)]
    [Dense(17, Activation.Softplus, Initializer = Initializer.XavierUniform)]
    [Dense(6)]
    internal partial class Fast
    {
    }

    [Network(2, Optimizer = Optimizer.Adam, Unroll = Unroll.Full, Determinism = Determinism.CrossPlatform)]
    [Dense(9, Activation.Softsign)]
    [Dense(11, Activation.HardSwish)]
    [Dense(13, Activation.Relu6, Initializer = Initializer.HeUniform)]
    [Dense(2, Activation.Linear, Initializer = Initializer.Zeros)]
    internal partial class WrittenOut
    {
    }

    [OnnxNetwork("tanh_layernorm_17.onnx", Training = true, Determinism = Determinism.CrossPlatform)]
    internal partial class OfFile
    {
    }
}
