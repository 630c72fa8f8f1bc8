using static NetGen.Package.Tests.FreshProject;

namespace NetGen.Package.Tests;

/// <summary>Weights of files that the build embeds, in a program that has nothing but the package.</summary>
public class EmbeddedWeightsTests(PackedPackage package)
{
    // Two files of one name; the second build finds what has changed by itself.
    [Fact]
    public void Weights_are_read_from_the_files_that_the_build_embeds()
    {
        string folder = package.CreateProject("net10.0", "<OutputType>Exe</OutputType>", """<AdditionalFiles Include="*/wide.onnx" />""", ("Program.cs", """
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
}
