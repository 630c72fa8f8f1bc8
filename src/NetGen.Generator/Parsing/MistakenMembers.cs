using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator;

/// <summary>
/// Finds members of NetGen's enums that there are not, such as <c>Loss.MSE</c>, and says which are meant. All that the
/// compiler says is CS0117.
/// </summary>
internal static class MistakenMembers
{
    /// <summary>The property of the diagnostic that holds the member, for the code fix.</summary>
    public const string Member = "Member";

    public static IEnumerable<Diagnostic> Find(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        foreach (MemberAccessExpressionSyntax access in NetworkArguments.Of(type, cancellation)
            .SelectMany(argument => argument.Expression.DescendantNodesAndSelf())
            .OfType<MemberAccessExpressionSyntax>())
        {
            SemanticModel semantics = compilation.GetSemanticModel(access.SyntaxTree);
            if (semantics.GetSymbolInfo(access.Expression, cancellation).Symbol is INamedTypeSymbol { TypeKind: TypeKind.Enum } owner
                && TypeParser.MetadataName(owner) is not null
                && Meant(access.Name.Identifier.ValueText, owner) is { } member)
            {
                yield return Diagnostic.Create(
                    Descriptors.MistakenMember,
                    access.Name.GetLocation(),
                    ImmutableDictionary<string, string?>.Empty.Add(Member, member),
                    owner.Name,
                    access.Name.Identifier.ValueText,
                    member);
            }
        }
    }

    // Null where the member is there, or nothing is like it.
    private static string? Meant(string given, INamedTypeSymbol owner)
    {
        string[] members = [.. owner.GetMembers().OfType<IFieldSymbol>().Select(field => field.Name)];
        return members.Contains(given) ? null : SimilarNames.Find(given, owner.Name, members, Catalogue.Aliases(owner.Name));
    }
}
