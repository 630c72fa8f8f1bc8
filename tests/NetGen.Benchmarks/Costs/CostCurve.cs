namespace NetGen.Benchmarks.Costs;

/// <summary>What one case costs by each alternative.</summary>
/// <param name="Case">What was measured.</param>
/// <param name="Seconds">One call, for each alternative; the same where they make the same program.</param>
/// <param name="Programs">How many programs they make.</param>
internal sealed record CostCurve(CostCase Case, IReadOnlyList<double> Seconds, int Programs)
{
    /// <summary>Times as slow as the fastest.</summary>
    public IReadOnlyList<double> Ratios { get; } = [.. Seconds.Select(s => s / Seconds.Min())];
}
