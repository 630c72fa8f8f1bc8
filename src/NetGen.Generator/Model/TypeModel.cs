namespace NetGen.Generator;

/// <summary>A partial type and what encloses it, as needed to write another part of it.</summary>
/// <param name="Namespace">The dotted namespace; empty for the global one.</param>
/// <param name="Containers">The enclosing types, outermost first.</param>
/// <param name="Declaration">The type itself.</param>
internal sealed record TypeModel(string Namespace, EquatableArray<TypeDeclaration> Containers, TypeDeclaration Declaration)
{
    /// <summary>The name that tells it from every other type: metadata style, with + between nested types.</summary>
    public string FullName
    {
        get
        {
            string nested = string.Join("+", Containers.Append(Declaration).Select(d => d.MetadataName));
            return Namespace.Length == 0 ? nested : Namespace + "." + nested;
        }
    }

    /// <summary>How the type is named where another of the same simple name may be nearer: <c>global::Games.Net&lt;T&gt;</c>.</summary>
    public string QualifiedReference
    {
        get
        {
            string nested = string.Join(".", Containers.Append(Declaration).Select(d => d.Reference));
            return "global::" + (Namespace.Length == 0 ? nested : Namespace + "." + nested);
        }
    }
}

/// <param name="Keyword"><c>class</c>, <c>record</c>, <c>struct</c>, <c>record struct</c> or <c>interface</c>.</param>
/// <param name="Name">The identifier, with an @ where it is a keyword.</param>
/// <param name="TypeParameters">Their names, as written.</param>
internal sealed record TypeDeclaration(string Keyword, string Name, EquatableArray<string> TypeParameters)
{
    public string MetadataName => TypeParameters.Count == 0 ? Name : $"{Name}`{TypeParameters.Count}";

    /// <summary>The name with its type parameters: <c>Net&lt;T&gt;</c>.</summary>
    public string Reference => TypeParameters.Count == 0 ? Name : $"{Name}<{string.Join(", ", TypeParameters)}>";
}
