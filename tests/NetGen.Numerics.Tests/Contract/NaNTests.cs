using static NetGen.Numerics.Tests.Contract.ContractNetworks;

namespace NetGen.Numerics.Tests.Contract;

/// <summary>A NaN in an input comes out as a NaN, and only where it went in.</summary>
public sealed class NaNTests
{
    public static TheoryData<string> Names => new(Activations.SelectMany(a => (string[])[$"Narrow{a}", $"Broad{a}"]));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_output_of_a_NaN_is_a_NaN(string name)
    {
        INetwork network = Create(name);
        (float[] input, _) = Samples(network, 1);
        for (int place = 0; place < input.Length; place++)
        {
            float[] bad = [.. input];
            bad[place] = float.NaN;
            Assert.All(Forward(network, bad), y => Assert.True(float.IsNaN(y), $"{y} for a NaN at {place}"));
        }

        // Nothing of it stays behind.
        Assert.All(Forward(network, input), y => Assert.True(float.IsFinite(y)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Other_samples_of_a_batch_are_not_touched(string name)
    {
        const int Rows = 19;
        INetwork network = Create(name);
        (float[] inputs, _) = Samples(network, Rows);
        var clean = new float[Rows * network.OutputCount];
        var outputs = new float[Rows * network.OutputCount];
        network.ForwardBatch(inputs, clean);
        foreach (int bad in (int[])[0, 7, Rows - 1])
        {
            float[] spoiled = [.. inputs];
            spoiled[bad * network.InputCount] = float.NaN;
            network.ForwardBatch(spoiled, outputs);
            for (int i = 0; i < outputs.Length; i++)
            {
                Assert.Equal(i / network.OutputCount == bad ? float.NaN : clean[i], outputs[i]);
            }
        }
    }

    [Theory]
    [InlineData(Simd.Auto)]
    [InlineData(Simd.None)]
    public void A_step_whose_loss_is_NaN_changes_nothing(Simd simd)
    {
        // ∞ − ∞: nothing that was given is NaN, and the loss is.
        INetwork network = new CompiledNetworks("Diverged", [new NetworkSpec("Net" + simd, 2, [new LayerSpec(1)], Simd: simd)]).Create("Net" + simd);
        float[] parameters = [float.PositiveInfinity, float.NegativeInfinity, 0.5f];
        network.SetParameters(parameters);

        float loss = network.TrainStep([2, 2], [1], 0.1f);

        var after = new float[parameters.Length];
        network.GetParameters(after);
        Assert.True(float.IsNaN(loss));
        Assert.Equal(parameters, after);
    }
}
