namespace NetGen.Generator.Tests;

public class ParsingTests
{
    [Fact]
    public void Reads_every_argument()
    {
        NetworkModel model = Parse("""
            namespace Outer.Inner;
            [Network(64, Loss = Loss.CategoricalCrossEntropy, Optimizer = Optimizer.Adam, Training = false, Unroll = Unroll.Loops, MathMode = MathMode.Fast, Determinism = Determinism.CrossPlatform)]
            [Dense(32, Activation.Relu, Bias = false, Name = "policy.net.0")]
            [Dense(10, activation: Activation.Softmax, Initializer = Initializer.Zeros)]
            public partial class Digits { }
            """);

        var expected = new NetworkModel(
            new TypeModel("Outer.Inner", [], new TypeDeclaration("class", "Digits", [])),
            new LayerChain(64, [new DenseLayer(32, "Relu", false, "HeNormal") { Name = "policy.net.0" }, new DenseLayer(10, "Softmax", true, "Zeros")]),
            "CategoricalCrossEntropy",
            "Adam",
            false,
            UnrollMode.Loops,
            null)
        {
            MathMode = MathMode.Fast,
            Determinism = DeterminismMode.CrossPlatform,
        };
        Assert.Equal(expected, model);
        Assert.Equal("Outer.Inner.Digits", model.Type.FullName);
    }

    [Fact]
    public void Reads_the_numbers_of_optimizers_losses_and_activations()
    {
        NetworkModel model = Parse("""
            [Network(3, Optimizer = Optimizer.Adam, Beta1 = 0.9f, ClipNorm = 5, Loss = Loss.Huber, Delta = 2)]
            [Dense(2, Activation.Elu, Alpha = 0.3f)]
            [Dense(2, Activation.LeakyRelu)]
            public partial class Net { }
            """);

        // A float that is written as 0.9f is meant to be 0.9, of which 1 - 0.9 is made: the text is that of the default.
        Assert.Equal(new OptionValues([new("ClipNorm", 5), new("Beta1", 0.9), new("Delta", 2)]), model.Options);
        Assert.Equal(Optimizers.Get("Adam").Powers, model.Rule.Powers);
        Assert.Equal(Optimizers.Get("Adam").Updates, model.Rule.Updates);
        Assert.Equal(
            [new DenseLayer(2, "Elu", true, "HeNormal") { Options = new([new("Alpha", 0.3)]) }, new DenseLayer(2, "LeakyRelu", true, "HeNormal")],
            Models.Layers(model));
        Assert.Equal("LeakyRelu", Activations.Find(Operation(0.2f, "LeakyRelu"))?.Name);
        Assert.Equal(new OptionValues([new("Alpha", 0.2)]), Activations.Find(Operation(0.2f, "LeakyRelu"))?.Values);
        Assert.Equal(OptionValues.None, Activations.Find(Operation(1, "Elu"))?.Values);

        static ElementwiseOp Operation(float alpha, string name) => new(Activations.Get(name, alpha).Value, [Activations.Get(name, alpha).Slope]);
    }

    [Fact]
    public void Defaults_are_those_of_the_attributes()
    {
        NetworkModel model = Parse("[Network(3)] [Dense(2)] public partial class Net { }");

        var expected = new NetworkModel(
            new TypeModel("", [], new TypeDeclaration("class", "Net", [])),
            new LayerChain(3, [new DenseLayer(2, "Linear", true, "XavierUniform")]),
            "MeanSquaredError",
            "Sgd",
            true,
            UnrollMode.Auto,
            null);
        Assert.Equal(expected, model);
        Assert.Equal(expected.GetHashCode(), model.GetHashCode());
    }

    [Fact]
    public void Tensors_in_files_are_called_by_the_layers_name_or_its_place()
    {
        NetworkModel model = Parse("""
            [Network(3)]
            [Dense(2)]
            [Dense(4, Activation.Tanh, Name = null)]
            [Dense(4, Activation.Relu, Name = "a \"b\" ü")]
            [Dense(2, Bias = false)]
            public partial class Net { }
            """);

        Assert.Equal(
            ["0.weight", "0.bias", "1.weight", "1.bias", "a \"b\" ü.weight", "a \"b\" ü.bias", "5.weight"],
            model.Build().Parameters.Select(p => ((ParameterOp)p.Op).StateName));
    }

    [Fact]
    public void Arguments_may_stand_in_any_order()
    {
        NetworkModel model = Parse("[Network(inputs: 3)] [Dense(activation: Activation.Tanh, units: 2)] public partial class Net { }");

        Assert.Equal(3, ((LayerChain)model.Source).Inputs);
        Assert.Equal([new DenseLayer(2, "Tanh", true, "XavierUniform")], Models.Layers(model));
    }

    [Fact]
    public void Reads_nested_and_generic_types_and_keywords()
    {
        NetworkModel model = Parse("""
            namespace @class.B
            {
                public static partial class Outer
                {
                    partial record struct Middle
                    {
                        partial interface IInner
                        {
                            [Network(1)] [Dense(1)]
                            partial record @event<@in, T> where T : class { }
                        }
                    }
                }
            }
            """);

        var expected = new TypeModel(
            "@class.B",
            [
                new TypeDeclaration("class", "Outer", []),
                new TypeDeclaration("record struct", "Middle", []),
                new TypeDeclaration("interface", "IInner", []),
            ],
            new TypeDeclaration("record", "@event", ["@in", "T"]));
        Assert.Equal(expected, model.Type);
    }

    [Fact]
    public void Network_may_stand_on_another_part_than_the_layers()
    {
        NetworkModel model = Parse("""
            [Dense(5)] [Dense(4)] public partial class Net { }
            [Network(2)] public partial class Net { }
            """);

        Assert.Equal([5, 4], Models.Layers(model).Select(layer => layer.Units));
    }

    [Fact]
    public void Auto_is_resolved_by_the_activations_row()
    {
        foreach (ActivationRow row in Activations.All)
        {
            NetworkModel model = Parse($"[Network(2)] [Dense(3, Activation.{row.Name})] public partial class Net {{ }}");
            Assert.Equal(row.Initializer, ((DenseLayer)Models.Layers(model)[0]).Initializer);
        }
    }

    [Fact]
    public void Enums_mirror_the_catalogue()
    {
        Assert.Equal(Activations.All.Select(row => row.Name), Enum.GetNames<Activation>());
        Assert.Equal(Losses.All.Select(row => row.Name), Enum.GetNames<Loss>());
        Assert.Equal(Optimizers.All.Select(row => row.Name), Enum.GetNames<Optimizer>());
        Assert.Equal(Initializers.All.Select(row => row.Name), Enum.GetNames<Initializer>());
        Assert.Equal(Enum.GetNames<UnrollMode>(), Enum.GetNames<Unroll>());
    }

    [Theory]
    [InlineData("[Network]")]
    [InlineData("[Network()]")]
    [InlineData("[Network(\"3\")]")]
    [InlineData("[Network(3, Loss = )]")]
    [InlineData("[Network(3, Optimizer = Loss.Huber)]")]
    [InlineData("[Network(new[] { 1 })]")]
    [InlineData("[Network(3, Training = null)]")]
    [InlineData("[Network(Missing.Constant)]")]
    [InlineData("[Network(3L)]")]
    [InlineData("[Network(null)]")]
    [InlineData("[Network(typeof(int))]")]
    public void What_the_compiler_rejects_is_left_to_it(string attribute)
    {
        GeneratorRun run = CompileHelper.Run($"using NetGen; {attribute} [Dense(2)] public partial class Net {{ }}");

        Assert.Empty(run.DriverDiagnostics);
        Assert.Empty(run.AnalyzerDiagnostics);
        Assert.Contains(run.CompilationDiagnostics, d => d.Severity == DiagnosticSeverity.Error);
    }

    // A value that is guessed would contradict the declaration in silence.
    [Theory]
    [InlineData("[Network(2, Training = Missing.Flag)] [Dense(1)]")]
    [InlineData("[Network(2)] [Dense(1, Bias = Missing.Flag)]")]
    public void A_boolean_that_does_not_bind_is_not_guessed(string attributes)
    {
        GeneratorRun run = CompileHelper.Run($"using NetGen; {attributes} partial class Net {{ }}");

        Assert.All(run.Sources, s => Assert.True(Steps.IsOutline(s)));
        Assert.Empty(run.AnalyzerDiagnostics);
        Assert.Contains(run.CompilationDiagnostics, d => d.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void Attributes_of_the_same_name_from_elsewhere_do_no_harm()
    {
        GeneratorRun run = CompileHelper.Run("""
            namespace NetGen
            {
                class NetworkAttribute : System.Attribute { public NetworkAttribute(params string[] inputs) { } public byte Loss; }
                class DenseAttribute : System.Attribute { public DenseAttribute(byte units, int[] activation) { } }
                [Network("a", "b", Loss = 3)] [Dense(2, new[] { 1 })] public partial class Net { }
            }
            """);

        Assert.Empty(run.DriverDiagnostics);
        Assert.Empty(run.AnalyzerDiagnostics);
        Assert.Empty(run.Sources);
    }

    private static NetworkModel Parse(string source)
    {
        // Where there are no vectors less is generated.
        GeneratorRun run = CompileHelper.Run(
            [("Source.cs", source), ("Usings.cs", "global using NetGen;")],
            RunOptions.Default with { Framework = ConsumerFramework.NetStandard20 });
        Assert.Empty(run.DriverDiagnostics);
        return Assert.Single(Steps.Networks(run))!;
    }
}
