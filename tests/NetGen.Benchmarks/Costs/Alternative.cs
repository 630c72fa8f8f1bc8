using NetGen.Generator;

namespace NetGen.Benchmarks.Costs;

/// <summary>What a number could be.</summary>
/// <param name="Label">The number, or its meaning.</param>
/// <param name="Costs">What the planner decides by.</param>
/// <param name="Options">Properties of [Network], where the choice is made there.</param>
internal sealed record Alternative(string Label, CostModel Costs, string Options = "");
