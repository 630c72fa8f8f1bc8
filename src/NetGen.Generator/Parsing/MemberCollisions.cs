using Microsoft.CodeAnalysis;

namespace NetGen.Generator;

/// <summary>Finds the user's members that leave no room for a generated one.</summary>
internal static class MemberCollisions
{
    public static void Report(INamedTypeSymbol type, bool training, List<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        GeneratedMember[] generated = [.. GeneratedMembers.All.Where(member => training || !member.Trains)];
        ILookup<string, GeneratedMember> byName = generated.ToLookup(member => member.Name);

        // A member may have neither the name of its class nor that of a type parameter.
        foreach (ISymbol symbol in type.TypeParameters.Concat<ISymbol>([type]).Where(s => byName.Contains(s.Name)))
        {
            Add(symbol, byName[symbol.Name].First());
        }

        foreach (ISymbol member in type.GetMembers())
        {
            cancellation.ThrowIfCancellationRequested();
            if (!member.IsImplicitlyDeclared && Collides(member, byName) is { } other && SourceLocation(member) is not null)
            {
                Add(member, other);
            }
        }

        void Add(ISymbol symbol, GeneratedMember other) => diagnostics.Add(Diagnostic.Create(
            Descriptors.MemberCollision, SourceLocation(symbol) ?? Location.None, symbol.Name, other.Display, type.Name));
    }

    private static GeneratedMember? Collides(ISymbol member, ILookup<string, GeneratedMember> byName)
    {
        if (member is not IMethodSymbol method)
        {
            // An explicit implementation has a name of its own, with dots.
            ISymbol? implemented = member is IPropertySymbol property ? property.ExplicitInterfaceImplementations.FirstOrDefault() : null;
            return byName[Name(implemented) ?? member.Name].FirstOrDefault();
        }

        ISymbol? explicitly = method.ExplicitInterfaceImplementations.FirstOrDefault();
        return byName[Name(explicitly) ?? method.Name].FirstOrDefault(other =>
            other.Parameters is not { } types || (method.Arity == 0 && method.Parameters.Select(Type).SequenceEqual(types)));
    }

    private static string? Name(ISymbol? implemented) =>
        TypeParser.MetadataName(implemented?.ContainingType) is { } name && GeneratedMembers.Interfaces.Any(i => name == "NetGen." + i)
            ? implemented!.Name
            : null;

    // An overload may differ in ref alone.
    private static string Type(IParameterSymbol parameter) =>
        (parameter.RefKind == RefKind.None ? "" : "ref ") + parameter.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    private static Location? SourceLocation(ISymbol symbol) =>
        symbol.Locations
            .Where(location => location.SourceTree is { } tree && !GeneratedMembers.IsOurs(tree))
            .OrderBy(location => location.SourceTree!.FilePath, StringComparer.Ordinal)
            .ThenBy(location => location.SourceSpan.Start)
            .FirstOrDefault();
}
