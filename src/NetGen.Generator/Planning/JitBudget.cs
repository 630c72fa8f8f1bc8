namespace NetGen.Generator;

/// <summary>
/// What the just-in-time compiler can still optimise. It gives up on a method at 60,000 bytes of IL, 20,000
/// instructions, 2,000 basic blocks or 2,000 locals, and keeps only some of 1,024 locals in registers; these limits
/// keep a distance. Unrolled scalar code is slower than a loop well before them.
/// </summary>
internal static class JitBudget
{
    /// <summary>A network is written out by choice up to here; a multiply-add is about 16 bytes of machine code.</summary>
    /// <remarks><c>costs MultiplyAddsPerMethod</c>, scalar: past it a prediction is 1.6 times as fast written out, and a step of training a quarter slower.</remarks>
    public const int MultiplyAddsPerMethod = 1_000;

    /// <summary>A layer is written out by choice up to here: past it, a loop is as fast and starts at once.</summary>
    /// <remarks><c>costs MultiplyAddsPerLayer</c>, scalar: written out is up to twice as fast as loops up to 784, and several times slower at 992.</remarks>
    public const int MultiplyAddsPerLayer = 512;

    /// <summary>What Unroll.Full may ask of one layer.</summary>
    public const int HardMultiplyAddsPerLayer = 1_000;

    /// <summary>The longest vector that is written out: each element may become a local.</summary>
    public const int VectorLength = 64;

    /// <summary>Terms in one expression: deep trees fall off the same cliff.</summary>
    public const int TermsPerStatement = 16;

    /// <summary>
    /// What one method may hold, in IL instructions as <see cref="Kernel.Cost"/> estimates them. The weight gradient of
    /// the largest layer that Unroll.Full writes out just fits.
    /// </summary>
    public const int InstructionsPerMethod = 12_000;

    /// <summary>A weight's gradient: it is added to memory.</summary>
    public const int StoreCost = 7;

    /// <summary>An element of a vector: it may become a local, of which there are fewer than instructions.</summary>
    public const int ElementCost = 16;

    /// <summary>An element that is read once; what is read again is in a local.</summary>
    public const int LoadCost = 4;

    /// <summary>A comparison: it makes three basic blocks, of which there are fewer than instructions.</summary>
    public const int ComparisonCost = 24;

    /// <summary>A call: its result may become a local.</summary>
    public const int CallCost = 8;

    /// <summary>A loop nest, however long it runs.</summary>
    public const int LoopCost = 50;
}
