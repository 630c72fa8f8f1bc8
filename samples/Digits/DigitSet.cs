namespace Digits;

/// <summary>Some images and the digits they show.</summary>
/// <param name="Pixels">[n, 64], row-major: 0 is white, 1 black.</param>
/// <param name="Targets">[n, 10], row-major: 1 for the digit shown, 0 for the others.</param>
/// <param name="Labels">[n]: the digit shown.</param>
internal sealed record DigitSet(float[] Pixels, float[] Targets, int[] Labels)
{
    public int Count => Labels.Length;

    public ReadOnlySpan<float> Image(int index) => Pixels.AsSpan(index * DigitData.PixelCount, DigitData.PixelCount);

    /// <summary>
    /// These images, and each of them again half a pixel to the left, to the right, up and down. On about a thousand
    /// images a network learns where a stroke happens to lie; the copies teach it that this does not matter.
    /// </summary>
    public DigitSet WithShiftedCopies()
    {
        (int X, int Y)[] neighbours = [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1)];
        var copies = new DigitSet(
            new float[neighbours.Length * Pixels.Length],
            [.. Enumerable.Repeat(Targets, neighbours.Length).SelectMany(targets => targets)],
            [.. Enumerable.Repeat(Labels, neighbours.Length).SelectMany(labels => labels)]);

        Span<float> destination = copies.Pixels;
        foreach ((int dx, int dy) in neighbours)
        {
            for (int index = 0; index < Count; index++)
            {
                Shift(Image(index), dx, dy, destination);
                destination = destination[DigitData.PixelCount..];
            }
        }

        return copies;
    }

    /// <summary>Moves an image by half a pixel: each pixel becomes the mean of itself and one neighbour.</summary>
    private static void Shift(ReadOnlySpan<float> image, int dx, int dy, Span<float> destination)
    {
        for (int y = 0; y < DigitData.Side; y++)
        {
            for (int x = 0; x < DigitData.Side; x++)
            {
                bool isInside = x + dx is >= 0 and < DigitData.Side && y + dy is >= 0 and < DigitData.Side;
                float neighbour = isInside ? image[((y + dy) * DigitData.Side) + x + dx] : 0;
                destination[(y * DigitData.Side) + x] = (image[(y * DigitData.Side) + x] + neighbour) / 2;
            }
        }
    }
}
