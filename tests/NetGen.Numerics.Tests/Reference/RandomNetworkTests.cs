using CsCheck;
using NetGen.Numerics.Tests.Widths;
using NetGen.Testing;

namespace NetGen.Numerics.Tests.Reference;

/// <summary>Random networks as they are compiled, with each length of vectors and without, against the graph in double.</summary>
public sealed class RandomNetworkTests
{
    private static readonly int Compilations = TestSet.Choose(byDefault: 1, full: 3, exhaustive: 30);
    private static readonly int NetworksEach = TestSet.Choose(byDefault: 8, full: 20, exhaustive: 20);

    private static readonly int[] AllLanes = [16, 8, 4, 0];

    private static readonly Gen<LayerSpec> Layer =
        from units in Size
        from activation in Among(Enum.GetNames<Activation>())
        from bias in Gen.Frequency((3, Gen.Const(true)), (1, Gen.Const(false)))
        select new LayerSpec(units, activation, bias);

    private static readonly Gen<NetworkSpec> Network =
        from inputs in Size
        from layers in Layer.Array[1, 6]
        from loss in Among(Enum.GetNames<Loss>())
        from optimizer in Among(Enum.GetNames<Optimizer>())
        from unroll in Among(Enum.GetValues<Unroll>())
        from output in Among(["Sigmoid", "Softmax"])
        select new NetworkSpec("Net", inputs, For(loss, layers, output), loss, optimizer, unroll);

    private static readonly Gen<(NetworkSpec Network, int Rows, int Seed)> Trial =
        Gen.Select(Network, Gen.Int[1, 70], Gen.Int[0, 1_000_000]);

    // Narrow layers more often than even chance gives: they are what is written out.
    private static Gen<int> Size => Gen.OneOf(Gen.Int[1, 9], Gen.Int[10, 70]);

    [Fact]
    public void Compiled_networks_compute_what_their_graphs_mean() => Trial.Array[NetworksEach].Sample(
        trials =>
        {
            NetworkSpec[] specs = [.. trials.Select((t, i) => t.Network with { Name = $"Net{i}" })];
            var compiled = new WidthNetworks(specs.Select((spec, i) => (spec, Lanes(i))));
            for (int i = 0; i < specs.Length; i++)
            {
                foreach (int lanes in Lanes(i))
                {
                    ReferenceComparison.AssertSame(specs[i], compiled.Create(specs[i].Name, lanes), trials[i].Rows, trials[i].Seed, $" with {lanes} lanes");
                }
            }
        },
        iter: Compilations,
        threads: 1);

    // By default each network in one form.
    private static IReadOnlyList<int> Lanes(int network) => TestSet.IsFull ? AllLanes : [AllLanes[network % AllLanes.Length]];

    private static Gen<T> Among<T>(T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static IReadOnlyList<LayerSpec> For(string loss, LayerSpec[] layers, string output) =>
        loss is "BinaryCrossEntropy" or "CategoricalCrossEntropy"
            ? [.. layers[..^1], layers[^1] with { Activation = output }]
            : layers;
}
