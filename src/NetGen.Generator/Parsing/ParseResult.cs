using Microsoft.CodeAnalysis;

namespace NetGen.Generator;

/// <summary>
/// What a class declares. The generator takes the model and the analyzer the diagnostics: two pipelines, so that a
/// moved line regenerates nothing and #pragma reaches the diagnostics.
/// </summary>
/// <param name="Model">Null where there is an error, and nothing is generated.</param>
/// <param name="Diagnostics">In no order.</param>
internal sealed record ParseResult(NetworkModel? Model, IReadOnlyList<Diagnostic> Diagnostics)
{
    public static ParseResult None { get; } = new(null, []);
}
