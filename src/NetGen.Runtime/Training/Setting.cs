namespace NetGen;

/// <summary>What a trainer's settings may be.</summary>
internal static class Setting
{
    public static int AtLeastOne(int value, string name) =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(name, $"Expected at least 1, got {value}.");

    public static float FiniteFromZero(float value, string name) => value >= 0 && value <= float.MaxValue
        ? value
        : throw new ArgumentOutOfRangeException(
            name,
            FormattableString.Invariant($"Expected a finite number of at least 0, got {value}."));

    public static float Fraction(float value, string name) => value >= 0f && value < 1f
        ? value
        : throw new ArgumentOutOfRangeException(
            name,
            FormattableString.Invariant($"Expected at least 0 and below 1, got {value}."));
}
