namespace NetGen;

/// <summary>What a metric measured.</summary>
/// <param name="name">The metric's.</param>
/// <param name="value">Not finite where the outputs were not.</param>
public readonly struct MetricValue(string name, double value)
{
    /// <summary>The metric's name.</summary>
    public string Name { get; } = name;

    /// <summary>What it measured; not finite where the outputs were not.</summary>
    public double Value { get; } = value;

    /// <summary>The name and the number.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name} {Value:G4}");
}
