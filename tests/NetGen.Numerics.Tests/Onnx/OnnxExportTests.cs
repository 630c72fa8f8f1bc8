using System.Reflection;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using NetGen.Generator;
using NetGen.Testing;

namespace NetGen.Numerics.Tests.Onnx;

/// <summary>Networks of attributes as ONNX files: ONNX Runtime computes from them what the networks do.</summary>
public sealed class OnnxExportTests : IDisposable
{
    private const int Rows = 5;

    private static readonly Lazy<Assembly> Networks = new(() => NetworkAssembly.Compile(string.Concat(
        Activations.All.Select(row => $"[Network(3, Training = false, Simd = Simd.{NetworkSpec.FewVectors})] [Dense(9, Activation.{(row.IsDistribution ? "Tanh" : row.Name)})] [Dense(4, Activation.{row.Name}, Bias = false)] public partial class Net{row.Name} {{ }}\n"))
        + string.Concat(WithAlpha.Select(name => $"[Network(3, Training = false, Simd = Simd.{NetworkSpec.FewVectors})] [Dense(9, Activation.{name}, Alpha = -0.3f)] [Dense(4, Activation.{name}, Alpha = 1.7f)] public partial class Net{name}Alpha {{ }}\n"))
        + "[Network(4)] [Dense(20, Activation.Gelu, Name = \"policy.0\")] [Dense(2)] public partial class Trained { }\n"));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netgen-export-");

    private static IEnumerable<string> WithAlpha => Activations.All.Where(row => row.Options.Count > 0).Select(row => row.Name);

    public static TheoryData<string> Names => [.. Activations.All.Select(row => row.Name), .. WithAlpha.Select(name => name + "Alpha")];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void ONNX_Runtime_computes_the_same(string activation)
    {
        IPredictor network = Create("Net" + activation);
        AssertSame(network, ExportedFile.Of(network), "y");
    }

    [Fact]
    public void The_file_has_what_was_learned_and_PyTorchs_names()
    {
        var network = (INetwork)Create("Trained");
        network.TrainStep([1, 2, 3, 4], [5, 6], 0.01f);
        byte[] file = ExportedFile.Of(network);

        AssertSame(network, file, "y");
        OnnxModel model = OnnxModel.Read(file);
        Assert.Equal(17, model.Opset);
        var parameters = new float[network.ParameterCount];
        network.GetParameters(parameters);
        string[] names = ["policy.0.weight", "policy.0.bias", "2.weight", "2.bias"];
        Assert.Equal(parameters, names.SelectMany(name => model.Graph.Initializers[name].Floats));
    }

    [Fact]
    public void An_exported_file_is_a_network_again()
    {
        IPredictor network = Create("Trained");
        NetworkGraph again = OnnxImporter.Import(OnnxModel.Read(ExportedFile.Of(network)), [], Losses.All[1]);
        var parameters = new float[network.ParameterCount];
        network.GetParameters(parameters);

        Assert.Equal(["policy.0.weight", "policy.0.bias", "2.weight", "2.bias"], again.Parameters.Select(p => ((ParameterOp)p.Op).StateName));
        Assert.Equal(parameters, again.Parameters.SelectMany(p => ((ParameterOp)p.Op).Values!.Values.ToArray()));
    }

    [Fact]
    public void A_path_gets_the_same_file()
    {
        IPredictor network = Create("Trained");
        string path = Path.Combine(_folder.FullName, "net.onnx");
        network.ExportOnnx(path);

        Assert.Equal(ExportedFile.Of(network), File.ReadAllBytes(path));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void A_stream_that_cannot_be_written_is_refused()
    {
        IPredictor network = Create("Trained");

        Assert.Equal("destination", Assert.Throws<ArgumentException>(() => network.ExportOnnx(new MemoryStream([], writable: false))).ParamName);
        Assert.Equal("destination", Assert.Throws<ArgumentNullException>(() => network.ExportOnnx((Stream)null!)).ParamName);
    }

    private static IPredictor Create(string name) => (IPredictor)Activator.CreateInstance(Networks.Value.GetType(name, throwOnError: true)!)!;

    // All rows at once: the batch is open.
    private static void AssertSame(IPredictor network, byte[] file, string output)
    {
        var random = new Random(3);
        float[] x = [.. Enumerable.Range(0, Rows * network.InputCount).Select(_ => (random.NextSingle() * 8) - 4)];
        var expected = new float[Rows * network.OutputCount];
        network.ForwardBatch(x, expected);
        using var session = new InferenceSession(file);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(x, [Rows, network.InputCount]))], [output]);
        float[] actual = results.Single().AsTensor<float>().ToArray();
        Near.Assert("exported", Array.ConvertAll(expected, v => (double)v), actual, 1e-5, 1e-6);
    }
}
