using System.Reflection;
using System.Runtime.CompilerServices;
using NetGen.Testing.Onnx;

namespace NetGen.Tool.Tests;

/// <summary>What is printed must compile, with every warning on, and compute what the file says.</summary>
public sealed class ScaffoldTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public static TheoryData<string> Names => [.. OnnxCorpus.Names];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("mlp_relu_9")]
    [InlineData("branches_13")]
    [InlineData("agents_policy_9")]
    public void Of_an_onnx_file(string name) => Verify(["scaffold", _folder.Onnx(name), "--namespace", "Game.Brains", "--name", "Policy"], hint: name);

    [Fact]
    public void Of_chosen_outputs() => Verify(["scaffold", _folder.Onnx("agents_policy_9"), "--outputs", "output_4", "output_1", "--training"]);

    [Fact]
    public void Of_a_file_that_leaves_axes_open() =>
        Verify(["scaffold", _folder.Write("sequence.onnx", OpenFile()), "--dimensions", "sequence=12", "--constants", "sr=16000", "--outputs", "z"]);

    [Fact]
    public void Of_weights_whose_activations_are_unknown() => Verify(["scaffold", Weights()]);

    [Fact]
    public void Of_weights_whose_activations_are_given() => Verify(["scaffold", Weights(), "--activation", "leaky-relu", "--output-activation", "SIGMOID", "--training"]);

    [Fact]
    public void Of_weights_with_names() => Verify(["scaffold", _folder.SafeTensors("named"), "--activation", "tanh"]);

    // The optimizer's part of the file has to load as well.
    [Theory]
    [InlineData("Adam")]
    [InlineData("Momentum")]
    public void Of_a_checkpoint(string name)
    {
        string file = _folder.SafeTensors(name);
        Verify(["scaffold", file, "--training", "--activation", "tanh", "--name", "Policy"], hint: name);
        var network = (IPredictor)Activator.CreateInstance(Compile(ToolRun.Done("scaffold", file, "--training", "--activation", "tanh", "--name", "Policy"), file).GetType("Policy")!)!;

        network.Load(file);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_file_that_is_supported_compiles(string name)
    {
        string file = _folder.Onnx(name);
        ToolRun run = ToolRun.Of("scaffold", file);
        if (run.ExitCode != ExitCodes.Ok)
        {
            run.MustBeRefused(ExitCodes.Refused);
            Assert.Equal("", run.Out);
            return;
        }

        Compile(run.Out, file);
    }

    // The class of the file, and that of layers with the weights that convert writes.
    [Theory]
    [InlineData("mlp_relu_9")]
    [InlineData("mlp_relu_17_fixed")]
    public void Layers_compute_what_the_file_does(string name)
    {
        string file = _folder.Onnx(name);
        string weights = _folder[name + ".safetensors"];
        Assembly assembly = Compile(ToolRun.Done("scaffold", file, "--name", "Policy"), file);
        ToolRun.Done("convert", file, weights);
        var policy = (IPredictor)Activator.CreateInstance(assembly.GetType("Policy")!)!;
        var layers = (IPredictor)Activator.CreateInstance(assembly.GetType("PolicyLayers")!)!;
        layers.Load(weights);
        OnnxRows rows = OnnxRows.Of(OnnxCorpus.Vectors(name));

        for (int row = 0; row < rows.Count; row++)
        {
            float[] input = [.. rows.Input(row).Select(v => (float)v)];
            float[] expected = new float[policy.OutputCount], actual = new float[layers.OutputCount];
            policy.Forward(input, expected);
            layers.Forward(input, actual);

            Assert.Equal(expected, actual);
            Assert.All(rows.Output(row).Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        }
    }

    [Fact]
    public void Weights_load_into_the_class()
    {
        string file = Weights();
        Assembly assembly = Compile(ToolRun.Done("scaffold", file), file);
        var network = (IPredictor)Activator.CreateInstance(assembly.GetType("Weights")!)!;
        network.Load(file);
        float[] parameters = new float[network.ParameterCount];
        network.GetParameters(parameters);

        // The weight of layer 0 is the last of the file, whose elements count on from 0.
        Assert.Equal([16 / 64f, 17 / 64f], parameters[..2]);
    }

    [Theory]
    [InlineData("my_policy-v2.onnx", "MyPolicyV2")]
    [InlineData("2fast.onnx", "Network2fast")]
    [InlineData("---.onnx", "Network")]
    [InlineData("class.onnx", "Class")]
    public void The_class_is_called_after_the_file(string file, string name)
    {
        string text = ToolRun.Done("scaffold", _folder.Write(file, OnnxCorpus.Read("branches_13")));

        Assert.Contains($"public partial class {name};", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--name", "class")]
    [InlineData("--name", "My Policy")]
    [InlineData("--name", "")]
    [InlineData("--namespace", "Game.")]
    [InlineData("--namespace", "Game.new")]
    public void Names_that_csharp_does_not_take_are_wrong_usage(string option, string name) =>
        Assert.Contains(option, ToolRun.Refused(ExitCodes.WrongUsage, "scaffold", _folder.Onnx("mlp_relu_9"), option, name), StringComparison.Ordinal);

    [Theory]
    [InlineData("'conv.weight' has the shape [4, 3, 3]", "conv.weight", 4, 3, 3)]
    [InlineData("'weight' is neither", "weight", 4, 3)]
    [InlineData("'.weight' has no name of a layer", ".weight", 4, 3)]
    [InlineData("'fc' has a bias and no weight", "fc.bias", 4)]
    [InlineData("'fc.running_mean' is neither", "fc.running_mean", 4)]
    public void Tensors_that_are_no_layer_are_refused(string problem, string name, params int[] shape) =>
        Assert.Contains(problem, ToolRun.Refused(ExitCodes.Refused, "scaffold", _folder.SafeTensors("a", (name, shape))), StringComparison.Ordinal);

    private string Weights() => _folder.SafeTensors("weights", ("0.bias", [2]), ("10.weight", [1, 2]), ("2.weight", [2, 2]), ("2.bias", [2]), ("8.weight", [2, 2]), ("8.bias", [2]), ("0.weight", [2, 3]));

    public static byte[] OpenFile() => new OnnxFile().Input("x", ["batch", "sequence"]).Input("sr", [], OnnxElementType.Int64)
        .Node("Cast", ["sr"], ["f"], ("to", 1)).Node("Div", ["x", "f"], ["z"]).Node("Softmax", ["z"], ["y"]).Output("y", ["batch", "sequence"]).ToArray();

    private static void Verify(string[] arguments, string hint = "", [CallerMemberName] string method = "")
    {
        string text = ToolRun.Done(arguments);
        Compile(text, arguments[1]);
        Snapshot.Verify(ToolRun.WithoutOperators(text), method: method, hint: hint, extension: "txt");
    }

    private static Assembly Compile(string text, string file) =>
        NetworkAssembly.Compile([("Scaffold.cs", text)], RunOptions.Default with { Files = [file] });
}
