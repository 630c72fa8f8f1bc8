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
