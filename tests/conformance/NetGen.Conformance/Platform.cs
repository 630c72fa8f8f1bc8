#if NET
using System.Runtime.Intrinsics;
using NetGen.CompilerServices;
#endif

namespace NetGen.Conformance
{
    /// <summary>What the program runs on.</summary>
    internal static class Platform
    {
        /// <summary>Bits of the longest vectors that networks use here; 0 if there are none.</summary>
        public static int VectorBits =>
#if NET
            Processor.HasVector512 ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
#else
            0;
#endif
    }
}
