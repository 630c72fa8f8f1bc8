namespace NetGen.Generator;

/// <summary>
/// What the just-in-time compiler can still optimise. It gives up on a method at 60,000 bytes of IL, 20,000
/// instructions, 2,000 basic blocks or 2,000 locals, and keeps only some of 1,024 locals in registers; these limits
/// keep a distance. Unrolled scalar code is slower than a loop well before them.
/// </summary>
internal static class JitBudget
{
    /// <summary>Multiply-adds written out in one method; about 16 bytes of machine code each.</summary>
    public const int MultiplyAddsPerMethod = 1_000;

    /// <summary>A layer is written out by choice up to here: past it, a loop is as fast and starts at once.</summary>
    public const int MultiplyAddsPerLayer = 512;

    /// <summary>What Unroll.Full may ask of one layer.</summary>
    public const int HardMultiplyAddsPerLayer = 1_000;

    /// <summary>The longest vector that is written out: each element may become a local.</summary>
    public const int VectorLength = 64;

    /// <summary>Terms in one expression: deep trees fall off the same cliff.</summary>
    public const int TermsPerStatement = 16;

    /// <summary>The share of a method's budget that one elementwise result costs.</summary>
    public const int ElementCost = 4;

    /// <summary>The share of a method's budget that a loop nest costs.</summary>
    public const int LoopCost = 16;
}
