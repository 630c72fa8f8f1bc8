using System.Text.Json;
using NetGen.Numerics.Tests.Contract;
using static NetGen.Numerics.Tests.Saving.SavedNetworks;

namespace NetGen.Numerics.Tests.Saving;

/// <summary>
/// Files that tests/oracle/safetensors_vectors.py wrote from PyTorch's tensors. It reads each of them back by
/// PyTorch's load_state_dict, so what is saved to the same bytes can be read by PyTorch.
/// </summary>
public sealed class SafeTensorsOracleTests
{
    private static readonly Expectation Expected = JsonSerializer.Deserialize<Expectation>(FromPython("expected.json"), JsonSerializerOptions.Web)!;

    public static TheoryData<string> Types => [.. Expected.Types.Keys];

    public static TheoryData<string> Optimizers => [.. Expected.Optimizers.Keys];

    [Theory]
    [MemberData(nameof(Types))]
    public void Tensors_of_each_type_are_read_as_PyTorch_reads_them(string type)
    {
        INetwork network = Create(Adam);
        network.Load(FromPython($"{type}.safetensors"));
        Assert.Equal(BitsOf(Expected.Types[type].Parameters), ParameterBits(network));

        float[] outputs = new float[Expected.Types[type].Outputs.Length];
        network.ForwardBatch(Expected.Inputs, outputs);
        Assert.All(outputs.Zip(Expected.Types[type].Outputs), y => Assert.Equal(y.Second, y.First, 1e-6f));
    }

    [Fact]
    public void Names_are_those_that_were_given()
    {
        INetwork network = Create(Named);
        network.Load(FromPython("named.safetensors"));
        Assert.Equal(BitsOf(Expected.Types["F32"].Parameters), ParameterBits(network));
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Training_goes_on_where_PyTorch_stopped(string optimizer)
    {
        INetwork network = Create("Auto" + optimizer);
        network.Load(FromPython($"{optimizer}.safetensors"));
        OptimizerCase expected = Expected.Optimizers[optimizer];
        Assert.Equal(BitsOf(expected.Parameters), ParameterBits(network));

        network.TrainBatch(Expected.Inputs, Expected.Targets, 0.01f);
        network.TrainBatch(Expected.Inputs, Expected.Targets, 0.01f);
        Assert.All(ContractNetworks.Parameters(network).Zip(expected.Next), p => Assert.Equal(p.Second, p.First, 1e-6f));
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void What_is_saved_has_the_bytes_that_Python_wrote(string optimizer)
    {
        byte[] file = FromPython($"{optimizer}.safetensors");
        foreach (string simd in (string[])["Auto", "None"])
        {
            INetwork network = Create(simd + optimizer);
            network.Load(file);
            Assert.Equal(file, Bytes(network, withOptimizer: true));
        }
    }

    private sealed record Expectation(
        float[] Inputs, float[] Targets, Dictionary<string, TypeCase> Types, Dictionary<string, OptimizerCase> Optimizers);

    private sealed record TypeCase(float[] Parameters, float[] Outputs);

    private sealed record OptimizerCase(float[] Parameters, float[] Next);
}
