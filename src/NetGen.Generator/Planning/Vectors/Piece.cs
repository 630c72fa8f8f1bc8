namespace NetGen.Generator;

/// <summary>A part of an axis that one vector holds; a single element where no vector fits.</summary>
/// <param name="Offset">Where on the axis it starts.</param>
internal readonly record struct Piece(int Offset, int Lanes)
{
    /// <summary>The longest vector there is.</summary>
    public const int Longest = 16;

    /// <summary>The shortest vector there is.</summary>
    public const int Shortest = 4;

    /// <summary>An axis is padded to a multiple of this, so that only few lanes of any width run idle.</summary>
    private const int PaddedTo = 8;

    /// <summary>How much memory an axis takes where whole vectors are read and written; the rest is zero.</summary>
    public static int Padded(int extent) =>
        extent <= Shortest ? Shortest : (extent + PaddedTo - 1) / PaddedTo * PaddedTo;

    /// <summary>The vectors that hold this part where they are shorter. One that would begin behind the axis's end holds nothing.</summary>
    public IEnumerable<Piece> Split(int lanes, int extent)
    {
        int length = Math.Min(Lanes, lanes);
        for (int at = Offset; at < Offset + Lanes && at < extent; at += length)
        {
            yield return new Piece(at, length);
        }
    }

    /// <summary>Covers an axis with vectors, the longest first.</summary>
    /// <param name="lanes">The longest vector there is; 1 for none.</param>
    /// <param name="isPadded">Whether the memory goes on up to <see cref="Padded"/>.</param>
    public static IReadOnlyList<Piece> Cover(int extent, int lanes, bool isPadded)
    {
        var pieces = new List<Piece>();

        // One element at a time there is nothing to gain from the padding, which stays zero.
        int end = isPadded && lanes > 1 ? Padded(extent) : extent;
        int at = 0;
        for (int size = lanes; size >= 1; size = size > Shortest ? size / 2 : size > 1 ? 1 : 0)
        {
            for (; at + size <= end; at += size)
            {
                pieces.Add(new Piece(at, size));
            }
        }

        return pieces;
    }
}
