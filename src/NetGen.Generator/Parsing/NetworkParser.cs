using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NetGen.Generator;

/// <summary>
/// Reads a class with [Network], its layers and the class itself, and says what is wrong with them. Source may be
/// half typed: whatever cannot be read either has an error of the compiler's or gets a diagnostic here.
/// </summary>
internal static class NetworkParser
{
    public const string AttributeName = "NetGen.NetworkAttribute";

    /// <summary>Whether an attribute of this metadata name makes a class a network.</summary>
    public static bool MakesNetwork(string? attribute) => attribute is AttributeName or OnnxNetworkParser.AttributeName;

    /// <param name="options">Where the project's files are; null where the file of a network is not looked at.</param>
    public static ParseResult Parse(INamedTypeSymbol type, Compilation compilation, AnalyzerOptions? options, StageTracker stages)
    {
        CancellationToken cancellation = stages.Cancellation;
        var diagnostics = new List<Diagnostic>();
        AttributeReader? network = null;
        AttributeReader? file = null;
        var layers = new List<(LayerKind Kind, AttributeReader Attribute)>();
        foreach ((string name, AttributeReader attribute) in SourceAttributes(type, diagnostics, cancellation))
        {
            if (name == AttributeName)
            {
                // A second [Network] is an error of the compiler's.
                network ??= attribute;
            }
            else if (name == OnnxNetworkParser.AttributeName)
            {
                file ??= attribute;
            }
            else if (LayerKinds.All.FirstOrDefault(kind => kind.AttributeName == name) is { } kind)
            {
                layers.Add((kind, attribute));
            }
        }

        bool isOfFile = file is not null;
        List<AttributeReader> others = [.. layers.Select(layer => layer.Attribute), .. isOfFile && network is not null ? [network] : (AttributeReader[])[]];
        network = file ?? network;
        if (network is null)
        {
            if (layers.Count > 0)
            {
                diagnostics.Add(Diagnostic.Create(Descriptors.LayerWithoutNetwork, layers[0].Attribute.Location, type.Name));
            }

            return new ParseResult(null, diagnostics);
        }

        stages.Enter(Stage.Parse);

        if (ConsumerParser.MissingType(compilation) is { } missing)
        {
            diagnostics.Add(Diagnostic.Create(Descriptors.MissingType, network.Location, missing));
        }

        TypeModel? typeModel = TypeParser.Parse(type, network, diagnostics, cancellation);
        bool trains = network.Flag("Training", !isOfFile) ?? true;
        MemberCollisions.Report(type, trains, isOfFile, compilation, diagnostics, cancellation);
        bool canHaveParts = network.IsOurs && !HasError();
        if (isOfFile)
        {
            ReportMixed(type, network, others, diagnostics);
        }
        else
        {
            ReportScattered(type, network, layers, diagnostics);
        }

        (NetworkModel? model, int inputs, int outputs) = ParseNetwork(type, typeModel, network, isOfFile, layers, diagnostics, cancellation);
        if (model?.Determinism == DeterminismMode.CrossPlatform && ConsumerParser.MayUseX87(compilation))
        {
            network.Report(Descriptors.X87, nameof(NetworkModel.Determinism), type.Name);
        }

        if (model is { Training: true, Source: LayerChain chain } && !HasError())
        {
            diagnostics.AddRange(LayerAdvice.Of(chain, [.. layers.Select(layer => layer.Attribute)]));
        }

        if (model is { Simd: null } && options is not null && ConsumerParser.WrongSimd(options.AnalyzerConfigOptionsProvider.GlobalOptions) is { } wrong)
        {
            diagnostics.Add(Diagnostic.Create(Descriptors.ProjectSimd, network.Location, wrong, string.Join(", ", Enum.GetNames(typeof(SimdMode)))));
        }

        if (isOfFile && model is not null && options is not null && !HasError())
        {
            diagnostics.AddRange(OnnxNetworkParser.Check(model, network, options, stages));
        }

        DeclaredNetwork? declared = typeModel is not null && canHaveParts
            ? new DeclaredNetwork(new NetworkOutline(typeModel, trains, inputs, outputs), HasError() ? null : model)
            : null;
        return new ParseResult(declared, diagnostics) { Attribute = network.Syntax };

        bool HasError() => diagnostics.Any(d => d.Descriptor.DefaultSeverity == DiagnosticSeverity.Error);
    }

    // In the order of files, then of lines, so that the order of the compiler's syntax trees does not matter.
    private static IEnumerable<(string Name, AttributeReader Attribute)> SourceAttributes(
        INamedTypeSymbol type, List<Diagnostic> diagnostics, CancellationToken cancellation) => type.GetAttributes()
        .Where(attribute => attribute.ApplicationSyntaxReference is not null)
        .Select(attribute => (Name: TypeParser.MetadataName(attribute.AttributeClass) ?? "", Data: attribute))
        .Where(attribute => attribute.Name.Length > 0)
        .OrderBy(attribute => attribute.Data.ApplicationSyntaxReference!.SyntaxTree.FilePath, StringComparer.Ordinal)
        .ThenBy(attribute => attribute.Data.ApplicationSyntaxReference!.Span.Start)
        .Select(attribute => (attribute.Name, new AttributeReader(attribute.Data, diagnostics, cancellation)));

    // The numbers of inputs and outputs are known where an error is elsewhere, too.
    private static (NetworkModel? Model, int Inputs, int Outputs) ParseNetwork(
        INamedTypeSymbol type,
        TypeModel? typeModel,
        AttributeReader network,
        bool isOfFile,
        List<(LayerKind Kind, AttributeReader Attribute)> attributes,
        List<Diagnostic> diagnostics,
        CancellationToken cancellation)
    {
        LossRow? loss = network.Row("Loss", Losses.All, row => row.Name, otherwise: "MeanSquaredError");
        OptimizerRow? optimizer = network.Row("Optimizer", Optimizers.All, row => row.Name, otherwise: "Sgd");
        DeclaredOption[] options = [.. OptionParser.Of(network, optimizer), .. OptionParser.Of(network, loss)];
        UnrollMode? unroll = network.Choice<UnrollMode>("Unroll");
        SimdMode? simd = network.Choice<SimdMode>("Simd");
        MathMode? math = network.Choice<MathMode>("MathMode");
        DeterminismMode? determinism = network.Choice<DeterminismMode>("Determinism");
        bool? training = network.Flag("Training", !isOfFile);
        (FrontEnd? source, int? inputs, int? outputs) = isOfFile
            ? (OnnxNetworkParser.Parse(network), null, null)
            : ParseLayers(type, network, attributes, training != false || network.Has("Loss") ? loss : null, diagnostics, cancellation);
        NetworkModel? model = source is null || loss is null || optimizer is null || unroll is null || simd is null || math is null || determinism is null || training is null || typeModel is null
            ? null
            : new NetworkModel(
                typeModel,
                source,
                loss.Name,
                optimizer.Name,
                training.Value,
                unroll.Value,
                network.Has("Simd") ? simd : null)
            {
                MathMode = math.Value,
                Determinism = determinism.Value,
                Options = new OptionValues(options.ToEquatableArray()),
            };
        return (model, inputs ?? 1, outputs ?? 1);
    }

    /// <param name="loss">What the last layer must fit; null for nothing.</param>
    private static (FrontEnd? Source, int? Inputs, int? Outputs) ParseLayers(
        INamedTypeSymbol type,
        AttributeReader network,
        List<(LayerKind Kind, AttributeReader Attribute)> attributes,
        LossRow? loss,
        List<Diagnostic> diagnostics,
        CancellationToken cancellation)
    {
        int? inputs = network.Count("inputs", Descriptors.TooFewInputs);
        if (attributes.Count == 0)
        {
            diagnostics.Add(Diagnostic.Create(Descriptors.NoLayers, network.Location, type.Name));
        }

        var layers = new List<(LayerModel Model, AttributeReader Attribute)>();
        LayerModel? last = null;
        foreach ((LayerKind kind, AttributeReader attribute) in attributes)
        {
            cancellation.ThrowIfCancellationRequested();
            last = kind.Parse(attribute);
            if (last is { } layer)
            {
                layers.Add((layer, attribute));
            }
        }

        // Where a layer is missing, which one is last and how many parameters there are is not known.
        if (last is null || layers.Count < attributes.Count)
        {
            return (null, inputs, last?.Units);
        }

        if (inputs is not null)
        {
            ReportSize(type, inputs.Value, layers, diagnostics);
        }

        ReportNames(type, layers);
        ReportSoftmax(layers, diagnostics);
        if (loss is not null)
        {
            diagnostics.AddRange(LossChecks.Of(loss, network, Activations.Get(last.Activation), last.Units));
        }

        return (inputs is null ? null : new LayerChain(inputs.Value, layers.Select(layer => layer.Model).ToEquatableArray()), inputs, last.Units);
    }

    private static void ReportMixed(
        INamedTypeSymbol type, AttributeReader file, List<AttributeReader> others, List<Diagnostic> diagnostics)
    {
        foreach (AttributeReader other in others)
        {
            diagnostics.Add(Diagnostic.Create(
                Descriptors.MixedSources, other.Location, type.Name, other.Syntax?.Name.ToString() ?? "", file.Syntax?.Name.ToString() ?? ""));
        }
    }

    private static void ReportScattered(
        INamedTypeSymbol type,
        AttributeReader network,
        List<(LayerKind Kind, AttributeReader Attribute)> layers,
        List<Diagnostic> diagnostics)
    {
        // The declaration with [Network] is the natural home; where it has no layers, the first that has some.
        SyntaxNode?[] declarations = [.. layers.Select(layer => Declaration(layer.Attribute))];
        SyntaxNode? home = declarations.FirstOrDefault(d => d == Declaration(network)) ?? declarations.FirstOrDefault();
        foreach ((LayerKind _, AttributeReader layer) in layers.Where(layer => Declaration(layer.Attribute) != home))
        {
            diagnostics.Add(Diagnostic.Create(Descriptors.ScatteredLayers, layer.Location, type.Name));
        }

        static SyntaxNode? Declaration(AttributeReader attribute) =>
            attribute.Syntax?.FirstAncestorOrSelf<BaseTypeDeclarationSyntax>();
    }

    private static void ReportSize(
        INamedTypeSymbol type,
        int inputs,
        List<(LayerModel Model, AttributeReader Attribute)> layers,
        List<Diagnostic> diagnostics)
    {
        long parameters = 0, units = 0;
        foreach ((LayerModel layer, AttributeReader attribute) in layers)
        {
            // One layer of 2³¹ inputs and units has less than 2⁶³ parameters; stopping here keeps the sums below too.
            parameters += layer.CountParameters(inputs);
            units += layer.Units;
            inputs = layer.Units;
            if (parameters > SizeLimits.MostParameters || units > SizeLimits.MostUnits)
            {
                (long count, string what, long most) = parameters > SizeLimits.MostParameters
                    ? (parameters, "parameters", SizeLimits.MostParameters)
                    : (units, "units in all layers", (long)SizeLimits.MostUnits);
                attribute.Report(Descriptors.NetworkTooLarge, "units", type.Name, Number(count), what, Number(most));
                return;
            }
        }

        static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
    }

    // Of two with one name the later is wrong, unless it is the earlier one's that was chosen.
    private static void ReportNames(INamedTypeSymbol type, List<(LayerModel Model, AttributeReader Attribute)> layers)
    {
        string[] names = [.. ModuleNames.Of(layers.Select(layer => layer.Model))];
        for (int i = 0; i < names.Length; i++)
        {
            int other = Array.FindIndex(names, name => name == names[i]);
            if (other == i)
            {
                other = Array.FindIndex(names, i + 1, name => name == names[i]);
                other = other >= 0 && layers[other].Model.Name is null ? other : -1;
            }

            if (other >= 0 && layers[i].Model.Name is not null)
            {
                string how = layers[other].Model.Name is null ? " by its place, for it has none of its own" : "";
                layers[i].Attribute.Report(Descriptors.LayerName, "Name", Literal.Of(names[i]), $"layer {Literal.Of(other + 1)} of '{type.Name}' is called that{how}");
            }
        }
    }

    private static void ReportSoftmax(
        List<(LayerModel Model, AttributeReader Attribute)> layers, List<Diagnostic> diagnostics)
    {
        for (int i = 0; i < layers.Count; i++)
        {
            (LayerModel layer, AttributeReader attribute) = layers[i];
            if (!Activations.Get(layer.Activation).IsDistribution)
            {
                continue;
            }

            if (layer.Units == 1)
            {
                string single = Activations.All.First(row => row.IsProbability && !row.IsDistribution).Name;
                attribute.Report(Descriptors.SoftmaxOfOne, "activation", layer.Activation, single);
            }
            else if (i < layers.Count - 1)
            {
                string hidden = Activations.All.First(row => !row.IsProbability && row.Initializer != Activations.All[0].Initializer).Name;
                attribute.Report(Descriptors.SoftmaxBeforeLast, "activation", layer.Activation, hidden);
            }
        }
    }
}
