using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NetGen.Generator;

/// <summary>
/// Reports what <see cref="NetworkParser"/> finds, and what shows in the program with generated code alone: what the
/// generator could not read, and what a stage of it threw.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    private readonly Action<string, Stage>? _entered;

    /// <summary>For the compiler.</summary>
    public NetworkAnalyzer()
    {
    }

    /// <param name="entered">Called with the name of a class as one of its stages begins.</param>
    internal NetworkAnalyzer(Action<string, Stage> entered) => _entered = entered;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.CreateRange(Descriptors.All);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // Other generators' classes are networks like any others; without a report they would silently stay empty.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var stages = new StageTracker(_entered is { } entered ? stage => entered(type.Name, stage) : null, context.CancellationToken);
        IEnumerable<Diagnostic> found;
        try
        {
            ParseResult result = NetworkParser.Parse(type, context.Compilation, context.Options, stages);
            found = result.Model is null
                ? [.. result.Diagnostics, .. MistakenMembers.Find(type, context.Compilation, context.CancellationToken)]
                : [.. result.Diagnostics, .. UnseenArguments.Find(type, context.Compilation, context.CancellationToken), .. OutlineWriter.FaultOf(type) is { } fault ? [Fault(type, fault)] : (Diagnostic[])[]];
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            found = [Fault(type, stages.Describe(e))];
        }

        foreach (Diagnostic diagnostic in found)
        {
            context.ReportDiagnostic(diagnostic);
        }
    }

    // Of what a stage of the generator threw the class's outline tells. So the error has the place of the class, of which the
    // generator knows nothing, and #pragma reaches it.
    private static Diagnostic Fault(INamedTypeSymbol type, string fault) => Diagnostic.Create(
        Descriptors.CompilerFault,
        type.Locations.FirstOrDefault(location => location.SourceTree is { } tree && !GeneratedMembers.IsOurs(tree)) ?? Location.None,
        type.Name,
        fault);
}
