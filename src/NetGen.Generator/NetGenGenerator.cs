using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace NetGen.Generator;

/// <summary>Compiles the classes marked with [Network]. Wiring alone: diagnostics are <see cref="NetworkAnalyzer"/>'s.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetGenGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<NamedNetwork> networks = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                NetworkParser.AttributeName,
                static (node, _) => node is TypeDeclarationSyntax,
                static (match, cancellation) => match.TargetSymbol is INamedTypeSymbol type
                    ? NetworkParser.Parse(type, match.SemanticModel.Compilation, cancellation).Model
                    : null)
            .WithTrackingName(TrackingNames.Parse)
            .Collect()
            .SelectMany(static (models, _) => HintNames.Assign(models.OfType<NetworkModel>()))
            .WithTrackingName(TrackingNames.Name);

        IncrementalValueProvider<ConsumerModel> consumer = context.CompilationProvider
            .Select(static (compilation, _) => ConsumerParser.Parse(compilation))
            .WithTrackingName(TrackingNames.Consumer);

        // A network's files stay together: the compiler's tables lose count where one entry has more of them than another.
        IncrementalValuesProvider<EquatableArray<HintedFile>> files = networks
            .Combine(consumer)
            .Select(static (pair, cancellation) => NetworkCompiler.Compile(pair.Left.Network, pair.Right, cancellation)
                .Select(file => HintNames.Apply(pair.Left.Name, file))
                .ToEquatableArray())
            .WithTrackingName(TrackingNames.Compile);

        context.RegisterSourceOutput(files, static (output, files) =>
        {
            foreach (HintedFile file in files)
            {
                output.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8));
            }
        });
    }
}
