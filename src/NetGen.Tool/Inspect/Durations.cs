using System.Globalization;

namespace NetGen.Tool.Inspect;

internal static class Durations
{
    private static readonly string[] Units = ["ns", "µs", "ms", "s"];

    /// <summary>With two digits, which is more than an estimate knows: 45 ns, 1.2 µs.</summary>
    public static string Show(double seconds)
    {
        double value = seconds * 1e9;
        int unit = 0;
        for (; value >= 995 && unit < Units.Length - 1; unit++)
        {
            value /= 1000;
        }

        string digits = value switch
        {
            < 0.995 => "0.00",
            < 9.95 => "0.0",
            _ => "0",
        };
        double rounded = value < 9.95 ? value : double.Parse(value.ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return $"{rounded.ToString(digits, CultureInfo.InvariantCulture)} {Units[unit]}";
    }
}
