using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator;

/// <summary>
/// Finds arguments that the generator could not read, though the compiler can: generators see the program without
/// generated code, so a network whose size is another's <c>OutputCount</c> is whole for the analyzer alone.
/// </summary>
internal static class UnseenArguments
{
    /// <param name="type">A network with nothing wrong in it.</param>
    /// <param name="compilation">The program with generated code.</param>
    public static IEnumerable<Diagnostic> Find(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        if (type.DeclaringSyntaxReferences.Any(part => GeneratedMembers.IsOurs(part.SyntaxTree)) && !OutlineWriter.IsOutlined(type))
        {
            return [];
        }

        // An editor may run the generator on saving only. So that nothing is generated proves little, and every
        // argument is followed to where its number comes from.
        return NetworkArguments.Of(type, cancellation)
            .Where(argument => ReadsGenerated(argument.Expression, compilation, [], cancellation))
            .Select(argument => Diagnostic.Create(Descriptors.UnseenArgument, argument.Expression.GetLocation(), type.Name))
            .ToArray();
    }

    private static bool ReadsGenerated(
        SyntaxNode expression, Compilation compilation, HashSet<IFieldSymbol> seen, CancellationToken cancellation)
    {
        SemanticModel semantics = compilation.GetSemanticModel(expression.SyntaxTree);
        foreach (SimpleNameSyntax name in expression.DescendantNodesAndSelf().OfType<SimpleNameSyntax>())
        {
            // A constant may be written with others; one that is written with itself is the compiler's to report.
            if (semantics.GetSymbolInfo(name, cancellation).Symbol is IFieldSymbol { IsConst: true } constant
                && seen.Add(constant)
                && constant.DeclaringSyntaxReferences.Any(part =>
                    IsGenerated(part.SyntaxTree)
                    || (Value(part.GetSyntax(cancellation)) is { } value && ReadsGenerated(value, compilation, seen, cancellation))))
            {
                return true;
            }
        }

        return false;
    }

    private static SyntaxNode? Value(SyntaxNode declaration) => declaration switch
    {
        VariableDeclaratorSyntax field => field.Initializer?.Value,
        EnumMemberDeclarationSyntax member => member.EqualsValue?.Value,
        _ => null,
    };

    // What other generators add has no mark but the customary name.
    private static bool IsGenerated(SyntaxTree tree) => tree.FilePath.EndsWith(".g.cs", StringComparison.OrdinalIgnoreCase);
}
