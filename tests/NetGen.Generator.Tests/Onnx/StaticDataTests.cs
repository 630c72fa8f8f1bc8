using System.Reflection;
using NetGen.CompilerServices;
using OnnxFile = NetGen.Testing.Onnx.OnnxFile;

namespace NetGen.Generator.Tests.Onnx;

/// <summary>Weights reach the user's assembly in several ways, and always to the bit.</summary>
public class StaticDataTests
{
    private const int Units = 80;

    private const string Source = """
        [NetGen.OnnxNetwork("wide.onnx")] public partial class Wide { }
        [NetGen.OnnxNetwork("wide.onnx", Training = true, Simd = NetGen.Simd.None)] public partial class Trained { }
        """;

    // Bits that are easily lost on the way: quiet NaNs with payloads, both zeros, denormals, infinities.
    private static readonly uint[] Delicate = [0x7FC12345, 0xFFC00001, 0x7FD54321, 0x80000000, 0, 1, 0x807FFFFF, 0x7F800000, 0xFF800000, 0x00D800D8, 0x3F8DD800, 0x3F80DC00];

    private static readonly float[] AsItIs = Values(1), Transposed = Values(2), Doubled = Values(3), Shift = Values(4)[..Units];

    [Fact]
    public void Weights_are_the_same_bits_from_a_resource_and_from_a_text()
    {
        string folder = Directory.CreateTempSubdirectory("netgen-static-").FullName;
        try
        {
            string path = Path.Combine(folder, "wide.onnx");
            File.WriteAllBytes(path, Wide());
            float[] expected =
            [
                .. AsItIs,
                .. Enumerable.Range(0, Units * Units).Select(i => Transposed[(i % Units * Units) + (i / Units)]),
                .. Shift,
                .. Doubled.Select(v => 2 * v),
            ];
            foreach (bool embeds in (bool[])[true, false])
            {
                RunOptions options = RunOptions.Default with { Files = [path], EmbedsFiles = embeds };
                string text = string.Concat(CompileHelper.Run([("Source.cs", Source)], options).Sources.Where(s => s.HintName.Contains("-Data", StringComparison.Ordinal)).Select(s => s.Text));
                Assert.Equal(embeds, text.Contains(".OfResource(typeof(Wide), \"NetGen/wide.onnx\", ", StringComparison.Ordinal));
                Assert.Equal(embeds, text.Contains("file.ReadTransposed(", StringComparison.Ordinal));
                Assert.Contains(".OfText(", text, StringComparison.Ordinal);

                Assembly assembly = NetworkAssembly.Compile([("Source.cs", Source)], options);
                foreach (string name in (string[])["Wide", "Trained"])
                {
                    var network = (IPredictor)Activator.CreateInstance(assembly.GetType(name)!)!;
                    float[] parameters = new float[network.ParameterCount];
                    network.GetParameters(parameters);
                    Assert.Equal(Bits(expected), Bits(parameters));
                }

                if (embeds)
                {
                    Type network = assembly.GetType("Wide")!;
                    byte[] file = File.ReadAllBytes(path);
                    Assert.NotNull(FloatBytes.OfResource(network, "NetGen/wide.onnx", file.Length, FileHash.Of(file)));
                    Assert.Contains("another file", Assert.Throws<InvalidDataException>(() => FloatBytes.OfResource(network, "NetGen/wide.onnx", file.Length, FileHash.Of(file) + 1)).Message, StringComparison.Ordinal);
                    Assert.Contains("another file", Assert.Throws<InvalidDataException>(() => FloatBytes.OfResource(network, "NetGen/wide.onnx", file.Length - 1, FileHash.Of(file))).Message, StringComparison.Ordinal);
                    Assert.Contains("lacks", Assert.Throws<InvalidDataException>(() => FloatBytes.OfResource(network, "NetGen/other.onnx", file.Length, FileHash.Of(file))).Message, StringComparison.Ordinal);
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Any_bit_that_changes_changes_the_hash()
    {
        byte[] bytes = [.. Enumerable.Range(0, 83).Select(i => (byte)(i * i))];
        var hashes = new HashSet<ulong> { FileHash.Of(bytes) };
        for (int first = 0; first < 8 * bytes.Length; first++)
        {
            for (int second = first; second < 8 * bytes.Length; second += 61)
            {
                byte[] changed = [.. bytes];
                changed[first / 8] ^= (byte)(1 << (first % 8));
                if (second != first)
                {
                    changed[second / 8] ^= (byte)(1 << (second % 8));
                }

                Assert.True(hashes.Add(FileHash.Of(changed)), $"bits {first} and {second}");
            }
        }
    }

    private static byte[] Wide() => new OnnxFile()
        .Input("x", [null, Units])
        .Initializer("W1", [Units, Units], AsItIs)
        .Initializer("W2", [Units, Units], Transposed)
        .Initializer("b2", [Units], Shift)
        .Initializer("W3", [Units, Units], Doubled)
        .Node("Gemm", ["x", "W1"], ["z1"], ("transB", 1))
        .Node("Gemm", ["z1", "W2", "b2"], ["z2"])
        .Initializer("two", [1], [2f])
        .Node("Mul", ["W3", "two"], ["W3d"])
        .Node("Gemm", ["z2", "W3d"], ["y"], ("transB", 1))
        .Output("y", [null, Units])
        .ToArray();

    private static float[] Values(int seed)
    {
        var random = new Random(seed);
        float[] values = new float[Units * Units];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = i < Delicate.Length && seed < 3 ? BitConverter.UInt32BitsToSingle(Delicate[i]) : random.NextSingle() - 0.5f;
        }

        return values;
    }

    private static uint[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToUInt32Bits);
}
