namespace NetGen.Benchmarks.Costs;

/// <summary>A number that the planner decides by, what else it could be, and where that matters.</summary>
/// <param name="Name">Its name in the planner.</param>
/// <param name="Committed">Which of the alternatives the generator uses.</param>
/// <param name="Alternatives">Among them the committed one.</param>
/// <param name="Cases">What is measured.</param>
internal sealed record CostNumber(string Name, string Committed, IReadOnlyList<Alternative> Alternatives, IReadOnlyList<CostCase> Cases)
{
    /// <summary>The alternatives are the same program on purpose: their ratios are what the others may be off by.</summary>
    public bool IsControl { get; init; }
}
