namespace NetGen;

/// <summary>What is known of samples beside their inputs.</summary>
/// <param name="HasClasses">The indices of classes, in place of targets.</param>
/// <param name="HasWeights">What each weighs.</param>
internal readonly record struct SampleKind(bool HasClasses, bool HasWeights);
