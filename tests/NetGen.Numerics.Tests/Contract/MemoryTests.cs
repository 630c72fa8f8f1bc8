using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using NetGen.Testing;

namespace NetGen.Numerics.Tests.Contract;

/// <summary>A network takes the memory that the head of its generated file names, and takes it when it is needed.</summary>
public sealed partial class MemoryTests
{
    // Of each array: its own header, and room to begin on a cache line. Of a network: the object, and arrays of a few numbers.
    private const int OfArray = 24 + 64;
    private const int OfNetwork = 256;

    private static readonly NetworkSpec[] Networks =
    [
        new("Tiny", 2, [new LayerSpec(8, "Tanh"), new LayerSpec(1)], "MeanSquaredError", "Sgd", Simd: NetworkSpec.FewVectors),
        new("Adaptive", 7, [new LayerSpec(40, "Relu"), new LayerSpec(3)], "MeanSquaredError", "Adam", Simd: NetworkSpec.FewVectors),
        new("Predictor", 7, [new LayerSpec(40, "Relu"), new LayerSpec(3)], "MeanSquaredError", Simd: NetworkSpec.FewVectors, Training: false),
    ];

    private static readonly Lazy<(GeneratorRun Run, Assembly Assembly)> Compiled = new(() =>
    {
        string source = $"namespace Memory\n{{\n{string.Join('\n', Networks.Select(n => n.Declare()))}}}\n";
        GeneratorRun run = CompileHelper.Run(source);
        using var image = new MemoryStream();
        Assert.True(run.Output.Emit(image).Success);
        return (run, NetworkAssembly.Load(image.ToArray()));
    });

    [Theory]
    [InlineData("Tiny")]
    [InlineData("Adaptive")]
    [InlineData("Predictor")]
    public void The_header_tells_what_is_allocated_and_when(string name)
    {
        string head = Compiled.Value.Run.Sources.Single(s => s.HintName.EndsWith($"{name}.g.cs", StringComparison.Ordinal)).Text;
        Dictionary<string, int> bytes = Claims().Matches(head.Split('\n').Single(line => line.StartsWith("Memory in bytes", StringComparison.Ordinal)))
            .ToDictionary(m => m.Groups[1].Value, m => int.Parse(m.Groups[2].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture));
        int gradients = bytes.GetValueOrDefault("gradients");
        int sample = bytes["values of a sample"];
        Type type = Compiled.Value.Assembly.GetType($"Memory.{name}", throwOnError: true)!;

        // Once, for what a process has one of.
        Use(Create());
        IPredictor network = null!;
        Takes(bytes["parameters"] + gradients + bytes.GetValueOrDefault("optimizer") + sample, () => network = Create());
        Takes(gradients + sample, () => network.Share());
        var input = new float[network.InputCount];
        var output = new float[network.OutputCount];
        Takes(0, () => network.Forward(input, output));
        if (network is INetwork learner)
        {
            Takes(bytes["for the first TrainStep"], () => learner.TrainStep(input, output, 0.1f));
        }

        Takes(bytes["for the first batch"], () => network.ForwardBatch(input, output));
        Takes(0, () => Use(network));

        IPredictor Create() => (IPredictor)Activator.CreateInstance(type)!;
    }

    private static void Use(IPredictor network)
    {
        var input = new float[network.InputCount];
        var output = new float[network.OutputCount];
        network.ForwardBatch(input, output);
        (network as INetwork)?.TrainBatch(input, output, 0.1f);
        (network as INetwork)?.TrainStep(input, output, 0.1f);
    }

    private static void Takes(int expected, Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(taken, expected, expected + (6 * OfArray) + OfNetwork);
    }

    [GeneratedRegex("(?:[:,;] )([a-zA-Z ]+) ([0-9]+(?:,[0-9]{3})*)(?=[,;. ])")]
    private static partial Regex Claims();
}
