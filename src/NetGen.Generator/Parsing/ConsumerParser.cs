using Microsoft.CodeAnalysis;

namespace NetGen.Generator;

/// <summary>Distils a compilation to the facts that generated code depends on.</summary>
internal static class ConsumerParser
{
    public static ConsumerModel Parse(Compilation compilation) => new(HasMethods(compilation, "System.MathF", "Sqrt", "Abs"));

    private static bool HasMethods(Compilation compilation, string typeName, params string[] methods)
    {
        // A type that an assembly keeps to itself is of no use, and hides no other.
        foreach (INamedTypeSymbol type in compilation.GetTypesByMetadataName(typeName))
        {
            if (compilation.IsSymbolAccessibleWithin(type, compilation.Assembly))
            {
                return methods.All(name => type.GetMembers(name).Any(member => member is IMethodSymbol { DeclaredAccessibility: Accessibility.Public }));
            }
        }

        return false;
    }
}
