using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NetGen.Generator;

/// <summary>Reports what <see cref="NetworkParser"/> finds, and what it could not read without generated code.</summary>
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
                var symbol = (INamedTypeSymbol)type.Symbol;
                ParseResult result = NetworkParser.Parse(symbol, type.Compilation, type.Options, type.CancellationToken);
                IEnumerable<Diagnostic> unseen = result.Model is null
                    ? []
                    : UnseenArguments.Find(symbol, type.Compilation, type.CancellationToken);
                foreach (Diagnostic diagnostic in result.Diagnostics.Concat(unseen))
                {
                    type.ReportDiagnostic(diagnostic);
                }
            },
            SymbolKind.NamedType);
    }
}
