using System.ComponentModel;
using System.Runtime.CompilerServices;
#if NET8_0_OR_GREATER
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
#endif

namespace NetGen.CompilerServices;

/// <summary>What the processor has that compiled networks ask for. Not meant to be called by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Processor
{
    /// <summary>
    /// Whether there are vectors of 512 bits: AVX-512 with its parts F, BW, DQ and VL. On some processors that have them .NET
    /// prefers shorter ones, because long ones can cost frequency (<c>Vector512.IsHardwareAccelerated</c> is false there). They
    /// are worth it to a product of matrices. The just-in-time compiler knows the answer; one that compiles ahead of time
    /// says no unless it was told of them.
    /// </summary>
    public static bool HasVector512
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
#if NET8_0_OR_GREATER
        get => Vector512.IsHardwareAccelerated || (Avx512BW.VL.IsSupported && Avx512DQ.VL.IsSupported);
#else
        get => false;
#endif
    }
}
