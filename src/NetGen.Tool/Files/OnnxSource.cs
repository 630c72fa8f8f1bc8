using System.CommandLine;

namespace NetGen.Tool.Files;

/// <summary>An ONNX file and the graph that the compiler makes of it.</summary>
/// <param name="File">Where it is.</param>
/// <param name="Model">What it holds.</param>
/// <param name="Network">Its graph; null where there is none.</param>
/// <param name="Refusal">Why there is none; empty where there is.</param>
internal sealed record OnnxSource(InputFile File, OnnxModel Model, NetworkGraph? Network, string Refusal)
{
    /// <summary>Which outputs are wanted, as [OnnxNetwork] has it.</summary>
    public static Option<string[]> OutputsOption() => new("--outputs")
    {
        HelpName = "NAMES",
        Description = "The outputs of an ONNX file to compute; all if not given. What only others need is left out.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    /// <param name="outputs">The outputs that are wanted; all where there are none.</param>
    public static OnnxSource Read(InputFile file, IReadOnlyList<string> outputs)
    {
        OnnxModel model;
        try
        {
            model = OnnxModel.Read(file.Read());
        }
        catch (FrontEndException e)
        {
            throw file.Error(e.Message);
        }

        try
        {
            NetworkGraph network = OnnxImporter.Import(model, outputs, Losses.All[0]);
            return new OnnxSource(file, model, network, "")
            {
                Outputs = network.LeftOut.Count == 0 ? outputs : [.. model.Graph.Outputs.Select(o => o.Name).Except(network.LeftOut)],
            };
        }
        catch (FrontEndException e)
        {
            return new OnnxSource(file, model, null, e.Message);
        }
    }

    /// <summary>The outputs that were asked for, or those that can be computed where not all can; none for all.</summary>
    public IReadOnlyList<string> Outputs { get; private init; } = [];

    public NetworkGraph Required() => Network ?? throw File.Error(Refusal);
}
