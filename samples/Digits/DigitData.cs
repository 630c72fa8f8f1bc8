using System.Globalization;
using System.IO.Compression;

namespace Digits;

/// <summary>The UCI handwritten digits: 1,797 images of 8 × 8 pixels. See data/README.txt for their authors.</summary>
internal static class DigitData
{
    public const int Side = 8;
    public const int PixelCount = Side * Side;
    public const int ClassCount = 10;

    private const float Black = 16;
    private const int SplitSeed = 1;

    /// <summary>Reads the images and splits them, always the same way: 70 % to learn, 10 % to watch, 20 % to test.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It holds something else.</exception>
    public static (DigitSet Training, DigitSet Validation, DigitSet Test) Load(string path)
    {
        (byte[] Pixels, int Label)[] digits = [.. Unpack(path).Select(Parse)];
        if (digits.Length < 10)
        {
            throw new InvalidDataException($"expected at least 10 images, found {digits.Length}");
        }

        new Random(SplitSeed).Shuffle(digits);
        int testCount = digits.Length / 5;
        int validationCount = digits.Length / 10;
        return (
            Pack(digits[(testCount + validationCount)..]),
            Pack(digits[testCount..(testCount + validationCount)]),
            Pack(digits[..testCount]));
    }

    private static List<string> Unpack(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException("there is no such file");
        }

        using FileStream file = File.OpenRead(path);
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);
        List<string> lines = [];
        try
        {
            while (reader.ReadLine() is string line)
            {
                lines.Add(line);
            }

            return lines;
        }
        catch (InvalidDataException error)
        {
            // Its own message tells of compression methods, whatever is wrong.
            throw new InvalidDataException("it is damaged, or not compressed by gzip", error);
        }
    }

    private static (byte[] Pixels, int Label) Parse(string line, int index)
    {
        int lineNumber = index + 1;
        string[] cells = line.Split(',');
        if (cells.Length != PixelCount + 1)
        {
            throw new InvalidDataException(
                $"line {lineNumber}: expected {PixelCount + 1} numbers, found {cells.Length}");
        }

        byte[] pixels = new byte[PixelCount];
        for (int i = 0; i < PixelCount; i++)
        {
            pixels[i] = (byte)Number(cells[i], (int)Black, lineNumber);
        }

        return (pixels, Number(cells[PixelCount], ClassCount - 1, lineNumber));
    }

    private static int Number(string cell, int maximum, int lineNumber) =>
        int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= maximum
            ? number
            : throw new InvalidDataException(
                $"line {lineNumber}: expected a whole number from 0 to {maximum}, found '{cell}'");

    private static DigitSet Pack(ReadOnlySpan<(byte[] Pixels, int Label)> digits)
    {
        var set = new DigitSet(
            new float[digits.Length * PixelCount],
            new float[digits.Length * ClassCount],
            new int[digits.Length]);
        for (int row = 0; row < digits.Length; row++)
        {
            for (int i = 0; i < PixelCount; i++)
            {
                set.Pixels[(row * PixelCount) + i] = digits[row].Pixels[i] / Black;
            }

            set.Targets[(row * ClassCount) + digits[row].Label] = 1;
            set.Labels[row] = digits[row].Label;
        }

        return set;
    }
}
