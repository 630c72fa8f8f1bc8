namespace NetGen;

/// <summary>What was measured over some samples.</summary>
/// <param name="Loss">The mean.</param>
/// <param name="Metrics">In the order in which they were asked for; empty if the loss is not finite.</param>
internal readonly record struct Evaluation(float Loss, IReadOnlyList<MetricValue> Metrics);
