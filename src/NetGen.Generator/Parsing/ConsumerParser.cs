using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NetGen.Generator;

/// <summary>Distils a compilation to the facts that generated code depends on.</summary>
internal static class ConsumerParser
{
    private const string Intrinsics = "System.Runtime.Intrinsics.";

    // Built in from .NET Standard 2.1 on, and before that a package's. All of the scalar form's other types are everywhere.
    private static readonly string[] Needed = ["System.Span`1", "System.ReadOnlySpan`1", "System.Runtime.InteropServices.MemoryMarshal"];

    private static readonly string[] Vectors = ["Vector512", "Vector256", "Vector128"];

    // As the compiler shows a property of the project.
    private const string SimdProperty = "build_property.NetGenSimd";

    /// <param name="project">What the project says; null for nothing.</param>
    public static ConsumerModel Parse(Compilation compilation, AnalyzerConfigOptions? project = null) => new(
        HasMethods(compilation, "System.MathF", "Sqrt", "Abs"),
        Vectors.All(v => HasMethods(compilation, Intrinsics + v, "LoadUnsafe", "StoreUnsafe", "ConditionalSelect", "Sum")),
        Vectors.All(v => HasMethods(compilation, Intrinsics + v, "MultiplyAddEstimate")))
    {
        Simd = project is null ? SimdMode.Auto : Simd(project),
    };

    /// <summary>What the project says of the length of vectors, where it is none of the choices; otherwise null.</summary>
    public static string? WrongSimd(AnalyzerConfigOptions project) =>
        Simd(project) is null && project.TryGetValue(SimdProperty, out string? text) ? text : null;

    // A number would be read as well, and mean nothing to who reads the project.
    private static SimdMode? Simd(AnalyzerConfigOptions project) =>
        !project.TryGetValue(SimdProperty, out string? text) || text.Length == 0 ? SimdMode.Auto
        : char.IsLetter(text[0]) && Enum.TryParse(text, ignoreCase: true, out SimdMode simd) ? simd
        : null;

    /// <summary>A type without which no generated code compiles, and which is not there; otherwise null.</summary>
    public static string? MissingType(Compilation compilation) => Needed.FirstOrDefault(name => Find(compilation, name) is null)?.Replace("`1", "<T>");

    /// <summary>
    /// Whether it may run on the x87, which has no float: in a 32-bit process of .NET Framework. A .NET that has the types of
    /// vectors uses their registers for single floats, too.
    /// </summary>
    public static bool MayUseX87(Compilation compilation) =>
        compilation.Options.Platform is Platform.X86 or Platform.AnyCpu32BitPreferred && Find(compilation, Intrinsics + Vectors[0]) is null;

    private static bool HasMethods(Compilation compilation, string typeName, params string[] methods) =>
        Find(compilation, typeName) is { } type
        && methods.All(name => type.GetMembers(name).Any(member => member is IMethodSymbol { DeclaredAccessibility: Accessibility.Public }));

    // A type that an assembly keeps to itself is of no use, and hides no other.
    private static INamedTypeSymbol? Find(Compilation compilation, string typeName) => compilation
        .GetTypesByMetadataName(typeName)
        .FirstOrDefault(type => compilation.IsSymbolAccessibleWithin(type, compilation.Assembly));
}
