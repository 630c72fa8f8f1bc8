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

    /// <summary>Covers an axis with vectors, the longest first.</summary>
    /// <param name="lanes">The longest vector there is.</param>
    /// <param name="isPadded">Whether the memory goes on up to <see cref="Padded"/>.</param>
    public static IReadOnlyList<Piece> Cover(int extent, int lanes, bool isPadded)
    {
        var pieces = new List<Piece>();
        int end = isPadded ? Padded(extent) : extent;
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
