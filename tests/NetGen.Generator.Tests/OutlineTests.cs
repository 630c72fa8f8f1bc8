using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests;

/// <summary>A class that cannot be compiled has the members of one that can, so that its error stands alone.</summary>
public class OutlineTests
{
    private static readonly RunOptions Project = RunOptions.Default with { Framework = ConsumerFramework.NetStandard20, Files = ModelFiles.All };

    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.CSharpErrorMessageFormat
        .AddMemberOptions(SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeAccessibility | SymbolDisplayMemberOptions.IncludeModifiers)
        .AddParameterOptions(SymbolDisplayParameterOptions.IncludeName);

    [Theory]
    [InlineData("")]
    [InlineData(", Training = false")]
    public void Has_the_members_of_a_network(string arguments)
    {
        string[] whole = Members($"namespace A {{ partial class B {{ [NetGen.Network(2{arguments})] [NetGen.Dense(3)] public partial class Net<T> {{ }} }} }}");
        string[] outline = Members($"namespace A {{ partial class B {{ [NetGen.Network(2{arguments})] [NetGen.Dense(0)] [NetGen.Dense(3)] public partial class Net<T> {{ }} }} }}");

        Assert.Contains("public void A.B.Net<T>.Forward(System.ReadOnlySpan<float> input, System.Span<float> output)", whole);
        Assert.Equal(whole, outline);
    }

    [Fact]
    public void Of_a_file_has_the_members_of_a_network()
    {
        Assert.Equal(Members("[NetGen.OnnxNetwork(\"policy.onnx\")] public partial class Net { }"), Members("[NetGen.OnnxNetwork(\"missing.onnx\")] public partial class Net { }"));
        Assert.Equal(Members("[NetGen.OnnxNetwork(\"policy.onnx\", Training = true)] public partial class Net { }"), Members("[NetGen.OnnxNetwork(\"broken.onnx\", Training = true)] public partial class Net { }"));
    }

    // With every shape of class, and what the compiler itself rejects.
    [Theory]
    [InlineData("NG0010", "[Network(2)] [Dense(0)] [Dense(3)] {0}")]
    [InlineData("NG0006", "[Network(2)] {0}")]
    [InlineData("NG0009", "[Network(0)] [Dense(3)] {0}")]
    [InlineData("NG0012", "[Network(2)] [Dense(int.MaxValue)] [Dense(3)] {0}")]
    [InlineData("NG0025", "[OnnxNetwork(\"missing.onnx\", Training = true)] {0}")]
    [InlineData("NG0026", "[OnnxNetwork(\"broken.onnx\", Training = true)] {0}")]
    [InlineData("NG0027", "[OnnxNetwork(\"policy.onnx\", Training = true)] [Dense(3)] {0}")]
    [InlineData("CS1525", "[Network(2, Loss = )] [Dense(3)] {0}")]
    [InlineData("CS0117", "[Network(2, Optimizer = Optimizer.Missing)] [Dense(3)] {0}")]
    public void An_error_stands_alone(string id, string declaration)
    {
        const string Use = """
            public static class Program
            {
                public static float Run(Net net)
                {
                    float[] x = new float[Net.InputCount], y = new float[Net.OutputCount], p = new float[Net.ParameterCount];
                    INetwork other = net.Share();
                    net.Initialize(1);
                    net.Forward(x, y);
                    net.GetParameters(p);
                    net.Step(0.1f);
                    net.Save("x.safetensors");
                    net.ExportOnnx("x.onnx");
                    return net.TrainBatch(x, y, 0.1f) + other.InputCount;
                }
            }
            """;
        GeneratorRun run = CompileHelper.Run($"using NetGen; {declaration.Replace("{0}", "public partial class Net { }", StringComparison.Ordinal)}\n{Use}", Project with { LanguageVersion = LanguageVersion.CSharp9 });

        Assert.Empty(run.DriverDiagnostics);
        Assert.Equal([id], run.AnalyzerDiagnostics.Concat(run.CompilationDiagnostics).Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.Id));
    }

    [Fact]
    public void Numbers_of_inputs_and_outputs_are_the_declared_ones()
    {
        string text = Assert.Single(CompileHelper.Run("[NetGen.Network(5)] [NetGen.Dense(0)] [NetGen.Dense(7)] partial class Net { }", Project).Sources).Text;

        Assert.Contains("public const int InputCount = 5;", text, StringComparison.Ordinal);
        Assert.Contains("public const int OutputCount = 7;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_members_throw()
    {
        GeneratorRun run = CompileHelper.Run("[NetGen.Network(2)] [NetGen.Dense(0)] public partial class Net { }", Project with { Framework = ConsumerFramework.Net10 });
        using var image = new MemoryStream();
        Assert.True(run.Output.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        object net = Activator.CreateInstance(Assembly.Load(image.ToArray()).GetType("Net")!)!;

        var thrown = Assert.Throws<InvalidOperationException>(() => ((IPredictor)net).Initialize(1));
        Assert.Equal("The network 'Net' was not compiled: the build that made this program reported an error of it.", thrown.Message);
    }

    // What others see, with the interfaces. Only the numbers may differ.
    private static string[] Members(string source)
    {
        GeneratorRun run = CompileHelper.Run(source, Project);
        INamedTypeSymbol type = run.Output.GetSymbolsWithName("Net", SymbolFilter.Type, TestContext.Current.CancellationToken).OfType<INamedTypeSymbol>().Single();
        return
        [
            .. type.AllInterfaces.Select(i => i.ToDisplayString()),
            .. type.GetMembers()
                .Where(m => !m.IsImplicitlyDeclared)
                .Where(m => m.DeclaredAccessibility == Accessibility.Public || m.Name.Contains('.', StringComparison.Ordinal))
                .Select(m => m.ToDisplayString(Format))
                .Order(StringComparer.Ordinal),
        ];
    }
}
