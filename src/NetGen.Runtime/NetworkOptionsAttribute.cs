namespace NetGen;

/// <summary>What can be said of any network, whatever it is compiled from.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class NetworkOptionsAttribute : Attribute
{
    private protected NetworkOptionsAttribute()
    {
    }

    /// <summary>What training makes smaller.</summary>
    public Loss Loss { get; set; } = Loss.MeanSquaredError;

    /// <summary>The rule of <see cref="INetwork.Step"/> and <c>TrainBatch</c>.</summary>
    public Optimizer Optimizer { get; set; } = Optimizer.Sgd;

    /// <summary>
    /// δ of <see cref="Loss.Huber"/>, the error from which on it grows in a straight line; greater than 0, and 1 unless it is set
    /// (NaN). As delta of PyTorch's HuberLoss.
    /// </summary>
    public float Delta { get; set; } = float.NaN;

    /// <summary>
    /// The part s of each target of <see cref="Loss.CategoricalCrossEntropy"/> that goes to all n outputs alike, t ← (1 − s)·t + s/n;
    /// from 0 to 1, and 0 unless it is set (NaN). As label_smoothing of PyTorch's CrossEntropyLoss. <c>Evaluate</c> computes the same loss.
    /// </summary>
    public float LabelSmoothing { get; set; } = float.NaN;

    /// <summary>
    /// β₁ of <see cref="Optimizer.Adam"/> and <see cref="Optimizer.AdamW"/>: how much of the mean of gradients each step keeps; at
    /// least 0, below 1, and 0.9 unless it is set (NaN).
    /// </summary>
    public float Beta1 { get; set; } = float.NaN;

    /// <summary>
    /// How much of the mean of squared gradients each step keeps; at least 0 and below 1. Unless it is set (NaN), β₂ = 0.999 of
    /// <see cref="Optimizer.Adam"/> and <see cref="Optimizer.AdamW"/>, and 0.99 of <see cref="Optimizer.RmsProp"/>, where PyTorch
    /// calls it alpha.
    /// </summary>
    public float Beta2 { get; set; } = float.NaN;

    /// <summary>
    /// What is added to the root that a step divides by; greater than 0. Unless it is set (NaN), 1e−10 of <see cref="Optimizer.AdaGrad"/>
    /// and 1e−8 of <see cref="Optimizer.RmsProp"/>, <see cref="Optimizer.Adam"/> and <see cref="Optimizer.AdamW"/>.
    /// </summary>
    public float Epsilon { get; set; } = float.NaN;

    /// <summary>
    /// How much of the last movement each step keeps; at least 0 and below 1. Unless it is set (NaN), 0.9 of
    /// <see cref="Optimizer.Momentum"/> and <see cref="Optimizer.Nesterov"/>, and 0 of <see cref="Optimizer.RmsProp"/>, which
    /// remembers a movement only where this is greater.
    /// </summary>
    public float Momentum { get; set; } = float.NaN;

    /// <summary>
    /// How fast parameters shrink; at least 0. <see cref="Optimizer.AdamW"/> subtracts lr·d·p from each, with d = 0.01 unless it is
    /// set (NaN). All others add d·p to the gradient, as PyTorch does, with d = 0 unless it is set. Biases shrink as weights do.
    /// </summary>
    public float WeightDecay { get; set; } = float.NaN;

    /// <summary>
    /// The most that the norm of the mean gradient of all parameters together may be: a longer one is scaled to it before a step,
    /// as by PyTorch's clip_grad_norm_. Greater than 0; no limit unless it is set (NaN). For every optimizer, and for
    /// <see cref="INetwork.SgdStep"/>. A step then waits for the whole gradient, which costs a pass over it.
    /// </summary>
    public float ClipNorm { get; set; } = float.NaN;

    /// <summary>
    /// The most that an element of the mean gradient may be, up or down: what is beyond is cut before a step, as by PyTorch's
    /// clip_grad_value_. Greater than 0; no limit unless it is set (NaN). For every optimizer, and for
    /// <see cref="INetwork.SgdStep"/>; after <see cref="ClipNorm"/> where there are both.
    /// </summary>
    public float ClipValue { get; set; } = float.NaN;

    /// <summary>
    /// False for a network that only predicts: it has no member that trains, holds no memory for gradients
    /// or the optimizer, and implements <see cref="IPredictor"/> in place of <see cref="INetwork"/>.
    /// </summary>
    public bool Training { get; set; } = true;

    /// <summary>Whether layers become straight-line code or loops.</summary>
    public Unroll Unroll { get; set; } = Unroll.Auto;

    /// <summary>Whether functions such as tanh may give up accuracy for speed.</summary>
    public MathMode MathMode { get; set; } = MathMode.Accurate;

    /// <summary>On which machines the same bits are computed.</summary>
    public Determinism Determinism { get; set; } = Determinism.SameProcessor;

    /// <summary>How long the vectors may be that the methods use.</summary>
    public Simd Simd { get; set; } = Simd.Auto;
}
