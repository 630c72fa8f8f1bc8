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
    public void A_comparison_of_what_is_not_known_is_named()
    {
        OnnxModel model = OnnxModel.Read(OnnxCorpus.Read(Unsupported));
        OnnxException error = Assert.Throws<OnnxException>(() => OnnxImporter.Import(model, [.. model.Graph.Outputs.Select(o => o.Name)], Losses.All[1]));

        Assert.StartsWith("node '/Greater' (Greater): input 0 is known only when the network runs: constants and shapes alone are supported here", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mask")]
    [InlineData("y")]
    public void An_output_that_is_not_made_is_refused(string wanted)
    {
        byte[] file = new OnnxFile().Input("x", [1, 3]).Initializer("g", [3], [1f, 2, 3])
            .Node("LayerNormalization", ["x", "g"], ["a", "mask"]).Node("Add", ["a", "mask"], ["y"]).Output(wanted, null).ToArray();

        OnnxException error = Assert.Throws<OnnxException>(() => OnnxImporter.Import(OnnxModel.Read(file), [], Losses.All[1]));

        Assert.Equal("node 'LayerNormalization_0' (LayerNormalization): its output 'mask' is not supported; before that 'a' can be had: name with Outputs what you want of it", error.Message);
    }

    [Fact]
    public void Outputs_that_cannot_be_had_are_left_out_if_none_is_asked_for()
    {
        OnnxModel model = OnnxModel.Read(OnnxCorpus.Read("agents_policy_9"));
        NetworkGraph network = OnnxImporter.Import(model, [], Losses.All[1]);

        // The others are constants: the version of the format, for one.
        Assert.Equal(["output_0"], network.LeftOut);
        Assert.Equal(["output_4"], network.OutputNames);
        Assert.Equal("node '/RandomNormalLike' (RandomNormalLike): the operator RandomNormalLike of opset 9 is not supported", network.Reason);
    }

    [Fact]
    public void What_can_be_had_is_said_where_what_is_asked_for_cannot()
    {
        OnnxModel model = OnnxModel.Read(OnnxCorpus.Read("agents_policy_9"));
        OnnxException error = Assert.Throws<OnnxException>(() => OnnxImporter.Import(model, ["output_0"], Losses.All[1]));

        Assert.Contains("; without that the outputs 'output_4' can be had: name with Outputs those that you want; supported are Abs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_value_of_the_file_can_be_an_output()
    {
        OnnxModel model = OnnxModel.Read(new OnnxFile().Input("x", [1, 3]).Initializer("k", [3], [1f, 2, 3])
            .Node("Mul", ["x", "k"], ["a"]).Node("Tanh", ["a"], ["b"]).Node("Multinomial", ["b"], ["c"]).Output("c", null).ToArray());

        Assert.Equal(["a", "x", "k"], OnnxImporter.Import(model, ["a", "x", "k"], Losses.All[1]).OutputNames);
        OnnxException refused = Assert.Throws<OnnxException>(() => OnnxImporter.Import(model, [], Losses.All[1]));
        Assert.Contains("before that 'b' can be had: name with Outputs what you want of it", refused.Message, StringComparison.Ordinal);
        OnnxException unknown = Assert.Throws<OnnxException>(() => OnnxImporter.Import(model, ["b", "d"], Losses.All[1]));
        Assert.Equal("there is no value 'd'; the outputs are 'c', and on the way to them 'b'", unknown.Message);
    }

    [Fact]
    public void Nodes_keep_the_order_of_the_file_but_for_those_that_cannot()
    {
        OnnxModel model = OnnxModel.Read(new OnnxFile().Input("x", [1]).Node("Neg", ["x"], ["a"]).Node("Relu", ["d"], ["b"]).Node("Exp", ["a"], ["c"]).Node("Tanh", ["c"], ["d"]).ToArray());

        Assert.Equal(["Neg", "Exp", "Tanh", "Relu"], model.Graph.Nodes.Select(n => n.Operator));
    }

    [Fact]
    public void A_long_chain_from_its_end_costs_no_stack()
    {
        OnnxFile file = Enumerable.Range(0, 50_000).Aggregate(new OnnxFile().Input("v50000", [1]), (f, i) => f.Node("Relu", [$"v{i + 1}"], [$"v{i}"]));

        Assert.Equal("v49999", OnnxModel.Read(file.ToArray()).Graph.Nodes[0].Outputs[0]);
    }

    // Each costs an output, and all are said.
    [Fact]
    public void Reasons_of_several_outputs_are_all_given()
    {
        NetworkGraph network = OnnxImporter.Import(
            OnnxModel.Read(new OnnxFile().Input("x", [null, 2]).Input("i", [1], OnnxElementType.Int64).Node("Gather", ["x", "i"], ["a"]).Node("LSTM", ["x"], ["b"]).Node("Neg", ["x"], ["c"]).Node("GRU", ["c"], ["d"])
                .Output("a", null).Output("b", null).Output("c", null).Output("d", null).Output("e", null).ToArray()),
            [],
            Losses.All[1]);

        Assert.Equal(["a", "b", "d", "e"], network.LeftOut);
        Assert.Equal(
            "node 'LSTM_1' (LSTM): the operator LSTM of opset 17 is not supported, nor is GRU; "
            + "input 'i' is of type Int64: only float inputs are supported; if it never changes, give its value: Constants = \"i=…\"; "
            + "output 'e': 'e' is not defined: no input, initializer or node has that name",
            network.Reason);
    }

    [Theory]
    [InlineData("agents_deterministic_9")]
    [InlineData("mlp_relu_9")]
    public void What_is_exported_again_has_the_names_of_the_file(string name)
    {
        OnnxModel model = OnnxModel.Read(OnnxCorpus.Read(name));
        NetworkGraph network = OnnxImporter.Import(model, [], Losses.All[1]);
        IEnumerable<TensorData> values = network.Parameters.Select(p => ((ParameterOp)p.Op).Values!);
        OnnxModel again = OnnxModel.Read(OnnxExporter.Export(network, "Net", "", "").ToArray(values));

        Assert.Equal(model.Graph.Inputs.Select(i => i.Name), again.Graph.Inputs.Select(i => i.Name));
        Assert.Equal(network.OutputNames, again.Graph.Outputs.Select(o => o.Name));
    }

    [Fact]
    public void Parameters_have_the_names_and_shapes_of_PyTorch()
    {
        NetworkGraph network = OnnxImporter.Import(OnnxModel.Read(OnnxCorpus.Read("mlp_relu_9")), [], Losses.All[1]);

        Assert.Equal(["W1", "b1", "W2", "b2", "W3", "b3"], network.Parameters.Select(p => p.Name));
        Assert.All(network.Parameters, p => Assert.EndsWith(p.Shape.Rank == 2 ? ".weight" : ".bias", ((ParameterOp)p.Op).StateName, StringComparison.Ordinal));
    }
}
