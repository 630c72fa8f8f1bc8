using Microsoft.CodeAnalysis.CSharp;
using NetGen.Testing.Onnx;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace NetGen.Generator.Tests.Onnx;

/// <summary>A network of a file is compiled again when its file changes, and a network of attributes is not.</summary>
public sealed class OnnxIncrementalityTests : IDisposable
{
    private const string Source = """
        using NetGen;
        [Network(2)] [Dense(3)] public partial class Net { }
        [OnnxNetwork("policy.onnx")] public partial class Policy { }
        [OnnxNetwork("steady.onnx")] public partial class Steady { }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("netgen-incremental-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Another_content_compiles_its_own_network() => Check(
        (driver, policy) => driver.ReplaceAdditionalText(policy, File("policy.onnx", Policy(2))),
        read: [Modified, Cached],
        resolve: [Unchanged, Modified, Unchanged],
        compile: [Cached, Modified, Cached]);

    [Fact]
    public void The_same_content_compiles_nothing() => Check(
        (driver, policy) => driver.ReplaceAdditionalText(policy, File("policy.onnx", Policy(1))),
        read: [Unchanged, Cached],
        resolve: [Cached, Cached, Cached],
        compile: [Cached, Cached, Cached]);

    [Fact]
    public void Another_model_compiles_nothing() => Check(
        (driver, _) => driver.AddAdditionalTexts([File("other.onnx", Policy(3))]),
        read: [Cached, Cached, New],
        resolve: [Unchanged, Unchanged, Unchanged],
        compile: [Cached, Cached, Cached]);

    [Fact]
    public void A_file_of_another_kind_is_not_read() => Check(
        (driver, _) => driver.AddAdditionalTexts([new BinaryFile(Path.Combine(_folder, "notes.txt"))]),
        read: [Cached, Cached],
        resolve: [Cached, Cached, Cached],
        compile: [Cached, Cached, Cached]);

    private void Check(
        Func<GeneratorDriver, AdditionalText, GeneratorDriver> edit,
        IncrementalStepRunReason[] read,
        IncrementalStepRunReason[] resolve,
        IncrementalStepRunReason[] compile)
    {
        BinaryFile policy = File("policy.onnx", Policy(1));
        RunOptions options = RunOptions.Default;
        CSharpCompilation compilation = CompileHelper.CreateCompilation([("A.cs", Source)], options);
        GeneratorDriver driver = CompileHelper.CreateDriver(options).AddAdditionalTexts([policy, File("steady.onnx", Policy(7))]).RunGenerators(compilation);

        IReadOnlyDictionary<string, IReadOnlyList<IncrementalStepRunReason>> reasons = Caching.Reasons(edit(driver, policy).RunGenerators(compilation));
        Assert.Equal(read, reasons[TrackingNames.Read]);
        Assert.Equal(resolve, reasons[TrackingNames.Resolve]);
        Assert.Equal(compile, reasons[TrackingNames.Compile]);
    }

    private BinaryFile File(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        System.IO.File.WriteAllBytes(path, content);
        return new BinaryFile(path);
    }

    private static byte[] Policy(float weight) => new OnnxFile()
        .Input("x", [null, 1])
        .Initializer("W", [1, 1], [weight])
        .Node("Gemm", ["x", "W"], ["y"])
        .Output("y", [null, 1])
        .ToArray();
}
