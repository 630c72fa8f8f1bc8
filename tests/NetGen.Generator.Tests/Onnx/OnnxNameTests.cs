using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Testing.Onnx;

namespace NetGen.Generator.Tests.Onnx;

/// <summary>Names in a file are anything, and stand in the comments of what is generated: they must not become code.</summary>
public class OnnxNameTests
{
    private const string Code = "class Injected { }";

    public static TheoryData<string> Hostile =>
    [
        $"a\n{Code}\n//",
        $"a\r{Code}\r//",
        $"a\u0085{Code}\u0085//",
        $"a\u2028{Code}\u2028//",
        $"a\u2029{Code}\u2029//",
        $"a*/ {Code} /*",
        $"a**//{Code}/*",
        $"a\"; }} {Code} //",
        "a\n#error injected",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void No_name_of_a_file_becomes_code(string name)
    {
        byte[] file = new OnnxFile()
            .Input("x" + name, [null, 2])
            .Input("z" + name, [null, 2])
            .Initializer($"W{name}.weight", [2, 2], [1f, 2, 3, 4])
            .Initializer($"b{name}.bias", [2], [1f, 2])
            .Node("Gemm", ["x" + name, $"W{name}.weight", $"b{name}.bias"], ["h" + name]).Named("n" + name)
            .Node("Tanh", ["z" + name], ["t" + name])
            .Node("Add", ["h" + name, "t" + name], ["y" + name])
            .Output("y" + name, [null, 2])
            .Output("t" + name, [null, 2])
            .ToArray();
        NetworkModel model = Models.Of("1-1") with { Source = new OnnxFrontEnd($"models{name}/policy.onnx", file.ToEquatableArray(), new OnnxSettings([])) };

        foreach (GeneratedFile generated in Models.Compile(model, Models.ConsumerWithVectors))
        {
            CompilationUnitSyntax unit = SyntaxFactory.ParseCompilationUnit(generated.Text, options: new CSharpParseOptions(LanguageVersion.CSharp9));
            Assert.Empty(unit.GetDiagnostics());
            Assert.DoesNotContain("Injected", unit.DescendantNodes().OfType<TypeDeclarationSyntax>().Select(t => t.Identifier.ValueText));
        }
    }

    [Fact]
    public void Names_that_CSharp_takes_for_one_are_two_parameters()
    {
        Port[] ports = Identifiers.Of([new Port("a", 0, 1, ""), new Port("a\u200B", 1, 1, ""), new Port("\u00ADa", 2, 1, ""), new Port("\u200B", 3, 1, "")], []);

        Assert.Equal(["a", "a_", "_a", "@_"], ports.Select(p => p.Name));
    }

    [Fact]
    public void Long_names_stay_within_what_metadata_can_hold()
    {
        string longer = new('n', 5000);
        Port[] ports = Identifiers.Of([new Port(longer + "1", 0, 1, ""), new Port(longer + "2", 1, 1, "")], []);

        Assert.Equal(2, ports.Select(p => p.Name).Distinct().Count());
        Assert.All(ports, p => Assert.InRange(p.Name.Length, 1, 250));
    }
}
