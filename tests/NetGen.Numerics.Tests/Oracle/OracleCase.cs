using System.IO.Compression;
using System.Reflection;
using System.Text.Json;

namespace NetGen.Numerics.Tests.Oracle;

/// <summary>What PyTorch made of one network. tests/oracle/README.md explains the fields.</summary>
public sealed record OracleCase(
    string Name,
    int Inputs,
    string Loss,
    string Optimizer,
    float LearningRate,
    LayerSpec[] Layers,
    float[] Parameters,
    float[] Samples,
    float[] Targets,
    double[] Outputs,
    double[] Losses,
    double[] Gradient,
    double[] InputGradient,
    OracleStep[] Batch,
    OracleStep[] Single,
    Dictionary<string, float>? Options = null)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<string> Groups { get; } =
        ["small", "wide", "optimizers", "options", "shapes", "architectures", "limits"];

    public int Rows => Losses.Length;

    public NetworkSpec Network => new(Name, Inputs, Layers, Loss, Optimizer) { Options = Options };

    /// <summary>A number that the declaration sets, or what it is otherwise.</summary>
    public float Option(string name, float otherwise) => Options?.GetValueOrDefault(name, otherwise) ?? otherwise;

    public ReadOnlySpan<float> Sample(int row) => Samples.AsSpan(row * Inputs, Inputs);

    public ReadOnlySpan<float> Target(int row) => Targets.AsSpan(row * Network.Outputs, Network.Outputs);

    public static OracleCase[] Read(string group)
    {
        using Stream file = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{group}.json.gz")
            ?? throw new FileNotFoundException(group);
        using var text = new GZipStream(file, CompressionMode.Decompress);
        return JsonSerializer.Deserialize<OracleCase[]>(text, Json)!;
    }
}

/// <summary>The mean loss, and in most cases the parameters, after a number of steps.</summary>
public sealed record OracleStep(int Steps, double Loss, double[]? Parameters);
