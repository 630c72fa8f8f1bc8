using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace NetGen.Generator;

/// <summary>What the analyzer must know of a model file and its options, or why there is no graph of them.</summary>
/// <param name="Refusal">Null where there is a graph.</param>
/// <param name="Setting">The property of [OnnxNetwork] that would help; empty for none.</param>
internal sealed record OnnxFacts(string? Refusal, string Setting, string Activation, int Outputs, EquatableArray<string> LeftOut, string Reason);

/// <summary>
/// Imports model files for the analyzer, which asks at every keystroke: once for each content and options, and no further
/// than the outputs. What is known of a file goes when the compiler lets go of it.
/// </summary>
internal static class OnnxChecks
{
    private static readonly ConditionalWeakTable<ModelFile, ConcurrentDictionary<OnnxFrontEnd, OnnxFacts>> Known = new();

    /// <param name="options">What the attribute says; its content is the file's.</param>
    public static OnnxFacts Of(ModelFile file, OnnxFrontEnd options, StageTracker stages)
    {
        // The file is what the table is by: its bytes need not be compared as well.
        OnnxFrontEnd key = options with { Content = [] };
        ConcurrentDictionary<OnnxFrontEnd, OnnxFacts> known = Known.GetValue(file, static _ => new());
        if (!known.TryGetValue(key, out OnnxFacts? facts))
        {
            facts = Import(options with { Content = file.Content }, stages);
            known[key] = facts;
        }

        return facts;
    }

    private static OnnxFacts Import(OnnxFrontEnd source, StageTracker stages)
    {
        try
        {
            stages.Enter(Stage.Build);
            ForwardGraph graph = source.Build(stages.Cancellation);
            return new OnnxFacts(null, "", graph.Activation, graph.Output.Shape.Count, graph.LeftOut, graph.Reason);
        }
        catch (FrontEndException e)
        {
            return new OnnxFacts(e.Message, (e as OnnxException)?.Setting ?? "", "", 0, [], "");
        }
    }
}
