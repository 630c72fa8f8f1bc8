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

    /// <summary>A copy, which nobody changes later.</summary>
    public static IReadOnlyList<Metric> DistinctMetrics(IReadOnlyList<Metric> value, string name)
    {
        Metric[] metrics = [.. value ?? throw new ArgumentNullException(name)];
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (Metric metric in metrics)
        {
            if (metric is null)
            {
                throw new ArgumentException("Expected metrics, got null among them.", name);
            }

            if (!names.Add(metric.Name))
            {
                throw new ArgumentException($"Expected metrics of different names, got '{metric.Name}' twice.", name);
            }
        }

        return metrics;
    }
}
