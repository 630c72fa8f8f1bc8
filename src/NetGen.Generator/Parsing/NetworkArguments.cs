using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator;

/// <summary>The arguments of a class's attributes that the compiler of networks reads, as they are written.</summary>
internal static class NetworkArguments
{
    public static IEnumerable<AttributeArgumentSyntax> Of(INamedTypeSymbol type, CancellationToken cancellation) => type.GetAttributes()
        .Where(attribute => IsRead(TypeParser.MetadataName(attribute.AttributeClass)))
        .Select(attribute => attribute.ApplicationSyntaxReference?.GetSyntax(cancellation))
        .OfType<AttributeSyntax>()
        .SelectMany(attribute => attribute.ArgumentList?.Arguments ?? default);

    private static bool IsRead(string? attribute) =>
        NetworkParser.MakesNetwork(attribute) || LayerKinds.All.Any(kind => kind.AttributeName == attribute);
}
