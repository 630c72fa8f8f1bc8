using System.Text.Json;
using NetGen.Numerics.Tests.Contract;
using static NetGen.Numerics.Tests.Saving.SavedNetworks;

namespace NetGen.Numerics.Tests.Saving;

/// <summary>What Save writes, Load reads back, bit for bit, through memory, streams and files.</summary>
public sealed class SavingTests
{
    public static TheoryData<string> Networks => [.. ByOptimizer, Wide, Named, Places];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Training_resumes_bit_for_bit(string name)
    {
        INetwork whole = Trained(name);
        INetwork resumed = Trained(name, steps: 1);
        resumed.Load(Bytes(whole, withOptimizer: true));
        Assert.Equal(ParameterBits(whole), ParameterBits(resumed));

        Train(whole, 3, seed: 2);
        Train(resumed, 3, seed: 2);
        Assert.Equal(ParameterBits(whole), ParameterBits(resumed));
        Assert.Equal(StateOf(whole), StateOf(resumed));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Without_its_state_the_optimizer_starts_afresh(string name)
    {
        INetwork trained = Trained(name);
        INetwork fresh = Create(name);
        fresh.SetParameters(ContractNetworks.Parameters(trained));
        trained.Load(Bytes(trained));

        Train(trained, 2, seed: 2);
        Train(fresh, 2, seed: 2);
        Assert.Equal(StateOf(fresh), StateOf(trained));
    }

    [Fact]
    public void Every_value_keeps_its_bits()
    {
        INetwork network = Create(Adam);
        var values = new float[network.ParameterCount];
        float[] odd = [-0f, float.NaN, BitConverter.Int32BitsToSingle(0x7FC12345), float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, float.MaxValue];
        odd.CopyTo(values, 0);
        network.SetParameters(values);

        INetwork other = Create(Adam);
        other.Load(Bytes(network));
        Assert.Equal(BitsOf(values), ParameterBits(other));
    }

    [Fact]
    public void Vectors_or_not_the_file_is_the_same()
    {
        INetwork trained = Trained("AutoAdam");
        INetwork scalar = Create("NoneAdam");
        scalar.Load(Bytes(trained, withOptimizer: true));
        Assert.Equal(StateOf(trained), StateOf(scalar));
    }

    [Fact]
    public void Tensors_are_called_by_their_places_in_a_Sequential_or_by_their_names()
    {
        Assert.Equal(
            ["0.weight [4, 3]", "0.bias [4]", "1.weight [5, 4]", "a \"quoted\" ü.weight [6, 5]", "a \"quoted\" ü.bias [6]", "5.weight [2, 6]", "5.bias [2]", "7.weight [2, 2]", "7.bias [2]"],
            Tensors(Bytes(Create(Places))));
        Assert.Equal(["fc1.weight [4, 3]", "fc1.bias [4]", "policy.net.0.weight [2, 4]", "policy.net.0.bias [2]"], Tensors(Bytes(Create(Named))));

        static IEnumerable<string> Tensors(byte[] file) => JsonDocument.Parse(Split(file).Json).RootElement.EnumerateObject()
            .Where(p => p.Name != "__metadata__")
            .Select(p => $"{p.Name} [{string.Join(", ", p.Value.GetProperty("shape").EnumerateArray().Select(n => n.GetInt64()))}]");
    }

    [Fact]
    public void Data_begins_at_a_multiple_of_eight_bytes()
    {
        foreach (string name in Networks.Select(row => row.Data))
        {
            byte[] file = StateOf(Create(name));
            Assert.Equal(0, BitConverter.ToInt64(file) % 8);
            Assert.StartsWith("{\"__metadata__\":{\"format\":\"pt\"},", Split(file).Json);
        }
    }

    [Fact]
    public void All_forms_write_and_read_the_same_bytes()
    {
        INetwork network = Trained(Adam);
        using var folder = new TemporaryFolder();
        foreach (bool withOptimizer in (bool[])[false, true])
        {
            byte[] memory = Bytes(network, withOptimizer);
            var stream = new MemoryStream();
            network.Save(stream, withOptimizer);
            Assert.Equal(memory, stream.ToArray());
            network.Save(folder.File, withOptimizer);
            Assert.Equal(memory, System.IO.File.ReadAllBytes(folder.File));
            if (!withOptimizer)
            {
                Assert.Equal(memory, Bytes(network));
                stream = new MemoryStream();
                network.Save(stream);
                Assert.Equal(memory, stream.ToArray());
                network.Save(folder.File);
                Assert.Equal(memory, System.IO.File.ReadAllBytes(folder.File));
            }

            foreach (Action<INetwork> load in (Action<INetwork>[])
                [n => n.Load(memory), n => n.Load(new MemoryStream(memory)), n => n.Load(folder.File), n => n.Load(new Trickle(memory))])
            {
                INetwork other = Create(Adam);
                load(other);
                Assert.Equal(memory, Bytes(other, withOptimizer));
            }
        }
    }

    [Fact]
    public void Streams_are_left_open_and_read_from_where_they_are()
    {
        INetwork network = Trained(Adam);
        using var stream = new MemoryStream();
        stream.Write([1, 2, 3]);
        network.Save(stream);
        stream.Position = 3;
        INetwork other = Create(Adam);
        other.Load(stream);
        Assert.Equal(ParameterBits(network), ParameterBits(other));
        Assert.Equal(stream.Length, stream.Position);
    }

    [Fact]
    public void Memory_may_be_longer_than_the_file_but_not_shorter()
    {
        INetwork network = Trained(Adam);
        byte[] file = Bytes(network);
        byte[] memory = new byte[file.Length + 10];
        Array.Fill(memory, (byte)7);
        Assert.Equal(file.Length, network.Save(memory));
        Assert.Equal([.. file, .. Enumerable.Repeat((byte)7, 10)], memory);

        Array.Fill(memory, (byte)7);
        var error = Assert.Throws<ArgumentException>(() => network.Save(memory.AsSpan(0, file.Length - 1)));
        Assert.Equal("destination", error.ParamName);
        Assert.Contains($"at least {file.Length} bytes, got {file.Length - 1}", error.Message);
        Assert.All(memory, b => Assert.Equal(7, b));
    }

    [Fact]
    public void Predictors_pass_over_the_optimizer()
    {
        INetwork trained = Trained(Adam);
        IPredictor predictor = CreatePredictor(Predictor);
        predictor.Load(StateOf(trained));
        Assert.Equal(ParameterBits(trained), ParameterBits(predictor));
        Assert.Equal(Bytes((IPredictor)trained), Bytes(predictor));
    }

    [Fact]
    public void Instances_that_share_parameters_have_the_loaded_ones()
    {
        INetwork network = Create(Wide);
        INetwork other = network.Share();
        INetwork trained = Trained(Wide);
        network.Load(StateOf(trained));
        Assert.Equal(StateOf(trained), StateOf(other));
    }

    [Fact]
    public void Load_forgets_gathered_gradients_and_Forward()
    {
        INetwork network = Trained(Adam);
        (float[] inputs, float[] targets) = ContractNetworks.Samples(network, 1);
        ContractNetworks.Gather(network, inputs, targets);
        Assert.Contains(ContractNetworks.Gradients(network), g => g != 0);

        network.Load(StateOf(network));
        Assert.All(ContractNetworks.Gradients(network), g => Assert.Equal(0, g));
        Assert.Throws<InvalidOperationException>(() => network.Backward(targets));
    }

    [Fact]
    public void Arguments_that_cannot_be_are_named()
    {
        INetwork network = Create(Adam);
        Assert.Equal("path", Assert.ThrowsAny<ArgumentException>(() => network.Save((string)null!)).ParamName);
        Assert.Equal("path", Assert.ThrowsAny<ArgumentException>(() => network.Save("")).ParamName);
        Assert.Equal("path", Assert.ThrowsAny<ArgumentException>(() => network.Save("folder/")).ParamName);
        Assert.Equal("path", Assert.ThrowsAny<ArgumentException>(() => network.Load((string)null!)).ParamName);
        Assert.Equal("path", Assert.ThrowsAny<ArgumentException>(() => network.Load("")).ParamName);
        Assert.Equal("destination", Assert.ThrowsAny<ArgumentException>(() => network.Save((Stream)null!)).ParamName);
        Assert.Equal("destination", Assert.ThrowsAny<ArgumentException>(() => network.Save(new MemoryStream([], writable: false))).ParamName);
        Assert.Equal("source", Assert.ThrowsAny<ArgumentException>(() => network.Load((Stream)null!)).ParamName);
        var closed = new MemoryStream();
        closed.Dispose();
        Assert.Equal("source", Assert.ThrowsAny<ArgumentException>(() => network.Load(closed)).ParamName);
    }
}
