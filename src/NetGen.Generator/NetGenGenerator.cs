using System.Collections.Immutable;
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
        // An editor keeps the object of a file that has not changed, and so what was read of it.
        IncrementalValueProvider<ImmutableArray<ModelFile>> models = context.AdditionalTextsProvider
            .Where(ModelFileReader.IsModel)
            .Select(static (file, _) => ModelFileReader.Read(file))
            .WithTrackingName(TrackingNames.Read)
            .Collect();

        IncrementalValuesProvider<NamedNetwork> networks = Declared(context, NetworkParser.AttributeName)
            .Collect()
            .Combine(Declared(context, OnnxNetworkParser.AttributeName).Collect())
            .SelectMany(static (declared, _) => HintNames.Assign(declared.Left.Concat(declared.Right).OfType<NetworkModel>()))
            .WithTrackingName(TrackingNames.Name)
            .Combine(models)
            .Select(static (pair, _) => OnnxNetworkParser.Resolve(pair.Left.Network, pair.Right) is { } network ? pair.Left with { Network = network } : null)
            .Where(static network => network is not null)
            .Select(static (network, _) => network!)
            .WithTrackingName(TrackingNames.Resolve);

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

    private static IncrementalValuesProvider<NetworkModel?> Declared(IncrementalGeneratorInitializationContext context, string attribute) => context.SyntaxProvider
        .ForAttributeWithMetadataName(
            attribute,
            static (node, _) => node is TypeDeclarationSyntax,
            static (match, cancellation) => match.TargetSymbol is INamedTypeSymbol type
                ? NetworkParser.Parse(type, match.SemanticModel.Compilation, options: null, cancellation).Model
                : null)
        .WithTrackingName(TrackingNames.Parse);
}
