using System.Globalization;

namespace NetGen.Generator;

/// <summary>The one place where numbers become text: culture-invariant, and the same float when read back.</summary>
internal static class Literal
{
    /// <summary>The shortest digits that round-trip. ToString("R") gives others on .NET Framework than on .NET.</summary>
    public static string Digits(float value)
    {
        for (int precision = 1; precision < 9; precision++)
        {
            string digits = value.ToString("G" + precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (float.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out float parsed) && parsed == value)
            {
                return digits;
            }
        }

        return value.ToString("G9", CultureInfo.InvariantCulture);
    }

    /// <summary>A C# literal of type float.</summary>
    public static string Of(float value)
    {
        if (float.IsNaN(value))
        {
            return "float.NaN";
        }

        if (float.IsInfinity(value))
        {
            return value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity";
        }

        return Digits(value) + "f";
    }

    /// <summary>A C# literal of type double.</summary>
    public static string Of(double value) => value.ToString("R", CultureInfo.InvariantCulture) + "d";

    public static string Of(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>With thousands separators, for comments.</summary>
    public static string Grouped(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
