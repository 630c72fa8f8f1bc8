using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator;

/// <summary>The one place where numbers become text: culture-invariant, and the same number when read back.</summary>
internal static class Literal
{
    /// <summary>The shortest digits that round-trip. ToString("R") gives others on .NET Framework than on .NET.</summary>
    public static string Digits(float value) => Plain(Shortest(
        9,
        format => value.ToString(format, CultureInfo.InvariantCulture),
        digits => float.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out float parsed) && parsed == value));

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

    /// <summary>Whether it is +0, which vectors have ready.</summary>
    public static bool IsZero(float value) => BitConverter.ToInt32(BitConverter.GetBytes(value), 0) == 0;

    /// <summary>A C# literal of type ulong.</summary>
    public static string Of(ulong value) => "0x" + value.ToString("X16", CultureInfo.InvariantCulture) + "UL";

    /// <summary>A C# literal of type double, of a finite number.</summary>
    public static string Of(double value) => Plain(Shortest(
        17,
        format => value.ToString(format, CultureInfo.InvariantCulture),
        digits => double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) && parsed == value)) + "d";

    /// <summary>A C# literal of type string, on one line.</summary>
    public static string Of(string value) => SymbolDisplay.FormatLiteral(value, quote: true);

    public static string Of(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>With thousands separators, for comments.</summary>
    public static string Grouped(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Shortest(int most, Func<string, string> print, Func<string, bool> isExact)
    {
        for (int precision = 1; precision < most; precision++)
        {
            string digits = print("G" + Of(precision));
            if (isExact(digits))
            {
                return digits;
            }
        }

        return print("G" + Of(most));
    }

    // 3E+01 → 30 and 2E-05 → 0.00002; far from 1 the exponent stays: 1e-12.
    private static string Plain(string digits)
    {
        int e = digits.IndexOf('E');
        if (e < 0)
        {
            return digits;
        }

        string mantissa = digits.Substring(0, e);
        int exponent = int.Parse(digits.Substring(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (exponent is < -6 or > 8)
        {
            return $"{mantissa}e{Of(exponent)}";
        }

        string sign = mantissa[0] == '-' ? "-" : "";
        string figures = mantissa.TrimStart('-').Replace(".", "");
        return exponent < 0
            ? $"{sign}0.{new string('0', -exponent - 1)}{figures}"
            : sign + figures.PadRight(exponent + 1, '0');
    }
}
