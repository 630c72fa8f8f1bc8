using System.Buffers.Binary;
using System.Reflection;
using System.Text;

namespace NetGen.Numerics.Tests.Saving;

/// <summary>The networks that the tests of Save and Load share, files for them, and comparison by bits.</summary>
internal static class SavedNetworks
{
    /// <summary>3-4-2 with Tanh: what tests/oracle/safetensors_vectors.py trains, here with Adam.</summary>
    public const string Adam = "AutoAdam";

    /// <summary>The same, with names.</summary>
    public const string Named = nameof(Named);

    /// <summary>The same, and only predicts.</summary>
    public const string Predictor = nameof(Predictor);

    /// <summary>40-65-10 with Adam: layers whose memory is padded.</summary>
    public const string Wide = nameof(Wide);

    /// <summary>All kinds of modules between layers: with and without activation, without bias, with a name in between.</summary>
    public const string Places = nameof(Places);

    private static readonly LayerSpec[] Layers = [new(4, "Tanh"), new(2)];

    private static readonly CompiledNetworks Compiled = new("Saved", () => $$"""
        namespace Saved
        {
            {{string.Join('\n', Specs().Select(n => n.Declare()))}}

            [NetGen.Network(3, Simd = NetGen.Simd.{{NetworkSpec.FewVectors}})]
            [NetGen.Dense(4, NetGen.Activation.Tanh, Name = "fc1")]
            [NetGen.Dense(2, Name = "policy.net.0")]
            public partial class Named { }

            [NetGen.Network(3, Simd = NetGen.Simd.{{NetworkSpec.FewVectors}})]
            [NetGen.Dense(4)]
            [NetGen.Dense(5, NetGen.Activation.Relu, Bias = false)]
            [NetGen.Dense(6, NetGen.Activation.Gelu, Name = "a \"quoted\" ü")]
            [NetGen.Dense(2, NetGen.Activation.Softsign)]
            [NetGen.Dense(2)]
            public partial class Places { }
        }
        """);

    public static IReadOnlyList<string> Optimizers { get; } = [.. Enum.GetNames<Optimizer>()];

    /// <summary>One network for each optimizer, with vectors and without.</summary>
    public static IReadOnlyList<string> ByOptimizer { get; } =
        [.. from simd in new[] { "Auto", "None" } from optimizer in Optimizers select simd + optimizer];

    public static INetwork Create(string name) => Compiled.Create(name);

    public static IPredictor CreatePredictor(string name) => Compiled.CreatePredictor(name);

    /// <summary>A network whose every kind of state has moved.</summary>
    public static INetwork Trained(string name, int steps = 3)
    {
        INetwork network = Create(name);
        Train(network, steps);
        return network;
    }

    public static void Train(INetwork network, int steps, int seed = 1)
    {
        (float[] inputs, float[] targets) = Contract.ContractNetworks.Samples(network, 7, seed);
        for (int step = 0; step < steps; step++)
        {
            network.TrainBatch(inputs, targets, 0.01f);
        }
    }

    public static byte[] Bytes(IPredictor network)
    {
        byte[] file = new byte[network.GetSavedLength()];
        Assert.Equal(file.Length, network.Save(file));
        return file;
    }

    public static byte[] Bytes(INetwork network, bool withOptimizer)
    {
        byte[] file = new byte[network.GetSavedLength(withOptimizer)];
        Assert.Equal(file.Length, network.Save(file, withOptimizer));
        return file;
    }

    /// <summary>All that a network holds, parameters and optimizer, as the bits of a file.</summary>
    public static byte[] StateOf(IPredictor network) => network is INetwork trains ? Bytes(trains, withOptimizer: true) : Bytes(network);

    public static int[] BitsOf(IEnumerable<float> values) => [.. values.Select(BitConverter.SingleToInt32Bits)];

    public static int[] ParameterBits(IPredictor network) => BitsOf(Contract.ContractNetworks.Parameters(network));

    /// <summary>A file of the format: its length, a header, data.</summary>
    public static byte[] File(string json, byte[] data)
    {
        byte[] text = Encoding.UTF8.GetBytes(json);
        byte[] file = new byte[8 + text.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, text.Length);
        text.CopyTo(file, 8);
        data.CopyTo(file, 8 + text.Length);
        return file;
    }

    /// <summary>The header of a file, without the spaces at its end, and what follows.</summary>
    public static (string Json, byte[] Data) Split(byte[] file)
    {
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        return (Encoding.UTF8.GetString(file, 8, length).TrimEnd(), file[(8 + length)..]);
    }

    /// <summary>A file of tests/oracle/safetensors.</summary>
    public static byte[] FromPython(string name)
    {
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream("safetensors/" + name)
            ?? throw new FileNotFoundException(name);
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static IEnumerable<NetworkSpec> Specs()
    {
        foreach (string optimizer in Optimizers)
        {
            yield return new("Auto" + optimizer, 3, Layers, Optimizer: optimizer, Simd: NetworkSpec.FewVectors);
            yield return new("None" + optimizer, 3, Layers, Optimizer: optimizer, Simd: Simd.None);
        }

        yield return new(Predictor, 3, Layers, Training: false, Simd: NetworkSpec.FewVectors);
        yield return new(Wide, 40, [new(65, "Relu"), new(10, "Softmax")], "CategoricalCrossEntropy", "Adam");
    }
}
