namespace NetGen.Generator;

/// <summary>
/// What the user's compilation offers to generated code: symbols that exist there, never the name of a target.
/// A part of the cache boundary: the rules of <see cref="NetworkModel"/> hold.
/// </summary>
/// <param name="HasMathF">There is System.MathF with Sqrt and Abs.</param>
/// <param name="HasVectors">There are Vector128, Vector256 and Vector512 of System.Runtime.Intrinsics.</param>
/// <param name="HasMultiplyAddEstimate">They have MultiplyAddEstimate, which is the fastest that the processor has.</param>
internal sealed record ConsumerModel(bool HasMathF, bool HasVectors, bool HasMultiplyAddEstimate)
{
    /// <summary>How long vectors may be in networks that do not say so themselves; null where what the project says is none of the choices.</summary>
    public SimdMode? Simd { get; init; } = SimdMode.Auto;

    /// <summary>The vectors to write code for, in floats, the longest first; 1 for the same without vectors.</summary>
    /// <param name="wanted">What the network says; null for nothing.</param>
    public EquatableArray<int> Widths(SimdMode? wanted, DeterminismMode determinism)
    {
        SimdMode? simd = wanted ?? Simd;
        int longest = !HasVectors || simd == SimdMode.None ? 0
            : simd == SimdMode.Vector128 ? 4
            : simd == SimdMode.Vector256 ? 8
            : 16;
        IEnumerable<int> vectors = new[] { 16, 8, 4 }.Where(lanes => lanes <= longest);
        return (determinism == DeterminismMode.CrossPlatform ? vectors.Append(1) : vectors).ToEquatableArray();
    }
}
