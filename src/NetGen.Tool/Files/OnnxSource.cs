namespace NetGen.Tool.Files;

/// <summary>An ONNX file and the graph that the compiler makes of it.</summary>
/// <param name="File">Where it is.</param>
/// <param name="Model">What it holds.</param>
/// <param name="Network">Its graph; null where there is none.</param>
/// <param name="Refusal">Why there is none; empty where there is.</param>
internal sealed record OnnxSource(InputFile File, OnnxModel Model, NetworkGraph? Network, string Refusal)
{
    /// <param name="settings">Which outputs are wanted, and what the file leaves open.</param>
    public static OnnxSource Read(InputFile file, OnnxSettings settings)
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
            NetworkGraph network = new OnnxOutputs(model, settings, CancellationToken.None).Import().Train(Losses.All[0]);
            return new OnnxSource(file, model, network, "")
            {
                Settings = network.LeftOut.Count == 0 ? settings : settings with { Outputs = network.OutputNames },
                Constants = settings.Outputs.Count > 0 ? [] : [.. model.Graph.Outputs.Select(o => o.Name).Except(network.OutputNames).Except(network.LeftOut)],
            };
        }
        catch (FrontEndException e)
        {
            return new OnnxSource(file, model, null, e.Message);
        }
    }

    /// <summary>What was asked for, with the names of the outputs that can be computed where not all can.</summary>
    public OnnxSettings Settings { get; private init; } = new([]);

    /// <summary>What the network takes, as the file declares it.</summary>
    public OnnxValue[] Inputs => Declared(Network?.InputNames ?? [], Model.Graph.Inputs);

    /// <summary>What it gives. A value that is no output of the file has no shape there.</summary>
    public OnnxValue[] Outputs => Declared(Network?.OutputNames ?? [], Model.Graph.Outputs);

    /// <summary>Outputs that the network lacks because they are constants.</summary>
    public string[] Constants { get; private init; } = [];

    public NetworkGraph Required() => Network ?? throw File.Error(Refusal);

    private static OnnxValue[] Declared(IEnumerable<string> names, IReadOnlyList<OnnxValue> declared) =>
        [.. names.Select(name => declared.FirstOrDefault(v => v.Name == name) ?? new OnnxValue(name, OnnxElementType.Undefined, null))];
}
