using NetGen.Testing.Onnx;

namespace NetGen.Generator.Tests.Onnx;

/// <summary>A network from a file is as fast as the one that attributes declare: it is the same code.</summary>
public sealed class OnnxSpeedTests : IDisposable
{
    // The contract says where the weights come from; what is above the class, what the network is.
    private static readonly string[] Different = ["-Contract.g.cs", "-Data.g.cs", "-Onnx.g.cs"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netgen-onnx-");

    [Fact]
    public void The_front_end_makes_no_difference()
    {
        string file = Path.Combine(_folder.FullName, "digits.onnx");
        File.WriteAllBytes(file, new OnnxFile()
            .Input("x", [null, 784])
            .Initializer("0.weight", [128, 784], new float[128 * 784])
            .Initializer("0.bias", [128], new float[128])
            .Node("Gemm", ["x", "0.weight", "0.bias"], ["z"], ("transB", 1))
            .Node("Relu", ["z"], ["a"])
            .Initializer("2.weight", [10, 128], new float[10 * 128])
            .Initializer("2.bias", [10], new float[10])
            .Node("Gemm", ["a", "2.weight", "2.bias"], ["logits"], ("transB", 1))
            .Node("Softmax", ["logits"], ["y"], ("axis", 1))
            .Output("y", [null, 10])
            .ToArray());
        const string Arguments = "Loss = Loss.CategoricalCrossEntropy, Optimizer = Optimizer.Adam";

        Dictionary<string, string> declared = Code($"[Network(784, {Arguments})] [Dense(128, Activation.Relu)] [Dense(10, Activation.Softmax)]", file);
        Dictionary<string, string> imported = Code($"[OnnxNetwork(\"digits.onnx\", Training = true, {Arguments})]", file);

        Assert.Contains("Net-Vector512.g.cs", declared.Keys);
        Assert.All(declared, text => Assert.Equal(text.Value, imported[text.Key]));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Dictionary<string, string> Code(string attributes, string file) => CompileHelper
        .Run($"using NetGen; {attributes} public partial class Net {{ }}", RunOptions.Default with { Files = [file] })
        .MustBeClean()
        .Sources
        .Where(source => !Different.Any(source.HintName.EndsWith))
        .ToDictionary(source => source.HintName, source => source.Text[source.Text.IndexOf("partial class", StringComparison.Ordinal)..]);
}
