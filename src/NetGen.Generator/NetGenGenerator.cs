using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace NetGen.Generator;

/// <summary>
/// Compiles the classes marked with [Network]. Wiring alone: diagnostics are <see cref="NetworkAnalyzer"/>'s. Each class has a
/// line of steps of its own, from its declaration to its files, so that an edit of one compiles one; all together are only
/// asked whether their files' names meet. A class that gets nothing passes as null: the tables of older compilers lose
/// count where an entry becomes empty.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetGenGenerator : IIncrementalGenerator
{
    private readonly Action<string, Stage>? _entered;

    /// <summary>For the compiler.</summary>
    public NetGenGenerator()
    {
    }

    /// <param name="entered">Called with the name of a class as one of its stages begins.</param>
    internal NetGenGenerator(Action<string, Stage> entered) => _entered = entered;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // An editor keeps the object of a file that has not changed, and so what was read of it.
        IncrementalValueProvider<ImmutableArray<ModelFile>> models = context.AdditionalTextsProvider
            .Where(ModelFileReader.IsModel)
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (file, _) => ModelFileReader.Read(file.Left, file.Right))
            .WithTrackingName(TrackingNames.Read)
            .Collect();

        IncrementalValueProvider<ConsumerModel> consumer = context.CompilationProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (project, _) => ConsumerParser.Parse(project.Left, project.Right.GlobalOptions))
            .WithTrackingName(TrackingNames.Consumer);

        var known = new WeakMemo<(DeclaredNetwork, ConsumerModel), CompiledNetwork>();
        IncrementalValuesProvider<CompiledNetwork?> ofAttributes = Compiled(NetworkParser.AttributeName);
        IncrementalValuesProvider<CompiledNetwork?> ofFiles = Compiled(OnnxNetworkParser.AttributeName);

        IncrementalValueProvider<EquatableArray<NamedNetwork>> renamed = Names(ofAttributes).Collect()
            .Combine(Names(ofFiles).Collect())
            .Select(static (names, _) => HintNames.Renamed(names.Left.Concat(names.Right).OfType<string>()))
            .WithTrackingName(TrackingNames.Rename);
        Output(ofAttributes);
        Output(ofFiles);

        IncrementalValuesProvider<CompiledNetwork?> Compiled(string attribute) => context.SyntaxProvider
            .ForAttributeWithMetadataName(attribute, static (node, _) => node is TypeDeclarationSyntax, Parse)
            .WithTrackingName(TrackingNames.Parse)
            .Combine(models)
            .Select((pair, cancellation) => pair.Left is { } declared ? OnnxNetworkParser.Resolve(declared, pair.Right, Track(declared.Outline.Type.FullName, cancellation)) : null)
            .WithTrackingName(TrackingNames.Resolve)
            .Combine(consumer)
            .Select((pair, cancellation) => pair.Left is not { } declared ? null : known.Get(
                (declared, pair.Right),
                key => ClassCompiler.Compile(key.Item1, key.Item2, Track(key.Item1.Outline.Type.FullName, cancellation))))
            .WithTrackingName(TrackingNames.Compile);

        // A network's files stay together: the compiler's tables lose count where one entry has more of them than another.
        void Output(IncrementalValuesProvider<CompiledNetwork?> networks) => context.RegisterSourceOutput(
            networks
                .Combine(renamed)
                .Select(static (pair, _) => pair.Left is { } network ? HintNames.Apply(network, pair.Right) : default)
                .WithTrackingName(TrackingNames.Name),
            static (output, files) =>
            {
                foreach (HintedFile file in files)
                {
                    output.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8));
                }
            });
    }

    private static IncrementalValuesProvider<string?> Names(IncrementalValuesProvider<CompiledNetwork?> networks) =>
        networks.Select(static (network, _) => network?.FullName);

    private DeclaredNetwork? Parse(GeneratorAttributeSyntaxContext match, CancellationToken cancellation)
    {
        if (match.TargetSymbol is not INamedTypeSymbol type)
        {
            return null;
        }

        ParseResult result;
        try
        {
            result = NetworkParser.Parse(type, match.SemanticModel.Compilation, options: null, Track(type.Name, cancellation));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The analyzer parses the same class, and says so.
            return null;
        }

        // A class with several attributes comes with each, or once for each of its parts that has one.
        return result.Attribute is { } counts
            && counts.SyntaxTree == match.TargetNode.SyntaxTree
            && match.TargetNode.Span.Contains(counts.Span)
            && match.Attributes.Any(attribute => attribute.ApplicationSyntaxReference?.Span == counts.Span)
                ? result.Declared
                : null;
    }

    private StageTracker Track(string network, CancellationToken cancellation) =>
        new(_entered is { } entered ? stage => entered(network, stage) : null, cancellation);
}
