namespace NetGen;

/// <summary>What .NET Standard lacks.</summary>
internal static class Floats
{
    // False for NaN as well.
    public static bool IsFinite(float value) => value >= -float.MaxValue && value <= float.MaxValue;
}
