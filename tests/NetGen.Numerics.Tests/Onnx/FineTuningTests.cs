using System.Reflection;
using System.Text.Json;

namespace NetGen.Numerics.Tests.Onnx;

/// <summary>A network that PyTorch exported and then trained (float64), and the same file trained here (float).</summary>
public sealed class FineTuningTests
{
    private static readonly JsonElement Recorded = JsonSerializer.Deserialize<JsonElement>(Read("finetune.json"));

    private static readonly OnnxCase[] Cases =
    [
        .. new[] { "Sgd", "Adam" }.Select(optimizer => new OnnxCase("FineTuned" + optimizer, Read("finetune.onnx"))
        {
            Options = $"Training = true, Optimizer = NetGen.Optimizer.{optimizer}",
        }),
    ];

    private static readonly OnnxNetworks Networks = new(Cases);

    [Theory]
    [InlineData("Sgd", 1e-4)]
    [InlineData("Adam", 1e-3)]
    public void Follows_PyTorch(string optimizer, double relative)
    {
        JsonElement expected = Recorded.GetProperty(optimizer);
        double[] losses = Doubles(expected.GetProperty("losses"));
        float[] inputs = Array.ConvertAll(Doubles(Recorded.GetProperty("inputs")), v => (float)v);
        float[] targets = Array.ConvertAll(Doubles(Recorded.GetProperty("targets")), v => (float)v);
        var network = (INetwork)Networks.Create("FineTuned" + optimizer);
        var before = new float[network.ParameterCount];
        network.GetParameters(before);
        for (int step = 0; step < losses.Length; step++)
        {
            float loss = network.TrainBatch(inputs, targets, expected.GetProperty("rate").GetSingle());
            Near.AssertEach($"{optimizer}: loss before step {step + 1}", [losses[step]], [loss], 2e-5, 1e-6);
        }

        // How far the parameters moved: a wrong constant shows there long before it shows in the parameters.
        var after = new float[network.ParameterCount];
        network.GetParameters(after);
        double[] moved = [.. Doubles(expected.GetProperty("parameters")).Zip(before, (p, b) => p - b)];
        Near.Assert($"{optimizer}: movement", moved, [.. after.Zip(before, (a, b) => a - b)], relative, 6e-8 * losses.Length);
        Assert.True(losses[^1] < 0.7 * losses[0]);
    }

    private static double[] Doubles(JsonElement numbers) => [.. numbers.EnumerateArray().Select(n => n.GetDouble())];

    private static byte[] Read(string name)
    {
        using Stream file = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }
}
