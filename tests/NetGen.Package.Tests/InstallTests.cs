using static NetGen.Package.Tests.FreshProject;

namespace NetGen.Package.Tests;

/// <summary>A new project that has nothing but the package.</summary>
public class InstallTests(PackedPackage package)
{
    private const string Network = """
        using System;
        using NetGen;

        namespace Fresh
        {
            [Network(2, Loss = Loss.BinaryCrossEntropy, Optimizer = Optimizer.Adam)]
            [Dense(8, Activation.Tanh)]
            [Dense(1, Activation.Sigmoid)]
            public partial class XorNetwork
            {
            }

            public static class Lesson
            {
                public static readonly float[] Inputs = { 0, 0, 0, 1, 1, 0, 1, 1 };
                public static readonly float[] Targets = { 0, 1, 1, 0 };

                public static INetwork Learn()
                {
                    var network = new XorNetwork();
                    var trainer = new Trainer(network) { Epochs = 1000, BatchSize = 4, LearningRate = 0.05f };
                    trainer.Train(Inputs, Targets);
                    network.Forward(new float[XorNetwork.InputCount], new float[XorNetwork.OutputCount]);
                    network.Backward(new float[] { 0 });
                    network.SgdStep(0);
                    return network.Share();
                }
            }
        }

        """;

    private const string Policy = """
        using System;
        using System.IO;
        using NetGen;

        namespace Fresh
        {
            [OnnxNetwork("policy.onnx")]
            public partial class Policy
            {
                public static void Travel(Stream file, Stream onnx)
                {
                    var policy = new Policy();
                    policy.Forward(new float[InputCount], new float[OutputCount]);
                    policy.Save(file);
                    file.Position = 0;
                    policy.Load(file);
                    policy.ExportOnnx(onnx);
                }
            }
        }

        """;

    // The other mode: what is computed is the same wherever it is compiled.
    private const string Everywhere = """
        using NetGen;

        namespace Fresh
        {
            [Network(2, Loss = Loss.CategoricalCrossEntropy, Optimizer = Optimizer.Adam, Determinism = Determinism.CrossPlatform)]
            [Dense(40, Activation.Tanh)]
            [Dense(3, Activation.Softmax)]
            public partial class Everywhere
            {
            }

            [OnnxNetwork("policy.onnx", Training = true, Determinism = Determinism.CrossPlatform)]
            public partial class PolicyEverywhere
            {
            }
        }

        """;

    private const string Program = """
        using System;
        using System.IO;
        using Fresh;
        using NetGen;

        INetwork network = Lesson.Learn();
        float[] outputs = new float[Lesson.Targets.Length];
        network.ForwardBatch(Lesson.Inputs, outputs);
        Console.WriteLine($"{XorNetwork.InputCount}-{XorNetwork.OutputCount}, {XorNetwork.ParameterCount} parameters");
        foreach (float output in outputs)
        {
            Console.WriteLine(MathF.Round(output));
        }

        using var onnx = new MemoryStream();
        Policy.Travel(new MemoryStream(), onnx);
        Console.WriteLine(onnx.Length > 0);
        """;

    private const string PolicyItem = """<AdditionalFiles Include="policy.onnx" />""";

    [Fact]
    public void A_program_trains_a_network()
    {
        string folder = package.CreateProject("net10.0", "<OutputType>Exe</OutputType>", PolicyItem, ("Network.cs", Network), ("Policy.cs", Policy), ("Program.cs", Program));
        Build(folder);

        string output = Dotnet.Run(folder, Path.Combine("bin", "Release", "net10.0", "Fresh.dll"));

        Assert.Equal("2-1, 33 parameters\n0\n1\n1\n0\nTrue\n", output);
    }

    // By default the oldest, which takes the last of the package's libraries; programs elsewhere here take the first.
    public static TheoryData<string, string> Frameworks => TestSet.IsFull
        ? new() { { "net8.0", "12" }, { "net472", "9" }, { "netstandard2.1", "9" }, { "netstandard2.0", "9" } }
        : new() { { "net472", "9" } };

    [Theory]
    [MemberData(nameof(Frameworks))]
    public void A_library_builds(string framework, string languageVersion) => Build(package.CreateProject(
        framework,
        $"<LangVersion>{languageVersion}</LangVersion>",
        PolicyItem,
        ("Network.cs", Network),
        ("Policy.cs", Policy),
        ("Everywhere.cs", Everywhere)));

    [Fact]
    public void A_project_in_an_old_language_is_told_what_to_change()
    {
        // It says nothing of its language, which is C# 7.3 there.
        string folder = package.CreateProject("net472", "<Nullable>disable</Nullable>", PolicyItem, ("Everywhere.cs", Everywhere));

        string output = Dotnet.Fail(folder, BuildArguments);

        Assert.Contains(
            "Everywhere.cs(5,6): error NG0014: Networks need C# 9 or later, but this project is compiled as C# 7.3; set <LangVersion>9.0</LangVersion>",
            output,
            StringComparison.Ordinal);
        Assert.Contains("Everywhere.cs(12,6): error NG0014", output, StringComparison.Ordinal);
        Assert.DoesNotContain("error CS", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_is_an_error_of_the_build()
    {
        string folder = package.CreateProject(
            "net10.0",
            "",
            "",
            ("Network.cs", "[NetGen.Network(2)]\n[NetGen.Dense(1)]\npublic class Net\n{\n}\n"));

        string output = Dotnet.Fail(folder, BuildArguments);

        Assert.Contains("Network.cs(3,14): error NG0001: 'Net' must be partial", output, StringComparison.Ordinal);
        Assert.DoesNotContain("error CS", output, StringComparison.Ordinal);
    }
}
