using Microsoft.CodeAnalysis;

namespace NetGen.Generator;

/// <summary>Finds the user's members, declared or inherited, that leave no room for a generated one.</summary>
internal static class MemberCollisions
{
    /// <param name="training">Whether members that train are wanted.</param>
    public static void Report(
        INamedTypeSymbol type,
        bool training,
        bool isOfFile,
        Compilation compilation,
        List<Diagnostic> diagnostics,
        CancellationToken cancellation)
    {
        ISymbol[] declared =
        [
            // A member may have neither the name of its class nor that of a type parameter.
            .. type.TypeParameters,
            type,
            .. type.GetMembers().Where(member => !member.IsImplicitlyDeclared && SourceLocation(member) is not null),
        ];
        INamedTypeSymbol[] bases = [.. Bases(type)];
        INamedTypeSymbol? network = bases.FirstOrDefault(IsNetwork);
        ISymbol[] inherited = network is not null ? [] : [.. bases.SelectMany(b => Visible(b, type, compilation))];
        cancellation.ThrowIfCancellationRequested();

        ILookup<string, GeneratedMember> byName = GeneratedMembers.All
            .Where(member => (training || !member.Trains) && (isOfFile || !member.IsOfFile))
            .ToLookup(member => member.Name);
        foreach (ISymbol member in declared)
        {
            if (Collides(member, byName[SimpleName(member)]) is { } other)
            {
                diagnostics.Add(Diagnostic.Create(
                    Descriptors.MemberCollision, SourceLocation(member), member.Name, other.Display, type.Name));
            }
        }

        if (network is not null)
        {
            diagnostics.Add(Diagnostic.Create(Descriptors.DerivedNetwork, SourceLocation(type), type.Name, network.Name));
        }

        // An override and what it overrides are one matter.
        var hidden = new HashSet<GeneratedMember>();
        foreach (ISymbol member in inherited)
        {
            if (Collides(member, byName[member.Name]) is { } other && hidden.Add(other))
            {
                diagnostics.Add(Diagnostic.Create(
                    Descriptors.InheritedCollision, SourceLocation(type), type.Name, member.Name, member.ContainingType.Name, other.Display));
            }
        }
    }

    private static GeneratedMember? Collides(ISymbol member, IEnumerable<GeneratedMember> sameName) => sameName
        .FirstOrDefault(other => member is not IMethodSymbol method
            || other.Parameters is not { } types
            || (method.Arity == 0 && method.Parameters.Select(Type).SequenceEqual(types)));

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            yield return parent;
        }
    }

    private static bool IsNetwork(INamedTypeSymbol type) =>
        type.GetAttributes().Any(attribute => NetworkParser.MakesNetwork(TypeParser.MetadataName(attribute.AttributeClass)));

    // What the class cannot see, it does not hide.
    private static IEnumerable<ISymbol> Visible(INamedTypeSymbol parent, INamedTypeSymbol type, Compilation compilation) => parent
        .GetMembers()
        .Where(member => !member.IsImplicitlyDeclared && compilation.IsSymbolAccessibleWithin(member, type));

    // An explicit implementation is named like NetGen.INetwork.Step. It is told by that name: the user's own part
    // need not list the interface, and then the compiler does not bind it.
    private static string SimpleName(ISymbol member)
    {
        int dot = member.Name.LastIndexOf('.');
        if (dot < 0)
        {
            return member.Name;
        }

        string owner = member.Name.Substring(0, dot);
        bool isOurs = GeneratedMembers.Interfaces.Any(name => owner == name || owner == "NetGen." + name);
        return isOurs ? member.Name.Substring(dot + 1) : member.Name;
    }

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
