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
}
