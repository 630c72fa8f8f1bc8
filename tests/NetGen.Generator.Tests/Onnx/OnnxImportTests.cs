using NetGen.Testing.Onnx;
using NetGen.Testing.Reference;

namespace NetGen.Generator.Tests.Onnx;

/// <summary>The graph that a file becomes, evaluated in double, against PyTorch.</summary>
public class OnnxImportTests
{
    // Weights and constants are floats.
    private const double Relative = 1e-6;

    // Compares numbers, which no policy does.
    private const string Unsupported = "bits_13";

    public static TheoryData<string> Names => [.. OnnxCorpus.Names.Where(name => name != Unsupported)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Computes_what_PyTorch_does(string name)
    {
        OnnxVectors vectors = OnnxCorpus.Vectors(name);
        NetworkGraph network = OnnxImporter.Import(OnnxModel.Read(OnnxCorpus.Read(name)), [.. vectors.Outputs.Keys], Losses.All[1]);
        OnnxRows rows = OnnxRows.Of(vectors);
        for (int row = 0; row < rows.Count; row++)
        {
            var sources = new Dictionary<Node, double[]> { [network.Input] = rows.Input(row) };
            foreach (Node parameter in network.Parameters)
            {
                sources.Add(parameter, [.. ((ParameterOp)parameter.Op).Values!.Values.ToArray().Select(v => (double)v)]);
            }

            double[] actual = ReferenceInterpreter.Evaluate(network.Graph, sources)[network.Output];
            double[] expected = rows.Output(row);
            Assert.Equal(expected.Length, actual.Length);
            double scale = expected.Max(Math.Abs);
            Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second - pair.First, -Relative * scale, Relative * scale));
        }
    }

    [Fact]
    public void An_operator_that_is_not_supported_is_named_with_those_that_are()
    {
        OnnxModel model = OnnxModel.Read(OnnxCorpus.Read(Unsupported));
        OnnxException error = Assert.Throws<OnnxException>(() => OnnxImporter.Import(model, [.. model.Graph.Outputs.Select(o => o.Name)], Losses.All[1]));

        Assert.StartsWith("node '/Greater' (Greater): the operator Greater of opset 13 is not supported; supported are Abs, Add, ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mask")]
    [InlineData("y")]
    public void An_output_that_is_not_made_is_refused(string wanted)
    {
        byte[] file = new OnnxFile().Input("x", [1, 3]).Initializer("g", [3], [1f, 2, 3])
            .Node("LayerNormalization", ["x", "g"], ["a", "mask"]).Node("Add", ["a", "mask"], ["y"]).Output(wanted, null).ToArray();

        OnnxException error = Assert.Throws<OnnxException>(() => OnnxImporter.Import(OnnxModel.Read(file), [], Losses.All[1]));

        Assert.Equal("node 'LayerNormalization_0' (LayerNormalization): its output 'mask' is not supported", error.Message);
    }

    [Fact]
    public void Outputs_that_cannot_be_had_are_left_out_if_none_is_asked_for()
    {
        OnnxModel model = OnnxModel.Read(OnnxCorpus.Read("agents_policy_9"));
        NetworkGraph network = OnnxImporter.Import(model, [], Losses.All[1]);

        Assert.Equal(["output_0"], network.LeftOut);
        Assert.Equal(model.Graph.Outputs.Select(o => o.Name).Except(network.LeftOut), network.Outputs.Select(p => p.Name));
        Assert.Contains("RandomNormalLike", network.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("agents_deterministic_9")]
    [InlineData("mlp_relu_9")]
    public void What_is_exported_again_has_the_names_of_the_file(string name)
    {
        OnnxModel model = OnnxModel.Read(OnnxCorpus.Read(name));
        NetworkGraph network = OnnxImporter.Import(model, [], Losses.All[1]);
        IEnumerable<TensorData> values = network.Parameters.Select(p => ((ParameterOp)p.Op).Values!);
        OnnxModel again = OnnxModel.Read(OnnxExporter.Export(network, "Net", "", "")!.ToArray(values));

        Assert.Equal(model.Graph.Inputs.Select(i => i.Name), again.Graph.Inputs.Select(i => i.Name));
        Assert.Equal(model.Graph.Outputs.Select(o => o.Name), again.Graph.Outputs.Select(o => o.Name));
    }

    [Fact]
    public void Parameters_have_the_names_and_shapes_of_PyTorch()
    {
        NetworkGraph network = OnnxImporter.Import(OnnxModel.Read(OnnxCorpus.Read("mlp_relu_9")), [], Losses.All[1]);

        Assert.Equal(["W1", "b1", "W2", "b2", "W3", "b3"], network.Parameters.Select(p => p.Name));
        Assert.All(network.Parameters, p => Assert.EndsWith(p.Shape.Rank == 2 ? ".weight" : ".bias", ((ParameterOp)p.Op).StateName, StringComparison.Ordinal));
    }
}
