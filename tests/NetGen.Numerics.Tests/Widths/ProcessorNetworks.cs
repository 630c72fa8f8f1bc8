using System.Runtime.Intrinsics;
using NetGen.CompilerServices;
using NetGen.Testing;

namespace NetGen.Numerics.Tests.Widths;

/// <summary>Networks as users have them, whose code asks the processor how long its vectors are.</summary>
internal static class ProcessorNetworks
{
    // 1, 2, 3, 5, and both sides of every length of vectors, of the widest panel and of two of them, each as a number of
    // inputs and of outputs; every rest of 16.
    private static readonly string[] Shapes =
    [
        "1-2-3-5", "7-8-9", "10-11-12-13", "14-15-16-17", "18-31-32-33", "63-64-65", "127-128-129-130",
        "130-127", "129-63-2", "65-31-1", "33-17-3", "16-9-7", "13-5-1", "17-16-15-14", "2-130-8",
    ];

    private static readonly string[] Activations = ["Tanh", "Gelu", "Mish", "Sigmoid", "Softplus"];

    private static readonly CompiledNetworks Compiled = new("AsUsed", Specs());

    public static IReadOnlyList<NetworkSpec> All { get; } = [.. Specs()];

    /// <summary>How many floats the longest vectors hold that the processor has; 0 if it has none.</summary>
    public static int Lanes =>
        Processor.HasVector512 ? 16 : Vector256.IsHardwareAccelerated ? 8 : Vector128.IsHardwareAccelerated ? 4 : 0;

    public static INetwork Create(string name) => Compiled.Create(name);

    // By default every third: rests of every length of vectors, and more than two panels.
    private static IEnumerable<NetworkSpec> Specs() => Shapes.Where((_, i) => TestSet.IsFull || i % 3 == 0).Select((shape, i) =>
    {
        int[] sizes = [.. shape.Split('-').Select(int.Parse)];
        string[] optimizers = Enum.GetNames<Optimizer>();
        (string loss, string output) = (i % 3) switch
        {
            0 => ("MeanSquaredError", "Linear"),
            1 => ("CategoricalCrossEntropy", "Softmax"),
            _ => ("BinaryCrossEntropy", "Sigmoid"),
        };
        return new NetworkSpec(
            "Of" + shape.Replace('-', '_'),
            sizes[0],
            [.. sizes[1..].Select((units, j) => new LayerSpec(units, j == sizes.Length - 2 ? output : Activations[(i + j) % Activations.Length], Bias: (i + j) % 4 != 3))],
            sizes[^1] == 1 ? "MeanSquaredError" : loss,
            optimizers[i % optimizers.Length]);
    });
}
