using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator;

/// <summary>
/// Reads a class with [Network], its layers and the class itself, and says what is wrong with them. Source may be
/// half typed: whatever cannot be read either has an error of the compiler's or gets a diagnostic here.
/// </summary>
internal static class NetworkParser
{
    public const string AttributeName = "NetGen.NetworkAttribute";

    /// <summary>
    /// The most parameters a network can have: 2²⁸ are 1 GiB of weights, and training with Adam holds four times
    /// that. An array of float could hold no more than 2³¹ − 57 in any case.
    /// </summary>
    public const long MaxParameters = 1L << 28;

    public static ParseResult Parse(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        var diagnostics = new List<Diagnostic>();
        AttributeReader? network = null;
        var layers = new List<(LayerKind Kind, AttributeReader Attribute)>();
        foreach ((string name, AttributeReader attribute) in SourceAttributes(type, diagnostics, cancellation))
        {
            if (name == AttributeName)
            {
                // A second [Network] is an error of the compiler's.
                network ??= attribute;
            }
            else if (LayerKinds.All.FirstOrDefault(kind => kind.AttributeName == name) is { } kind)
            {
                layers.Add((kind, attribute));
            }
        }

        if (network is null)
        {
            if (layers.Count > 0)
            {
                diagnostics.Add(Diagnostic.Create(Descriptors.LayerWithoutNetwork, layers[0].Attribute.Location, type.Name));
            }

            return new ParseResult(null, diagnostics);
        }

        TypeModel? typeModel = TypeParser.Parse(type, network, diagnostics, cancellation);
        MemberCollisions.Report(type, network.Flag("Training", true) ?? true, compilation, diagnostics, cancellation);
        ReportScattered(type, network, layers, diagnostics);
        NetworkModel? model = ParseNetwork(type, typeModel, network, layers, diagnostics, cancellation);
        bool failed = diagnostics.Any(d => d.Descriptor.DefaultSeverity == DiagnosticSeverity.Error);
        return new ParseResult(failed ? null : model, diagnostics);
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

    private static NetworkModel? ParseNetwork(
        INamedTypeSymbol type,
        TypeModel? typeModel,
        AttributeReader network,
        List<(LayerKind Kind, AttributeReader Attribute)> attributes,
        List<Diagnostic> diagnostics,
        CancellationToken cancellation)
    {
        int? inputs = network.Count("inputs", Descriptors.TooFewInputs);
        LossRow? loss = network.Row("Loss", Losses.All, row => row.Name, otherwise: "MeanSquaredError");
        OptimizerRow? optimizer = network.Row("Optimizer", Optimizers.All, row => row.Name, otherwise: "Sgd");
        string? unroll = network.Row("Unroll", Enum.GetNames(typeof(UnrollMode)), name => name, otherwise: nameof(UnrollMode.Auto));
        string? simd = network.Row("Simd", Enum.GetNames(typeof(SimdMode)), name => name, otherwise: nameof(SimdMode.Auto));
        string? math = network.Row("Math", Enum.GetNames(typeof(MathMode)), name => name, otherwise: nameof(MathMode.Accurate));
        bool? training = network.Flag("Training", true);
        if (attributes.Count == 0)
        {
            diagnostics.Add(Diagnostic.Create(Descriptors.NoLayers, network.Location, type.Name));
        }

        var layers = new List<(LayerModel Model, AttributeReader Attribute)>();
        foreach ((LayerKind kind, AttributeReader attribute) in attributes)
        {
            cancellation.ThrowIfCancellationRequested();
            if (kind.Parse(attribute) is { } layer)
            {
                layers.Add((layer, attribute));
            }
        }

        // Where a layer is missing, which one is last and how many parameters there are is not known.
        if (layers.Count == 0 || layers.Count < attributes.Count)
        {
            return null;
        }

        if (inputs is not null)
        {
            ReportSize(type, inputs.Value, layers, diagnostics);
        }

        ReportNames(type, layers);
        ReportSoftmax(layers, diagnostics);
        if (loss is not null && (training != false || network.Has("Loss")))
        {
            ReportLoss(loss, network, layers[layers.Count - 1], diagnostics);
        }

        return inputs is null || loss is null || optimizer is null || unroll is null || simd is null || math is null || training is null || typeModel is null
            ? null
            : new NetworkModel(
                typeModel,
                inputs.Value,
                layers.Select(layer => layer.Model).ToEquatableArray(),
                loss.Name,
                optimizer.Name,
                training.Value,
                (UnrollMode)Enum.Parse(typeof(UnrollMode), unroll),
                (SimdMode)Enum.Parse(typeof(SimdMode), simd))
            {
                Math = (MathMode)Enum.Parse(typeof(MathMode), math),
            };
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
        long total = 0;
        foreach ((LayerModel layer, AttributeReader attribute) in layers)
        {
            // One layer of 2³¹ inputs and units has less than 2⁶³ parameters; stopping here keeps the sum below too.
            total += layer.CountParameters(inputs);
            inputs = layer.Units;
            if (total > MaxParameters)
            {
                attribute.Report(Descriptors.TooManyParameters, "units", type.Name, Number(total), Number(MaxParameters));
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

    private static void ReportLoss(
        LossRow loss,
        AttributeReader network,
        (LayerModel Model, AttributeReader Attribute) last,
        List<Diagnostic> diagnostics)
    {
        ActivationRow activation = Activations.Get(last.Model.Activation);
        if (!loss.NeedsProbability)
        {
            // Softmax over one unit is reported already, and no loss would mend it.
            if (activation.IsDistribution && last.Model.Units > 1)
            {
                string better = Losses.All.First(row => row.FusedActivation == activation.Name).Name;
                network.Report(Descriptors.SoftmaxWithRegressionLoss, "Loss", activation.Name, loss.Name, better);
            }

            return;
        }

        bool needsDistribution = loss.FusedActivation is { } fused && Activations.Get(fused).IsDistribution;
        if (needsDistribution ? !activation.IsDistribution : !activation.IsProbability)
        {
            network.Report(
                needsDistribution ? Descriptors.LossNeedsDistribution : Descriptors.LossNeedsProbability,
                "Loss",
                loss.Name,
                activation.Name,
                loss.FusedActivation ?? Activations.All.First(row => row.IsProbability).Name);
        }
    }
}
