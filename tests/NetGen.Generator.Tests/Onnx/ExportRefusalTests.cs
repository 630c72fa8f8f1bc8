using System.Reflection;

namespace NetGen.Generator.Tests.Onnx;

/// <summary>
/// No front end makes what has no form as an ONNX file. A graph that has none compiles all the same, and whoever asks for
/// the file through the interface learns why there is none.
/// </summary>
public sealed class ExportRefusalTests
{
    [Fact]
    public void A_network_without_a_form_as_a_file_says_so_when_it_is_asked_for_one()
    {
        NetworkModel model = Models.Of(3, [], training: false) with { Source = new OuterProductFrontEnd() };
        Assembly assembly = NetworkAssembly.CompileGenerated(
            Models.Compile(model, Models.Consumer).Select(file => ($"{file.HintSuffix}.cs", file.Text)).Append(("Net.cs", "public partial class Net { }")));
        var network = (IPredictor)Activator.CreateInstance(assembly.GetType("Net", throwOnError: true)!)!;
        string path = Path.Combine(Path.GetTempPath(), "netgen-" + Guid.NewGuid().ToString("N") + ".onnx");

        const string Message = "The network 'Net' has no form as an ONNX file: 'M' is computed by OuterProductOp.";
        Assert.Equal(Message, Assert.Throws<NotSupportedException>(() => network.ExportOnnx(new MemoryStream())).Message);
        Assert.Equal(Message, Assert.Throws<NotSupportedException>(() => network.ExportOnnx(path)).Message);
        Assert.False(File.Exists(path));
        network.Forward([1, 2, 3], new float[3]);
    }

    private sealed record OuterProductFrontEnd : FrontEnd
    {
        public override ForwardGraph Build(CancellationToken cancellation)
        {
            var builder = new GraphBuilder();
            Node x = builder.Input("x", Shape.Vector(3));
            Node weight = builder.Add("M", new OuterProductOp(), [builder.Parameter("u", Shape.Vector(3)), builder.Parameter("v", Shape.Vector(3))]);
            Node y = builder.Affine("y", weight, x, null);
            return new ForwardGraph(builder, x, y, y, "Linear");
        }

        public override string Describe(NetworkGraph network) => "an outer product";
    }
}
