using Microsoft.CodeAnalysis;

namespace NetGen.Generator;

/// <summary>Distils a compilation to the facts that generated code depends on.</summary>
internal static class ConsumerParser
{
    private const string Intrinsics = "System.Runtime.Intrinsics.";

    private static readonly string[] Vectors = ["Vector512", "Vector256", "Vector128"];

    public static ConsumerModel Parse(Compilation compilation) => new(
        HasMethods(compilation, "System.MathF", "Sqrt", "Abs"),
        Vectors.All(v => HasMethods(compilation, Intrinsics + v, "LoadUnsafe", "StoreUnsafe", "ConditionalSelect", "Sum")),
        Vectors.All(v => HasMethods(compilation, Intrinsics + v, "MultiplyAddEstimate")));

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
