using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator;

/// <summary>Reads what is needed to write another part of a class, and says why that cannot be.</summary>
internal static class TypeParser
{
    public static TypeModel? Parse(
        INamedTypeSymbol type, AttributeReader network, List<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        ReportLanguageVersion(network, diagnostics);
        List<MemberDeclarationSyntax> declarations = UserDeclarations(type, cancellation);
        if (WhyNotAClass(type) is { } reason)
        {
            diagnostics.Add(Diagnostic.Create(Descriptors.NotAClass, Identifier(declarations, type), type.Name, reason));
            return null;
        }

        if (type.IsRecord)
        {
            diagnostics.Add(Diagnostic.Create(Descriptors.RecordNetwork, Identifier(declarations, type), type.Name));
        }

        foreach (MemberDeclarationSyntax declaration in declarations.Where(d => !HasModifier(d, "partial")))
        {
            diagnostics.Add(Diagnostic.Create(Descriptors.NotPartial, Identifier(declaration), type.Name));
        }

        ReportFileLocal(type, declarations, diagnostics);
        var containers = new List<TypeDeclaration>();
        for (INamedTypeSymbol? container = type.ContainingType; container is not null; container = container.ContainingType)
        {
            List<MemberDeclarationSyntax> parts = UserDeclarations(container, cancellation);
            foreach (MemberDeclarationSyntax part in parts.Where(d => !HasModifier(d, "partial")))
            {
                diagnostics.Add(Diagnostic.Create(Descriptors.ContainerNotPartial, Identifier(part), container.Name, type.Name));
            }

            if (container.TypeParameters.Length > 0)
            {
                diagnostics.Add(Diagnostic.Create(Descriptors.GenericContainer, Identifier(parts, type), container.Name, type.Name));
            }

            ReportFileLocal(container, parts, diagnostics);
            containers.Insert(0, Declare(container));
        }

        TypeDeclaration declared = Declare(type);
        string? space = Namespace(type.ContainingNamespace);
        bool isNamed = containers.Append(declared).All(d => d.Keyword.Length > 0 && d.Name.Length > 0 && d.TypeParameters.All(p => p.Length > 0));
        return space is null || !isNamed ? null : new TypeModel(space, containers.ToEquatableArray(), declared);
    }

    /// <summary>The name of a type that is neither nested nor generic, as attributes are; otherwise null.</summary>
    public static string? MetadataName(INamedTypeSymbol? type)
    {
        if (type is null || type.TypeKind == TypeKind.Error || type.ContainingType is not null || type.Arity > 0)
        {
            return null;
        }

        // Most attributes of a program are not ours: compare the cheap part first.
        return type.ContainingNamespace is { Name: "NetGen", ContainingNamespace.IsGlobalNamespace: true } ? "NetGen." + type.Name : null;
    }

    private static string? WhyNotAClass(INamedTypeSymbol type) => type.TypeKind switch
    {
        TypeKind.Class => type.IsStatic ? "a static class" : null,
        TypeKind.Struct => type.IsRecord ? "a record struct" : "a struct",
        TypeKind.Interface => "an interface",
        TypeKind.Enum => "an enum",
        TypeKind.Delegate => "a delegate",
        _ => "not a class",
    };

    // Attributes on this tree prove that there is one; its options hold the version that the user's code is in.
    private static void ReportLanguageVersion(AttributeReader network, List<Diagnostic> diagnostics)
    {
        if (network.Syntax?.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: var version and < LanguageVersion.CSharp9 })
        {
            diagnostics.Add(Diagnostic.Create(Descriptors.LanguageVersion, network.Location, version.ToDisplayString()));
        }
    }

    // IsFileLocal and the kind of the modifier came after 4.3.
    private static void ReportFileLocal(
        INamedTypeSymbol type, List<MemberDeclarationSyntax> declarations, List<Diagnostic> diagnostics)
    {
        foreach (SyntaxToken modifier in declarations.SelectMany(d => d.Modifiers).Where(m => m.Text == "file"))
        {
            diagnostics.Add(Diagnostic.Create(Descriptors.FileLocal, modifier.GetLocation(), type.Name));
        }
    }

    private static List<MemberDeclarationSyntax> UserDeclarations(INamedTypeSymbol type, CancellationToken cancellation) =>
    [
        .. type.DeclaringSyntaxReferences
            .Where(reference => !GeneratedMembers.IsOurs(reference.SyntaxTree))
            .OrderBy(reference => reference.SyntaxTree.FilePath, StringComparer.Ordinal)
            .ThenBy(reference => reference.Span.Start)
            .Select(reference => reference.GetSyntax(cancellation))
            .OfType<MemberDeclarationSyntax>()
            .Where(declaration => declaration is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax),
    ];

    private static bool HasModifier(MemberDeclarationSyntax declaration, string modifier) =>
        declaration.Modifiers.Any(m => m.Text == modifier);

    private static Location Identifier(List<MemberDeclarationSyntax> declarations, INamedTypeSymbol type) =>
        declarations.Count > 0 ? Identifier(declarations[0]) : type.Locations.FirstOrDefault() ?? Location.None;

    private static Location Identifier(MemberDeclarationSyntax declaration) => declaration switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.GetLocation(),
        DelegateDeclarationSyntax type => type.Identifier.GetLocation(),
        _ => declaration.GetLocation(),
    };

    private static TypeDeclaration Declare(INamedTypeSymbol type)
    {
        string keyword = (type.TypeKind, type.IsRecord) switch
        {
            (TypeKind.Class, false) => "class",
            (TypeKind.Class, true) => "record",
            (TypeKind.Struct, false) => "struct",
            (TypeKind.Struct, true) => "record struct",
            (TypeKind.Interface, _) => "interface",
            _ => "",
        };
        return new TypeDeclaration(keyword, Escape(type.Name), type.TypeParameters.Select(p => Escape(p.Name)).ToEquatableArray());
    }

    private static string? Namespace(INamespaceSymbol? space)
    {
        var names = new List<string>();
        for (; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (space.Name.Length == 0)
            {
                return null;
            }

            names.Insert(0, Escape(space.Name));
        }

        return string.Join(".", names);
    }

    // Contextual keywords too: some, like record, may not name a type without it. Nor may a name of small letters alone
    // without a warning (CS8981), which the user's own part may have silenced, but not ours.
    private static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None
        || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None
        || name.All(c => c is >= 'a' and <= 'z')
            ? "@" + name
            : name;
}
