using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator;

/// <summary>
/// What a class declares. The generator takes the network and the analyzer the diagnostics: two pipelines, so that a
/// moved line regenerates nothing and #pragma reaches the diagnostics.
/// </summary>
/// <param name="Declared">Null where there is no network, or no other part of the class can be written.</param>
/// <param name="Diagnostics">In no order.</param>
internal sealed record ParseResult(DeclaredNetwork? Declared, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>The attribute that makes it a network, the one that counts where there are several.</summary>
    public AttributeSyntax? Attribute { get; init; }

    /// <summary>Null where there is an error.</summary>
    public NetworkModel? Model => Declared?.Network;
}
