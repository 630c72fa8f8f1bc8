using Microsoft.CodeAnalysis;

namespace NetGen.Generator;

/// <param name="Name">The name in C#.</param>
/// <param name="Parameters">
/// The types of a method's parameters, fully qualified. Null where the name is taken whatever has it: what is not a
/// method, and private methods, among whose overloads a user's could only confuse.
/// </param>
/// <param name="Trains">Only networks that train have it.</param>
internal sealed record GeneratedMember(string Name, EquatableArray<string>? Parameters, bool Trains)
{
    /// <summary>Only networks that are compiled from a file have it.</summary>
    public bool IsOfFile { get; init; }

    /// <summary>How messages write it.</summary>
    public string Display =>
        Parameters is { } types ? $"{Name}({string.Join(", ", types).Replace("global::System.", "")})" : Name;
}

/// <summary>
/// The members that are added to a network's class: the emitter writes no name that is not here. Of a file with several
/// inputs or outputs comes one more overload of Forward, whose parameters only the file knows.
/// </summary>
internal static class GeneratedMembers
{
    /// <summary>
    /// The nested class of the mathematics. There the names of elementary functions hide nothing that the user's part
    /// may call, such as <c>Math.Exp</c> by <c>using static</c>, and which methods a plan makes concerns nobody.
    /// </summary>
    public const string Formulas = "Formulas";

    private const string Read = "global::System.ReadOnlySpan<float>";
    private const string Write = "global::System.Span<float>";
    private const string Float = "float";
    private const string Targets = "global::NetGen.BatchTargets";
    private const string Stream = "global::System.IO.Stream";
    private const string ReadBytes = "global::System.ReadOnlySpan<byte>";
    private const string WriteBytes = "global::System.Span<byte>";

    public static EquatableArray<GeneratedMember> All { get; } =
    [
        new("InputCount", null, Trains: false),
        new("OutputCount", null, Trains: false),
        new("ParameterCount", null, Trains: false),
        new("Initialize", ["ulong"], Trains: false),
        new("Forward", [Read, Write], Trains: false),
        new("ForwardBatch", [Read, Write], Trains: false),
        new("Evaluate", [Read, Read], Trains: false),
        new("Evaluate", [Read, Targets], Trains: false),
        new("GetParameters", [Write], Trains: false),
        new("SetParameters", [Read], Trains: false),
        new("Share", [], Trains: false),
        new("Save", ["string"], Trains: false),
        new("Save", [Stream], Trains: false),
        new("Save", [WriteBytes], Trains: false),
        new("GetSavedLength", [], Trains: false),
        new("Load", ["string"], Trains: false),
        new("Load", [Stream], Trains: false),
        new("Load", [ReadBytes], Trains: false),
        new("Save", ["string", "bool"], Trains: true),
        new("Save", [Stream, "bool"], Trains: true),
        new("Save", [WriteBytes, "bool"], Trains: true),
        new("GetSavedLength", ["bool"], Trains: true),
        new("Backward", [Read], Trains: true),
        new("Backward", [Read, Write], Trains: true),
        new("Backward", ["int"], Trains: true),
        new("Backward", ["int", Write], Trains: true),
        new("BackwardFrom", [Read], Trains: true),
        new("BackwardFrom", [Read, Write], Trains: true),
        new("SgdStep", [Float], Trains: true),
        new("Step", [Float], Trains: true),
        new("TrainStep", [Read, Read, Float], Trains: true),
        new("TrainStep", [Read, "int", Float], Trains: true),
        new("TrainBatch", [Read, Read, Float], Trains: true),
        new("TrainBatch", [Read, Targets, Float], Trains: true),
        new("TrainBatch", [Read, Targets, Float, "int"], Trains: true),
        new("TrainBatch", [Read, Read, Float, "int"], Trains: true),
        new("BackwardFromLogits", [Read], Trains: true),
        new("BackwardFromLogits", [Read, Write], Trains: true),
        new("BackwardBatch", [Read, Read], Trains: true),
        new("BackwardBatch", [Read, Targets], Trains: true),
        new("BackwardFromBatch", [Read, Read], Trains: true),
        new("GradientSamples", null, Trains: true),
        new("GetGradientSums", [Write], Trains: true),
        new("AddGradients", [Read, "int"], Trains: true),
        new("ScaleGradients", [Float], Trains: true),
        new("GetGradientNorm", [], Trains: true),
        new("CopyParametersFrom", null, Trains: true),
        new("GetGradients", [Write], Trains: true),
        new("ClearGradients", [], Trains: true),
        new("ResetOptimizer", [], Trains: true),
        new("ReleaseThreads", [], Trains: true),
        new(Formulas, null, Trains: false),
        new("_parameters", null, Trains: false),
        new("_constants", null, Trains: false) { IsOfFile = true },
        new("_ports", null, Trains: false) { IsOfFile = true },
        new("FileParameters", null, Trains: false) { IsOfFile = true },
        new("FileConstants", null, Trains: false) { IsOfFile = true },
        new("ExportOnnx", ["string"], Trains: false),
        new("ExportOnnx", [Stream], Trains: false),
        new("OnnxBytes", null, Trains: false),
        new("_onnxHoles", null, Trains: false),
        new("LoadParameters", null, Trains: false) { IsOfFile = true },
        new("LoadConstants", null, Trains: false) { IsOfFile = true },
        new("_scratch", null, Trains: false),
        new("_batchScratch", null, Trains: false),
        new("DrawParameters", null, Trains: false),
        new("DrawPadded", null, Trains: false),
        new("_gradients", null, Trains: true),
        new("_samples", null, Trains: true),
        new("_stepScratch", null, Trains: true),
        new("_changes", null, Trains: true),
        new("_forwardAt", null, Trains: true),
        new("_tileGradients", null, Trains: true),
        new("_team", null, Trains: true),
        new("_optimizerPowers", null, Trains: true),
        .. Optimizers.All.SelectMany(row => row.SlotNames).Distinct().Select(slot => new GeneratedMember(
            "_optimizer" + slot.ToUpperInvariant(), null, Trains: true)),
    ];

    /// <summary>The interfaces whose members the generated part implements explicitly where their types differ.</summary>
    public static EquatableArray<string> Interfaces { get; } = ["IPredictor", "INetwork"];

    /// <summary>
    /// Whether a tree is the generator's own output. Analyzers see the compilation with it; the generator never does.
    /// </summary>
    public static bool IsOurs(SyntaxTree tree) =>
        tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) && tree.FilePath.Contains(typeof(NetGenGenerator).FullName);
}
