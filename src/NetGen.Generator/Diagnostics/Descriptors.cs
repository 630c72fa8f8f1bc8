using Microsoft.CodeAnalysis;

namespace NetGen.Generator;

/// <summary>
/// The diagnostics, one row an id. A row has a page in docs/diagnostics, an entry in the release files and a test
/// of its location; a test enumerates <see cref="All"/> and holds that.
/// </summary>
internal static class Descriptors
{
    private const string Category = "NetGen";
    private const string Help = "https://github.com/netgen-dotnet/netgen/blob/main/docs/diagnostics/";

    public static readonly DiagnosticDescriptor NotPartial = new(
        "NG0001",
        "A network class must be partial",
        "'{0}' must be partial, because the compiler adds the network's members in another part; add the modifier 'partial' to this declaration",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0001.md");

    public static readonly DiagnosticDescriptor ContainerNotPartial = new(
        "NG0002",
        "A type that contains a network must be partial",
        "'{0}' contains the network '{1}' and must be partial too; add the modifier 'partial' to this declaration",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0002.md");

    public static readonly DiagnosticDescriptor GenericContainer = new(
        "NG0003",
        "A network cannot be nested in a generic type",
        "The network '{1}' is nested in the generic type '{0}'; move it out of '{0}' or make '{0}' non-generic",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0003.md");

    public static readonly DiagnosticDescriptor NotAClass = new(
        "NG0004",
        "A network must be a class that can have instances",
        "A network must be a class that can have instances, but '{0}' is {1}; declare it as 'partial class'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0004.md");

    public static readonly DiagnosticDescriptor FileLocal = new(
        "NG0005",
        "A network cannot be local to its file",
        "'{0}' is local to its file, so the generated file cannot add a part to it; remove the modifier 'file'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0005.md");

    public static readonly DiagnosticDescriptor NoLayers = new(
        "NG0006",
        "A network needs at least one layer",
        "The network '{0}' has no layers; add at least one layer attribute below [Network], such as [Dense(1)]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0006.md");

    public static readonly DiagnosticDescriptor LayerWithoutNetwork = new(
        "NG0007",
        "A layer needs a network",
        "'{0}' has layers but no [Network], so nothing is generated; add [Network(inputs)] to the class or remove its layers",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0007.md");

    public static readonly DiagnosticDescriptor ScatteredLayers = new(
        "NG0008",
        "All layers must stand on one declaration",
        "The layers of '{0}' stand on several partial declarations, so their order is not defined; move this layer to the declaration that has the others",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0008.md");

    public static readonly DiagnosticDescriptor TooFewInputs = new(
        "NG0009",
        "A network needs at least one input",
        "The number of inputs must be at least 1, but is {0}; give the length of one input",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0009.md");

    public static readonly DiagnosticDescriptor TooFewUnits = new(
        "NG0010",
        "A layer needs at least one unit",
        "The number of units must be at least 1, but is {0}; give the length of the layer's output",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0010.md");

    public static readonly DiagnosticDescriptor UndefinedValue = new(
        "NG0011",
        "The value is not a member of its enum",
        "{0} has no member with the value {1}; use one of {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0011.md");

    public static readonly DiagnosticDescriptor NetworkTooLarge = new(
        "NG0012",
        "The network is too large",
        "With this layer '{0}' has {1} {2}, and {3} are the most a network can have; use fewer units or inputs",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0012.md");

    public static readonly DiagnosticDescriptor MemberCollision = new(
        "NG0013",
        "A member has the name of a generated one",
        "'{0}' collides with '{1}', which is generated for the network '{2}'; rename it",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0013.md");

    public static readonly DiagnosticDescriptor LanguageVersion = new(
        "NG0014",
        "The language version is too low",
        "Networks need C# 9 or later, but this project is compiled as C# {0}; set <LangVersion>9.0</LangVersion> or higher in the project file",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0014.md");

    public static readonly DiagnosticDescriptor SoftmaxBeforeLast = new(
        "NG0015",
        "Softmax stands before the last layer",
        "{0} before the last layer squeezes what the next layers can see into shares of 1; use another activation here, such as {1}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0015.md");

    public static readonly DiagnosticDescriptor SoftmaxWithRegressionLoss = new(
        "NG0016",
        "Softmax with a loss for regression",
        "{0} gives probabilities, but {1} is a loss for regression and learns slowly from confident mistakes; set Loss = Loss.{2} on [Network]",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0016.md");

    public static readonly DiagnosticDescriptor LossNeedsProbability = new(
        "NG0017",
        "The loss needs outputs strictly between 0 and 1",
        "{0} needs outputs strictly between 0 and 1, but the last layer's activation is {1}; use {2} there or another loss",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0017.md");

    public static readonly DiagnosticDescriptor LossNeedsDistribution = new(
        "NG0018",
        "The loss needs outputs that sum to 1",
        "{0} needs outputs that are positive and sum to 1, but the last layer's activation is {1}; use {2} there or another loss",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0018.md");

    public static readonly DiagnosticDescriptor SoftmaxOfOne = new(
        "NG0019",
        "Softmax over one unit is always 1",
        "{0} over one unit is always 1; use {1} for a single probability, or one unit per class",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0019.md");

    public static readonly DiagnosticDescriptor DerivedNetwork = new(
        "NG0020",
        "A network cannot derive from another network",
        "'{0}' derives from the network '{1}', whose members it would hide with its own; keep a '{1}' in a field of '{0}' instead",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0020.md");

    public static readonly DiagnosticDescriptor InheritedCollision = new(
        "NG0021",
        "A network inherits a member with the name of a generated one",
        "'{0}' inherits '{1}' from '{2}' and would hide it with the generated '{3}'; rename it there, make it private, or remove the base class",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0021.md");

    public static readonly DiagnosticDescriptor UnseenArgument = new(
        "NG0022",
        "An argument of a network comes from generated code",
        "Nothing is generated for '{0}', because this argument comes from generated code, such as another network's OutputCount; write the number itself",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0022.md");

    public static readonly DiagnosticDescriptor RecordNetwork = new(
        "NG0023",
        "A network should not be a record",
        "'{0}' is a record, and a copy of it, as by 'with', shares its activations and gradients, which makes gradients wrong; declare it as 'partial class', and use Share() for a second instance",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0023.md");

    public static readonly DiagnosticDescriptor LayerName = new(
        "NG0024",
        "A layer cannot have this name",
        "A layer cannot be called {0}: {1}; give it another name, or none for its place in PyTorch's nn.Sequential",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0024.md");

    public static readonly DiagnosticDescriptor ModelFileMissing = new(
        "NG0025",
        "The file of a network is not among the additional files",
        "There is no file to compile '{0}' from: {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0025.md");

    public static readonly DiagnosticDescriptor ModelFileRefused = new(
        "NG0026",
        "A model file cannot be compiled",
        "'{0}' cannot be compiled from '{1}': {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0026.md");

    public static readonly DiagnosticDescriptor MixedSources = new(
        "NG0027",
        "A network is compiled from a file and has attributes of another",
        "'{0}' is compiled from the file of [{2}] and can have no [{1}]; remove one of the two",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0027.md");

    public static readonly DiagnosticDescriptor OutputsLeftOut = new(
        "NG0028",
        "Some outputs of a model file cannot be computed",
        "'{0}' is compiled without the outputs {1} of '{2}' ({3}); say which are wanted with Outputs",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0028.md");

    public static readonly DiagnosticDescriptor MissingType = new(
        "NG0029",
        "A type that generated code needs is missing",
        "Networks need {0}, which this project does not refer to; add the package System.Memory, or target .NET Standard 2.1, .NET 8 or later",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0029.md");

    public static readonly DiagnosticDescriptor X87 = new(
        "NG0030",
        "A 32-bit x86 process without vectors keeps no promise about bits",
        "'{0}' is declared with Determinism.CrossPlatform, but this project is compiled for 32-bit x86 without System.Runtime.Intrinsics, where .NET Framework computes with more digits than a float has; set PlatformTarget to x64, or to AnyCPU with Prefer32Bit off",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0030.md");

    public static readonly DiagnosticDescriptor CompilerFault = new(
        "NG0031",
        "NetGen failed to compile a network",
        "'{0}' cannot be compiled because of a fault of NetGen: {1}; other networks are not touched; please report it with this declaration at https://github.com/netgen-dotnet/netgen/issues",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0031.md");

    public static readonly DiagnosticDescriptor MistakenMember = new(
        "NG0032",
        "An enum of NetGen has no such member",
        "{0} has no member '{1}'; use {0}.{2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0032.md");

    public static readonly DiagnosticDescriptor ZerosInHiddenLayer = new(
        "NG0033",
        "A hidden layer starts with zeros",
        "A hidden layer that starts with zeros computes the same in all of its units, and learns slowly or not at all; leave its Initializer to Auto, and zeros to the last layer",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0033.md");

    public static readonly DiagnosticDescriptor RectifierWithRegressionLoss = new(
        "NG0034",
        "Outputs that cannot be negative with a loss for regression",
        "Outputs of {0} are never negative, and where they are 0 they do not learn from {1}; use {2} in the last layer, or Softplus where all targets are positive",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0034.md");

    public static readonly DiagnosticDescriptor LinearLayers = new(
        "NG0035",
        "Two linear layers follow each other",
        "This layer is linear, so with it the next computes no more than it would alone; give it an activation, such as Relu, or remove it",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0035.md");

    public static readonly DiagnosticDescriptor Option = new(
        "NG0036",
        "A number of an optimizer, loss or activation has no meaning or is out of range",
        "The option {0} {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0036.md");

    public static readonly DiagnosticDescriptor InputOpen = new(
        "NG0037",
        "An input of a model file is not fixed",
        "'{0}' cannot be compiled from '{1}': {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0037.md");

    public static readonly DiagnosticDescriptor ProjectSimd = new(
        "NG0038",
        "The project's NetGenSimd is none of the choices",
        "The project sets NetGenSimd to '{0}'; use one of {1}, or say it in the attribute",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "NG0038.md");

    public static EquatableArray<DiagnosticDescriptor> All { get; } =
    [
        NotPartial,
        ContainerNotPartial,
        GenericContainer,
        NotAClass,
        FileLocal,
        NoLayers,
        LayerWithoutNetwork,
        ScatteredLayers,
        TooFewInputs,
        TooFewUnits,
        UndefinedValue,
        NetworkTooLarge,
        MemberCollision,
        LanguageVersion,
        SoftmaxBeforeLast,
        SoftmaxWithRegressionLoss,
        LossNeedsProbability,
        LossNeedsDistribution,
        SoftmaxOfOne,
        DerivedNetwork,
        InheritedCollision,
        UnseenArgument,
        RecordNetwork,
        LayerName,
        ModelFileMissing,
        ModelFileRefused,
        MixedSources,
        OutputsLeftOut,
        MissingType,
        X87,
        CompilerFault,
        MistakenMember,
        ZerosInHiddenLayer,
        RectifierWithRegressionLoss,
        LinearLayers,
        Option,
        InputOpen,
        ProjectSimd,
    ];
}
