using NetGen.Numerics.Tests.Contract;
using NetGen.Testing;
using static NetGen.Numerics.Tests.Saving.SavedNetworks;

namespace NetGen.Numerics.Tests.Saving;

/// <summary>A file that does not fit is refused with what is wrong in it, and changes nothing.</summary>
public sealed class LoadingTests
{
    // What saving the network with its optimizer writes.
    private const string Weight = """{"dtype":"F32","shape":[4,3],"data_offsets":[16,64]}""";

    public static TheoryData<string, string, string> Unfit => new()
    {
        { "\"0.weight\":" + Weight, "\"fc1.weight\":" + Weight, "missing: '0.weight'; not in the network: 'fc1.weight'." },
        { "\"shape\":[4,3]", "\"shape\":[3,4]", "'0.weight' has shape [3, 4], expected [4, 3]." },
        { "\"0.weight\":{\"dtype\":\"F32\",\"shape\":[4,3]", "\"0.weight\":{\"dtype\":\"F32\",\"shape\":[12]", "'0.weight' has shape [12], expected [4, 3]." },
        { "\"0.weight\":{\"dtype\":\"F32\"", "\"0.weight\":{\"dtype\":\"I32\"", "'0.weight' has type I32, expected F32 or F16 or BF16 or F64." },
        { "\"0.weight\":{\"dtype\":\"F32\"", "\"0.weight\":{\"dtype\":\"X32\"", "'0.weight' has type X32" },
        { "\"optimizer.beta1_power\":{\"dtype\":\"F64\",\"shape\":[]", "\"optimizer.beta1_power\":{\"dtype\":\"F32\",\"shape\":[2]", "'optimizer.beta1_power' has shape [2], expected []" },
        { "\"optimizer.beta1_power\":{\"dtype\":\"F64\"", "\"optimizer.beta1_power\":{\"dtype\":\"I64\"", "'optimizer.beta1_power' has type I64, expected F64." },
        { "optimizer.exp_avg.0.weight", "optimizer.sum.0.weight", "missing: 'optimizer.exp_avg.0.weight'; not in the network: 'optimizer.sum.0.weight'." },
        { "\"data_offsets\":[16,64]", "\"data_offsets\":[15,63]", "'0.weight' of the safetensors file begins at 15, where the one before it ends at 16" },
        { "\"data_offsets\":[16,64]", "\"data_offsets\":[-16,64]", "expected a whole number" },
        { "\"data_offsets\":[16,64]", "\"data_offsets\":[64,16]", "ends at 16, before it begins at 64" },
        { "\"data_offsets\":[16,64]", "\"data_offsets\":[16,9223372036854775807]", "'0.weight' of F32 [4, 3] has 9223372036854775791 bytes" },
        { "\"shape\":[4,3]", "\"shape\":[4611686018427387904,3]", "'0.weight' of F32 [4611686018427387904, 3] has 48 bytes" },
        { "\"2.weight\"", "\"0.weight\"", "a second tensor '0.weight'" },
        { "\"shape\":[4,3]", "\"shape\":[[4,3]]", "expected a whole number" },
        { "{\"format\":\"pt\"}", "{\"format\":{\"format\":\"pt\"}}", "expected '\"'" },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public void A_header_that_does_not_fit_is_refused(string part, string replacement, string message)
    {
        (string json, byte[] data) = Split(StateOf(Trained(Adam)));
        int at = json.IndexOf(part, StringComparison.Ordinal);
        Assert.True(at >= 0, part);
        Refuses(File(json[..at] + replacement + json[(at + part.Length)..], data), message);
    }

    [Fact]
    public void A_file_of_another_network_is_refused_with_all_that_is_wrong()
    {
        Refuses(Bytes(Create(Places)), "missing: '2.weight', '2.bias'; not in the network: '1.weight', 'a \"quoted\" ü.weight', ");
        string message = Refuses(Bytes(Create(Wide)), "'0.weight' has shape [65, 40], expected [4, 3], '0.bias' has shape [65], expected [4]");
        Assert.DoesNotContain("missing", message);
    }

    [Fact]
    public void The_state_of_another_optimizer_is_refused()
    {
        Refuses(StateOf(Trained("AutoMomentum")), "not in the network: 'optimizer.momentum_buffer.0.weight'");
        Refuses(StateOf(Trained(Adam)), "not in the network: 'optimizer.beta1_power'", by: "AutoSgd");
    }

    [Fact]
    public void A_power_that_is_none_is_refused()
    {
        (string json, byte[] data) = Split(StateOf(Trained(Adam)));
        foreach (double power in (double[])[double.NaN, -0.5, 1.5, double.PositiveInfinity])
        {
            BitConverter.TryWriteBytes(data.AsSpan(8), power);
            Refuses(File(json, data), "'optimizer.beta2_power' of the safetensors file is a power");
        }
    }

    [Fact]
    public void A_message_stays_short_whatever_the_file_is_full_of()
    {
        IEnumerable<string> names = Enumerable.Range(0, 5_000).Select(i => $"\"{new string('n', 300)}{i}\":{{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}");
        string message = Refuses(File($"{{{string.Join(',', names)}}}", []), " and 4992 more");
        Assert.True(message.Length < 2_000, message);
    }

    [Fact]
    public void Every_cut_of_a_file_is_refused()
    {
        byte[] file = StateOf(Trained(Adam));
        for (int length = 0; length < file.Length; length++)
        {
            Refuses(file[..length], "safetensors");
        }

        Refuses([.. file, 0], "but ");
    }

    [Fact]
    public void Streams_that_end_early_or_late_are_refused()
    {
        byte[] file = StateOf(Trained(Adam));
        AssertRefuses(n => n.Load(new Trickle(file[..^1])), "ends within the tensor 'optimizer.exp_avg_sq.2.bias'");
        AssertRefuses(n => n.Load(new Trickle([.. file, 0])), "goes on after its last tensor");
        AssertRefuses(n => n.Load(new Trickle(file[..50])), "header says it has");
        AssertRefuses(n => n.Load(new Trickle([1, 2])), "this one has 2");
    }

    [Fact]
    public void A_stream_that_fails_changes_nothing()
    {
        INetwork network = Trained(Adam);
        byte[] before = StateOf(network);
        Assert.Throws<IOException>(() => network.Load(new FailingStream(StateOf(Trained(Adam, 5)), 900)));
        Assert.Equal(before, StateOf(network));
    }

    [Fact]
    public void A_file_that_is_refused_is_named()
    {
        using var folder = new TemporaryFolder();
        System.IO.File.WriteAllBytes(folder.File, [1, 2, 3]);
        string message = AssertRefuses(n => n.Load(folder.File), "this one has 3");
        Assert.Contains(folder.File, message);
        Assert.Throws<FileNotFoundException>(() => Create(Adam).Load(folder.File + "x"));
    }

    [Fact]
    public void What_a_header_claims_is_not_allocated()
    {
        INetwork network = Trained(Adam);
        foreach (byte[] hostile in (byte[][])
            [
                [0, 0, 0, 0, 0, 0, 0, 0x80],
                [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
                [0, 0xE1, 0xF5, 5, 0, 0, 0, 0, (byte)'{'],
                File("""{"0.weight":{"dtype":"F32","shape":[1000000000],"data_offsets":[0,4000000000]}}""", [1]),
            ])
        {
            Action<INetwork>[] loads = [n => n.Load(hostile), n => n.Load(new MemoryStream(hostile)), n => n.Load(new Trickle(hostile))];
            foreach (Action<INetwork> load in loads)
            {
                Assert.Throws<InvalidDataException>(() => load(network));
                long before = GC.GetAllocatedBytesForCurrentThread();
                Assert.Throws<InvalidDataException>(() => load(network));
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
            }
        }
    }

    [Fact]
    public void Mutated_files_are_read_or_refused()
    {
        int mutations = TestSet.Choose(byDefault: 2_000, full: 5_000, exhaustive: 120_000);
        byte[] original = StateOf(Trained(Adam, 5));
        INetwork network = Trained(Adam);
        byte[] state = StateOf(network);
        long most = 0;
        int refused = 0;
        for (int seed = 0; seed < mutations; seed++)
        {
            byte[] mutated = FileMutation.Of(original, seed);
            Action load = (seed % 3) switch
            {
                0 => () => network.Load(mutated),
                1 => () => network.Load(new MemoryStream(mutated)),
                _ => () => network.Load(new Trickle(mutated)),
            };
            long before = GC.GetAllocatedBytesForCurrentThread();
            Exception? thrown = Record.Exception(load);
            most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.True(thrown is null or InvalidDataException, $"{seed}: {thrown}");
            if (thrown is null)
            {
                network.Load(state);
                continue;
            }

            refused++;
            Assert.True(state.AsSpan().SequenceEqual(StateOf(network)), $"{seed}: refused, and changed the network");
        }

        Assert.InRange(refused, mutations / 2, mutations - 1);
        Assert.InRange(most, 1, 50 * original.Length);
    }

    private static string Refuses(byte[] file, string message, string by = Adam)
    {
        AssertRefuses(n => n.Load(new MemoryStream(file)), message, by);
        return AssertRefuses(n => n.Load(file), message, by);
    }

    private static string AssertRefuses(Action<INetwork> load, string message, string by = Adam)
    {
        INetwork network = Trained(by);
        (float[] inputs, float[] targets) = ContractNetworks.Samples(network, 2);
        ContractNetworks.Gather(network, inputs, targets);
        byte[] before = StateOf(network);
        float[] gradients = ContractNetworks.Gradients(network);
        string found = Assert.Throws<InvalidDataException>(() => load(network)).Message;
        Assert.Contains(message, found);
        Assert.Equal(before, StateOf(network));
        Assert.Equal(gradients, ContractNetworks.Gradients(network));
        return found;
    }
}
