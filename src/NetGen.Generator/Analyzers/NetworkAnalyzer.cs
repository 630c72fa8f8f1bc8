using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NetGen.Generator;

/// <summary>Reports what <see cref="NetworkParser"/> finds.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.CreateRange(Descriptors.All);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // Other generators' classes are networks like any others; without a report they would silently stay empty.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(
            static type =>
            {
                ParseResult result = NetworkParser.Parse((INamedTypeSymbol)type.Symbol, type.Compilation, type.CancellationToken);
                foreach (Diagnostic diagnostic in result.Diagnostics)
                {
                    type.ReportDiagnostic(diagnostic);
                }
            },
            SymbolKind.NamedType);
    }
}
