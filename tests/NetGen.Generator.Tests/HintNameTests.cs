namespace NetGen.Generator.Tests;

public class HintNameTests
{
    // Of a network that calls no elementary functions: the mathematics, the contract, the ONNX file, and one for each length of vectors
    // beside what they share.
    private const int FilesPerNetwork = 7;

    [Fact]
    public void Names_that_meet_are_told_apart()
    {
        const string Net = "[NetGen.Network(1)] [NetGen.Dense(1)]";
        GeneratorRun run = CompileHelper.Run($$"""
            {{Net}} partial class Net { }
            {{Net}} partial class NET { }
            {{Net}} partial class Net<T> { }
            {{Net}} partial class Net<T, U> { }
            {{Net}} partial class Net_1 { }
            namespace A { {{Net}} partial class B { } }
            partial class A_B { {{Net}} partial class C { } }
            namespace A_B_ { {{Net}} partial class C { } }
            namespace Outer { partial class Inner { {{Net}} partial class Leaf { } } }
            namespace Outer.Inner_ { {{Net}} partial class Leaf { } }
            namespace outer { partial class INNER { {{Net}} partial class leaf { } } }
            namespace ns { {{Net}} partial class @class { } {{Net}} partial class @Class { } }
            {{Net}} partial class Ünïcödé‿é { }
            {{Net}} partial class {{new string('x', 400)}} { }
            {{Net}} partial class {{new string('x', 401)}} { }
            """);

        Assert.Empty(run.DriverDiagnostics);
        Assert.Empty(run.AnalyzerDiagnostics);
        Assert.Equal(16 * FilesPerNetwork, run.Sources.Length);
        Assert.Equal(16 * FilesPerNetwork, run.Sources.Select(s => s.HintName.ToUpperInvariant()).Distinct().Count());
        Assert.All(run.Sources, s => Assert.InRange(s.HintName.Length, 5, 120));
    }

    [Fact]
    public void A_simple_class_has_a_simple_name()
    {
        GeneratorRun run = CompileHelper.Run("namespace A.B { partial class C { [NetGen.Network(1)] [NetGen.Dense(1)] partial class Net { } } }");

        Assert.Equal(
            [
                "A.B.C.Net.g.cs",
                "A.B.C.Net-Contract.g.cs",
                "A.B.C.Net-Onnx.g.cs",
                "A.B.C.Net-Vectors.g.cs",
                "A.B.C.Net-Vector512.g.cs",
                "A.B.C.Net-Vector256.g.cs",
                "A.B.C.Net-Vector128.g.cs",
            ],
            run.Sources.Select(s => s.HintName));
    }

    [Theory]
    [InlineData("[Network(1)] [Network(2)] [Dense(1)] partial class Net { }")]
    [InlineData("[Network(1)] [Dense(1)] partial class Net { } [Network(2)] partial class Net { }")]
    [InlineData("[Network(1)] [Dense(1)] partial class Net { } [Network(1)] [Dense(1)] class Net { }")]
    public void A_class_declared_twice_does_not_throw(string declarations)
    {
        GeneratorRun run = CompileHelper.Run("using NetGen; " + declarations);

        Assert.Empty(run.DriverDiagnostics);
        Assert.InRange(run.Sources.Select(s => s.HintName).Distinct().Count(), 0, FilesPerNetwork);
        Assert.Contains(run.CompilationDiagnostics.Concat(run.AnalyzerDiagnostics), d => d.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void A_networks_files_never_meet_anothers()
    {
        string[] networks = ["Net", "Net+Training"];
        EquatableArray<NamedNetwork> renamed = HintNames.Renamed(networks);
        IEnumerable<string> names = networks
            .SelectMany(name => HintNames.Apply(new CompiledNetwork(name, [new GeneratedFile("", ""), new GeneratedFile("Training", "")]), renamed))
            .Select(file => file.HintName);

        Assert.Empty(renamed);
        Assert.Equal(["Net.g.cs", "Net-Training.g.cs", "Net.Training.g.cs", "Net.Training-Training.g.cs"], names);
    }

    // The files of one class must not change with what other classes there are.
    [Fact]
    public void Only_names_that_meet_depend_on_others() => Assert.Equal(
        [new NamedNetwork("Net", "Net(2)"), new NamedNetwork("net", "net(3)")],
        HintNames.Renamed(["Other", "net", "A.B", "NET", "Net"]));
}
