using System.IO.Compression;
using System.Text.RegularExpressions;

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

    private static string PolicyFile => Path.Combine(BuildInfo.Get("Onnx"), "mlp_relu_9.onnx");

    [Fact]
    public void A_program_trains_a_network()
    {
        string folder = Create("net10.0", "<OutputType>Exe</OutputType>", PolicyItem, ("Network.cs", Network), ("Policy.cs", Policy), ("Program.cs", Program));
        Build(folder);

        string output = Dotnet.Run(folder, Path.Combine("bin", "Release", "net10.0", "Fresh.dll"));

        Assert.Equal("2-1, 33 parameters\n0\n1\n1\n0\nTrue\n", output);
    }

    // Two files of one name; the second build finds what has changed by itself.
    [Fact]
    public void Weights_are_read_from_the_files_that_the_build_embeds()
    {
        string folder = Create("net10.0", "<OutputType>Exe</OutputType>", """<AdditionalFiles Include="*/wide.onnx" />""", ("Program.cs", """
            using System;
            using System.IO;
            using NetGen;

            if (args.Length > 0)
            {
                Directory.CreateDirectory(args[0]);
                var source = new Source();
                source.Initialize(ulong.Parse(args[1]));
                source.ExportOnnx(Path.Combine(args[0], "wide.onnx"));
            }
            #if WIDE
            float[] expected = new float[Source.ParameterCount], actual = new float[Source.ParameterCount];
            var network = new Source();
            for (ulong seed = 1; seed <= 3; seed++)
            {
                network.Initialize(seed);
                network.GetParameters(expected);
                new Wide().GetParameters(actual);
                bool isFirst = expected.AsSpan().SequenceEqual(actual);
                new OtherWide().GetParameters(actual);
                Console.WriteLine($"{seed}: {isFirst} {expected.AsSpan().SequenceEqual(actual)}");
            }

            Console.WriteLine(string.Join(" ", typeof(Wide).Assembly.GetManifestResourceNames()));

            [OnnxNetwork("a/wide.onnx", Simd = Simd.None)] public partial class Wide { }
            [OnnxNetwork("b/wide.onnx", Simd = Simd.None)] public partial class OtherWide { }
            #endif
            [Network(80, Simd = Simd.None)] [Dense(80)] public partial class Source { }
            """));
        string program = Path.Combine("bin", "Release", "net10.0", "Fresh.dll");
        Build(folder);
        Dotnet.Run(folder, program, "a", "1");
        Dotnet.Run(folder, program, "b", "2");
        string project = File.ReadAllText(Path.Combine(folder, "Fresh.csproj"));
        File.WriteAllText(Path.Combine(folder, "Fresh.csproj"), project.Replace("<OutputType>", "<DefineConstants>WIDE</DefineConstants><OutputType>", StringComparison.Ordinal));
        Build(folder);
        const string Resources = "NetGen/a/wide.onnx NetGen/b/wide.onnx\n";
        Assert.Equal("1: True False\n2: False True\n3: False False\n" + Resources, Dotnet.Run(folder, program));

        Dotnet.Run(folder, program, "b", "3");
        Assert.Equal("1: True False\n2: False True\n3: False False\n" + Resources, Dotnet.Run(folder, program));
        Build(folder);
        Assert.Equal("1: True False\n2: False False\n3: False True\n" + Resources, Dotnet.Run(folder, program));
    }

    [Fact]
    public void The_readme_is_true()
    {
        string readme = Readme();

        // A listing that leaves something out is of generated code.
        string[] blocks =
        [
            .. Regex.Matches(readme, @"```csharp\n(?:using NetGen;\n)?(.*?)```", RegexOptions.Singleline)
                .Select(match => match.Groups[1].Value)
                .Where(block => !block.Contains('…', StringComparison.Ordinal)),
        ];
        ILookup<bool, string> declares = blocks.ToLookup(block => block.Contains("partial class", StringComparison.Ordinal));
        Assert.True(declares[true].Any() && declares[false].Any(), "README.md should declare networks and then use them.");

        // What PyTorch would have written, the program writes.
        string program = $"""
            using NetGen;

            float[] pixels = new float[64], inputs = new float[20 * 64], target = new float[10], targets = new float[20 * 10], outputs = new float[20 * 10];
            int[] classes = new int[20];
            var policy = new Policy();
            policy.Save("policy.safetensors");
            {string.Concat(declares[false])}
            {string.Concat(declares[true])}
            """;
        string item = Regex.Match(readme, "<AdditionalFiles Include=.*?/>").Value;
        string folder = Create("net10.0", "<OutputType>Exe</OutputType><ImplicitUsings>enable</ImplicitUsings>", item, ("Program.cs", program));
        Build(folder);

        string output = Dotnet.Run(folder, Path.Combine("bin", "Release", "net10.0", "Fresh.dll"));

        Assert.Contains(" epochs, best loss ", output, StringComparison.Ordinal);
    }

    // By default the oldest, which takes the last of the package's libraries; programs elsewhere here take the first.
    public static TheoryData<string, string> Frameworks => TestSet.IsFull
        ? new() { { "net8.0", "12" }, { "net472", "9" }, { "netstandard2.1", "9" }, { "netstandard2.0", "9" } }
        : new() { { "net472", "9" } };

    [Theory]
    [MemberData(nameof(Frameworks))]
    public void A_library_builds(string framework, string languageVersion) => Build(Create(
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
        string folder = Create("net472", "<Nullable>disable</Nullable>", PolicyItem, ("Everywhere.cs", Everywhere));

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
        string folder = Create(
            "net10.0",
            "",
            "",
            ("Network.cs", "[NetGen.Network(2)]\n[NetGen.Dense(1)]\npublic class Net\n{\n}\n"));

        string output = Dotnet.Fail(folder, BuildArguments);

        Assert.Contains("Network.cs(3,14): error NG0001: 'Net' must be partial", output, StringComparison.Ordinal);
        Assert.DoesNotContain("error CS", output, StringComparison.Ordinal);
    }

    // The compiler's server would outlive the command.
    private static string[] BuildArguments { get; } =
        ["build", "-c", "Release", "-warnaserror", "-nodeReuse:false", "-p:UseSharedCompilation=false"];

    private static void Build(string folder) => Dotnet.Run(folder, BuildArguments);

    private string Readme()
    {
        using ZipArchive zip = package.Open();
        using var reader = new StreamReader(zip.GetEntry("README.md")!.Open());
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private string Create(string framework, string properties, string items, params (string Name, string Text)[] files)
    {
        string folder = package.CreateProjectFolder();
        File.WriteAllText(
            Path.Combine(folder, "Fresh.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>{framework}</TargetFramework>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <WarningLevel>9999</WarningLevel>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="NetGen" Version="{package.Version}" />
                {items}
              </ItemGroup>
            </Project>
            """);
        File.Copy(PolicyFile, Path.Combine(folder, "policy.onnx"));
        foreach ((string name, string text) in files)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }

        return folder;
    }
}
