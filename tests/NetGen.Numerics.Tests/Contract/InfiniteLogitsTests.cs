namespace NetGen.Numerics.Tests.Contract;

/// <summary>A choice that is masked out has the logit −∞. It costs nothing where it is not the target, and everything where it is.</summary>
public sealed class InfiniteLogitsTests
{
    private static readonly Simd[] Forms = [Simd.Vector128, Simd.None];

    private static readonly CompiledNetworks Networks = new("InfiniteLogits",
    [
        .. from simd in Forms
           from net in (NetworkSpec[])
           [
               new($"Classes{simd}", 1, [new LayerSpec(5, "Softmax")], "CategoricalCrossEntropy", Simd: simd),
               new($"Labels{simd}", 1, [new LayerSpec(5, "Sigmoid")], "BinaryCrossEntropy", Simd: simd),
           ]
           select net,
    ]);

    public static TheoryData<Simd> All => new(Forms);

    [Theory]
    [MemberData(nameof(All))]
    public void Softmax_leaves_out_what_is_masked(Simd simd)
    {
        // z = −∞, 10, 20, −∞, 0: e^−20 and e^−10 of the sum are left.
        INetwork network = Of($"Classes{simd}");
        double loss = 10 + Math.Log(1 + Math.Exp(-10) + Math.Exp(-20));
        Learns(network, [0, 1, 0, 0, 0], loss);
        Learns(network, [0, 0.5f, 0.5f, 0, 0], loss - 5);
        Assert.True(float.IsPositiveInfinity(Of($"Classes{simd}").Evaluate([10], [1, 0, 0, 0, 0])));
        Assert.True(float.IsNaN(Of($"Classes{simd}").Evaluate([10], [float.NaN, 0, 0, 0, 0])));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Sigmoid_is_sure_of_what_is_masked(Simd simd)
    {
        INetwork network = Of($"Labels{simd}");
        double loss = (Math.Log(1 + Math.Exp(-10)) + Math.Log(1 + Math.Exp(-20)) + Math.Log(2)) / 5;
        Learns(network, [0, 1, 1, 0, 0], loss);
        Assert.True(float.IsPositiveInfinity(Of($"Labels{simd}").Evaluate([10], [1, 0, 0, 0, 0])));
        Assert.True(float.IsNaN(Of($"Labels{simd}").Evaluate([10], [0, 0, 0, float.NaN, 0])));
    }

    // By every way to learn: a finite loss, and parameters that stay finite.
    private static void Learns(INetwork network, float[] target, double loss)
    {
        Assert.Equal(loss, network.Evaluate([10], target), 1e-5 * loss);
        Assert.Equal(loss, network.TrainBatch([10], target, 0), 1e-5 * loss);
        Assert.Equal(loss, network.TrainStep([10], target, 0), 1e-5 * loss);
        network.Forward([10], new float[5]);
        Assert.Equal(loss, network.Backward(target), 1e-5 * loss);
        network.Step(0);
        var parameters = new float[network.ParameterCount];
        network.GetParameters(parameters);
        Assert.All(parameters, p => Assert.True(float.IsFinite(p)));
    }

    private static INetwork Of(string name)
    {
        INetwork network = Networks.Create(name);
        network.SetParameters([-3e38f, 1, 2, -3e38f, 0, 0, 0, 0, 0, 0]);
        return network;
    }
}
