using System.ComponentModel;
#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
#endif

namespace NetGen.CompilerServices;

/// <summary>
/// Memory whose vectors do not cross cache lines, which would cost a third of the speed. Not meant to be called by hand.
/// </summary>
/// <remarks>
/// The array lies where the garbage collector moves nothing, with room for one cache line more: its first element on a
/// line stays there, and is found from the address alone.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Aligned
{
#if NET8_0_OR_GREATER
    private const int Line = 64;
    private const int FloatsPerLine = Line / sizeof(float);

    /// <summary>Zeros, with room for alignment.</summary>
    /// <param name="length">How many floats there are from <see cref="First"/> on.</param>
    public static float[] Allocate(int length) => GC.AllocateArray<float>(length + FloatsPerLine - 1, pinned: true);

    /// <summary>The first element that begins a cache line.</summary>
    /// <param name="memory">From <see cref="Allocate"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe ref float First(float[] memory)
    {
        ref float start = ref MemoryMarshal.GetArrayDataReference(memory);
        nuint address = (nuint)Unsafe.AsPointer(ref start);
        return ref Unsafe.AddByteOffset(ref start, (0 - address) & (Line - 1));
    }

    /// <summary>All elements from <see cref="First"/> on.</summary>
    /// <param name="memory">From <see cref="Allocate"/>.</param>
    public static Span<float> Span(float[] memory) =>
        MemoryMarshal.CreateSpan(ref First(memory), memory.Length - (FloatsPerLine - 1));
#else
    /// <summary>Zeros: where there are no vectors, nothing is aligned.</summary>
    /// <param name="length">How many floats there are from <see cref="First"/> on.</param>
    public static float[] Allocate(int length) => new float[length];

    /// <summary>The first element.</summary>
    /// <param name="memory">From <see cref="Allocate"/>.</param>
    public static ref float First(float[] memory) => ref memory[0];

    /// <summary>All elements.</summary>
    /// <param name="memory">From <see cref="Allocate"/>.</param>
    public static Span<float> Span(float[] memory) => memory;
#endif
}
