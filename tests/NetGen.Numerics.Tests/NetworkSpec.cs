using System.Globalization;
using System.Text;
using NetGen.Generator;
using NetGen.Testing;

namespace NetGen.Numerics.Tests;

/// <summary>A network as data, from which a test writes the C# declaration.</summary>
public sealed record NetworkSpec(
    string Name,
    int Inputs,
    IReadOnlyList<LayerSpec> Layers,
    string Loss = "MeanSquaredError",
    string Optimizer = "Sgd",
    Unroll Unroll = Unroll.Auto,
    bool Training = true,
    Simd Simd = Simd.Auto)
{
    /// <summary>
    /// For tests that are not about the length of vectors: the shortest alone, which is a third to compile; in a full run
    /// what users have.
    /// </summary>
    public static Simd FewVectors { get; } = TestSet.IsFull ? Simd.Auto : Simd.Vector128;

    /// <summary>The numbers that the attribute sets, by the names of its properties.</summary>
    public IReadOnlyDictionary<string, float>? Options { get; init; }

    public int Outputs => Layers[^1].Units;

    public int ParameterCount => TensorSizes.Sum();

    /// <summary>The lengths of the parameter tensors in logical order: weight, bias, weight, …</summary>
    public IEnumerable<int> TensorSizes
    {
        get
        {
            int width = Inputs;
            foreach (LayerSpec layer in Layers)
            {
                yield return layer.Units * width;
                if (layer.Bias)
                {
                    yield return layer.Units;
                }

                width = layer.Units;
            }
        }
    }

    public string Declare()
    {
        var text = new StringBuilder();
        text.Append($"[NetGen.Network({Inputs}, Loss = NetGen.Loss.{Loss}, Optimizer = NetGen.Optimizer.{Optimizer}");
        text.Append($", Unroll = NetGen.Unroll.{Unroll}{(Training ? "" : ", Training = false")}, Simd = NetGen.Simd.{Simd}{Set(Options)})]\n");
        foreach (LayerSpec layer in Layers)
        {
            text.Append($"[NetGen.Dense({layer.Units}, NetGen.Activation.{layer.Activation}");
            text.Append($"{(layer.Bias ? "" : ", Bias = false")}");
            text.Append($"{(layer.Initializer == "Auto" ? "" : $", Initializer = NetGen.Initializer.{layer.Initializer}")}{Set(layer.Options)})]\n");
        }

        return text.Append($"public partial class {Name} {{ }}\n").ToString();
    }

    /// <summary>The same as the parser reads them.</summary>
    internal static OptionValues Values(IReadOnlyDictionary<string, float>? options) =>
        new((options ?? new Dictionary<string, float>()).Select(o => DeclaredOption.Of(o.Key, o.Value)).ToEquatableArray());

    private static string Set(IReadOnlyDictionary<string, float>? options) =>
        string.Concat((options ?? new Dictionary<string, float>()).Select(o => string.Create(CultureInfo.InvariantCulture, $", {o.Key} = {o.Value:R}f")));

    public override string ToString() =>
        $"{Name}: {Inputs}-{string.Join('-', Layers)}, {Loss}, {Optimizer}, {Unroll}, {Simd}";
}

public sealed record LayerSpec(int Units, string Activation = "Linear", bool Bias = true, string Initializer = "Auto")
{
    /// <summary>The numbers that the attribute sets.</summary>
    public IReadOnlyDictionary<string, float>? Options { get; init; }

    public override string ToString() => $"{Units} {Activation}{(Bias ? "" : " without bias")}";
}
