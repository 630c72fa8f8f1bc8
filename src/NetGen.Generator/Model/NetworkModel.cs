namespace NetGen.Generator;

/// <summary>
/// All that the user declared, and all that the later stages may know of it. This is the cache boundary of the
/// generator: records of strings, numbers and <see cref="EquatableArray{T}"/> alone. No symbol, syntax node,
/// location or compilation may ever be reachable from it; equal models must give the same bytes.
/// </summary>
/// <param name="Type">The class that gets the members.</param>
/// <param name="Source">What it is made of.</param>
/// <param name="Loss">The name of a row of <see cref="Losses"/>.</param>
/// <param name="Optimizer">The name of a row of <see cref="Optimizers"/>.</param>
/// <param name="Training">Whether members that train are wanted.</param>
/// <param name="Unroll">What the user asked of the planner.</param>
/// <param name="Simd">How long vectors may be; null where the network leaves that to the project.</param>
internal sealed record NetworkModel(
    TypeModel Type,
    FrontEnd Source,
    string Loss,
    string Optimizer,
    bool Training,
    UnrollMode Unroll,
    SimdMode? Simd)
{
    /// <summary>What functions may give up for speed.</summary>
    public MathMode MathMode { get; init; }

    /// <summary>On which machines the same numbers are computed.</summary>
    public DeterminismMode Determinism { get; init; }

    /// <summary>The numbers that were declared for the optimizer and the loss.</summary>
    public OptionValues Options { get; init; } = OptionValues.None;

    /// <summary>What a step does.</summary>
    public OptimizerRow Rule => Optimizers.Get(Optimizer, Options);

    /// <summary>What a step of plain descent does.</summary>
    public OptimizerRow Descent => Optimizers.Descent(Options);

    /// <summary>The most that the norm of the mean gradient may be; 0 for no limit.</summary>
    public double ClipNorm => Options[Optimizers.ClipNorm];

    /// <summary>The graph with its adjoints.</summary>
    /// <exception cref="FrontEndException">There is no graph to be made of the source.</exception>
    public NetworkGraph Build() => Differentiate(Source.Build(CancellationToken.None));

    public NetworkGraph Differentiate(ForwardGraph forward) => forward.Train(Losses.Get(Loss, Options));
}

/// <summary>Mirrors <c>NetGen.Unroll</c> of the runtime, by value.</summary>
internal enum UnrollMode
{
    Auto,
    Full,
    Loops,
}

/// <summary>Mirrors <c>NetGen.MathMode</c> of the runtime, by value.</summary>
internal enum MathMode
{
    Accurate,
    Fast,
}

/// <summary>Mirrors <c>NetGen.Determinism</c> of the runtime, by value.</summary>
internal enum DeterminismMode
{
    SameProcessor,
    CrossPlatform,
}

/// <summary>Mirrors <c>NetGen.Simd</c> of the runtime, by value.</summary>
internal enum SimdMode
{
    Auto,
    None,
    Vector128,
    Vector256,
    Vector512,
}
