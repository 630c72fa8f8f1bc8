using NetGen.Testing.Onnx;

namespace NetGen.Generator.Tests.Onnx;

/// <summary>What is in a file is what is read.</summary>
public class OnnxReaderTests
{
    private static readonly long[] Booleans = [0, 1, 1, 0];
    private static readonly long[] Unsigned = [0, 1, 100, 127];
    private static readonly long[] Signed = [0, -1, -128, 127];

    public static TheoryData<int, int> FloatTypes => Product(
        [OnnxElementType.Float, OnnxElementType.Float16, OnnxElementType.BFloat16, OnnxElementType.Double]);

    public static TheoryData<int, int> IntegerTypes => Product(
    [
        OnnxElementType.Bool, OnnxElementType.Int8, OnnxElementType.Int16, OnnxElementType.Int32, OnnxElementType.Int64,
        OnnxElementType.UInt8, OnnxElementType.UInt16, OnnxElementType.UInt32, OnnxElementType.UInt64,
    ]);

    [Fact]
    public void A_network()
    {
        OnnxModel model = OnnxModel.Read(new OnnxFile(opset: 13)
            .Input("x", ["batch", 4])
            .Input("t", [], OnnxElementType.Int64)
            .Input("u", null, OnnxElementType.Bool)
            .Initializer("W", [2, 4], [1f, 2, 3, 4, 5, 6, 7, 8])
            .Node("Gemm", ["x", "W", ""], ["z"], ("transB", 1), ("alpha", 0.5f)).Named("fc1")
            .Node("com.microsoft:Gelu", ["z"], ["y"])
            .Node("ai.onnx:Relu", ["y"], ["r"]).Named("")
            .Output("r", [null, 2])
            .ToArray());

        Assert.Equal(("netgen test", 13, "graph"), (model.Producer, model.Opset, model.Graph.Name));
        OnnxGraph graph = model.Graph;
        Assert.Equal(["x", "t", "u"], graph.Inputs.Select(i => i.Name));
        Assert.Equal([OnnxElementType.Float, OnnxElementType.Int64, OnnxElementType.Bool], graph.Inputs.Select(i => i.Type));
        Assert.Equal([new OnnxDimension(null, "batch"), new OnnxDimension(4, null)], graph.Inputs[0].Shape!);
        Assert.Empty(graph.Inputs[1].Shape!);
        Assert.Null(graph.Inputs[2].Shape);
        Assert.Equal([new OnnxDimension(null, null), new OnnxDimension(2, null)], Assert.Single(graph.Outputs).Shape!);

        Assert.Equal([("fc1", "Gemm", ""), ("Gelu_1", "Gelu", "com.microsoft"), ("", "Relu", "")], graph.Nodes.Select(n => (n.Name, n.Operator, n.Domain)));
        Assert.Equal(["x", "W", ""], graph.Nodes[0].Inputs);
        Assert.Equal(["z"], graph.Nodes[0].Outputs);
        Assert.Empty(graph.Nodes[1].Attributes);

        OnnxTensor weight = Assert.Single(graph.Initializers).Value;
        Assert.Equal("W", weight.Name);
        Assert.Equal([2, 4], weight.Dimensions);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], weight.Floats);
    }

    [Fact]
    public void Attributes_of_every_kind()
    {
        OnnxModel model = OnnxModel.Read(new OnnxFile()
            .Node(
                "Any",
                [],
                ["y"],
                ("f", -0.5f),
                ("i", -3),
                ("s", "tanh é"),
                ("t", OnnxFile.Tensor("", [], [7f])),
                ("floats", new[] { 1f, 2f }),
                ("ints", new[] { -1L, 1L << 40 }),
                ("strings", new[] { "a", "" }))
            .InNode(n => n
                .Add(5, new ProtoMessage().Add(1, "packed").Add(8, new ProtoMessage().Varint(5).Varint(300)).Add(20, 7))
                .Add(5, new ProtoMessage().Add(1, "zero").Add(20, 2))
                .Add(5, new ProtoMessage().Add(1, "none").Add(20, 7))
                .Add(5, new ProtoMessage().Add(1, "untyped").Add(3, 9))
                .Add(5, new ProtoMessage().Add(1, "body").Add(6, new ProtoMessage().Raw(0xFF)).Add(20, 5)))
            .Output("y", null)
            .ToArray());

        IReadOnlyDictionary<string, OnnxAttribute> attributes = Assert.Single(model.Graph.Nodes).Attributes;
        Assert.All(attributes, a => Assert.Equal(a.Key, a.Value.Name));
        Assert.Equal((OnnxAttributeKind.Float, -0.5f), (attributes["f"].Kind, attributes["f"].Float));
        Assert.Equal((OnnxAttributeKind.Integer, -3), (attributes["i"].Kind, attributes["i"].Integer));
        Assert.Equal((OnnxAttributeKind.Text, "tanh é"), (attributes["s"].Kind, attributes["s"].Text));
        Assert.Equal(OnnxAttributeKind.Tensor, attributes["t"].Kind);
        Assert.Equal([7], attributes["t"].Tensor!.Floats);
        Assert.Empty(attributes["t"].Tensor!.Dimensions);
        Assert.Equal(OnnxAttributeKind.Floats, attributes["floats"].Kind);
        Assert.Equal([1, 2], attributes["floats"].Floats);
        Assert.Equal(OnnxAttributeKind.Integers, attributes["ints"].Kind);
        Assert.Equal([-1, 1L << 40], attributes["ints"].Integers);
        Assert.Equal(OnnxAttributeKind.Texts, attributes["strings"].Kind);
        Assert.Equal(["a", ""], attributes["strings"].Texts);
        Assert.Equal([5, 300], attributes["packed"].Integers);

        // Some writers leave out what is zero or empty; the first version of the format has no types.
        Assert.Equal((OnnxAttributeKind.Integer, 0), (attributes["zero"].Kind, attributes["zero"].Integer));
        Assert.Equal(OnnxAttributeKind.Integers, attributes["none"].Kind);
        Assert.Empty(attributes["none"].Integers);
        Assert.Equal((OnnxAttributeKind.Integer, 9), (attributes["untyped"].Kind, attributes["untyped"].Integer));
        Assert.Equal(OnnxAttributeKind.Graph, attributes["body"].Kind);
    }

    [Theory]
    [MemberData(nameof(FloatTypes))]
    public void Floats_of_every_type(int type, int storage)
    {
        // All exact in eight bits of fraction, the least in a subnormal half.
        float[] values = [0, 1, -2.5f, float.PositiveInfinity, float.NegativeInfinity, float.NaN, 65280f, 5.9604645e-8f, -0f];
        OnnxTensor tensor = ReadInitializer(OnnxFile.Tensor("t", [3, 3], values, (OnnxElementType)type, (OnnxStorage)storage));

        Assert.Equal(((OnnxElementType)type, true, 9), (tensor.Type, tensor.IsFloat, tensor.Count));
        Assert.Equal([3, 3], tensor.Dimensions);
        Assert.Equal(values.Select(BitConverter.SingleToInt32Bits), tensor.Floats.Select(BitConverter.SingleToInt32Bits));
        Assert.Empty(tensor.Integers);
    }

    [Theory]
    [MemberData(nameof(IntegerTypes))]
    public void Integers_of_every_type(int type, int storage)
    {
        long[] values = (OnnxElementType)type switch
        {
            OnnxElementType.Bool => Booleans,
            OnnxElementType.UInt8 or OnnxElementType.UInt16 or OnnxElementType.UInt32 or OnnxElementType.UInt64 => Unsigned,
            _ => Signed,
        };
        OnnxTensor tensor = ReadInitializer(OnnxFile.Tensor("t", [4], values, (OnnxElementType)type, (OnnxStorage)storage));

        Assert.Equal(((OnnxElementType)type, false, 4), (tensor.Type, tensor.IsFloat, tensor.Count));
        Assert.Equal(values, tensor.Integers);
        Assert.Empty(tensor.Floats);
    }

    [Fact]
    public void Halves_are_their_floats()
    {
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            float expected = (float)BitConverter.UInt16BitsToHalf((ushort)bits);
            float actual = OnnxElements.FromBits(OnnxElementType.Float16, (ushort)bits);
            Assert.True(expected.Equals(actual) && float.IsNegative(expected) == float.IsNegative(actual), $"{bits:x4} is {actual}");
        }
    }

    [Fact]
    public void Tensors_without_elements()
    {
        Assert.Equal(0, ReadInitializer(OnnxFile.Header("t", [0], OnnxElementType.Float)).Count);
        Assert.Equal([4, 0, int.MaxValue], ReadInitializer(OnnxFile.Header("t", [4, 0, int.MaxValue], OnnxElementType.Int64).Add(9, "")).Dimensions);
        Assert.Equal([1], ReadInitializer(OnnxFile.Tensor("t", [], [1f])).Floats);
    }

    [Fact]
    public void A_negative_number_in_five_bytes() =>
        Assert.Equal([-1], ReadInitializer(OnnxFile.Header("t", [1], OnnxElementType.Int32).Add(5, 0xFFFFFFFF)).Integers);

    [Fact]
    public void A_double_beyond_a_floats_range_is_infinite() =>
        Assert.Equal([float.PositiveInfinity], ReadInitializer(OnnxFile.Header("t", [1], OnnxElementType.Double).Add(10, 1e300)).Floats);

    [Fact]
    public void Inputs_that_restate_initializers_are_left_out()
    {
        OnnxModel model = OnnxModel.Read(new OnnxFile { IrVersion = 3 }
            .Input("W", [1]).Input("x", [1]).Initializer("W", [1], [1f]).Node("Add", ["x", "W"], ["y"]).Output("y", [1]).ToArray());

        Assert.Equal("x", Assert.Single(model.Graph.Inputs).Name);
    }

    [Fact]
    public void A_size_of_minus_one_is_open() =>
        Assert.Equal(default, Assert.Single(OnnxModel.Read(new OnnxFile().Input("x", [-1]).ToArray()).Graph.Inputs[0].Shape!));

    [Fact]
    public void An_output_without_a_type() => Assert.Equal(
        new OnnxValue("y", OnnxElementType.Undefined, null),
        Assert.Single(OnnxModel.Read(new OnnxFile().Input("y", [1]).InGraph(g => g.Add(12, new ProtoMessage().Add(1, "y"))).ToArray()).Graph.Outputs));

    [Theory]
    [InlineData(OnnxModel.OldestOpset)]
    [InlineData(OnnxModel.NewestOpset)]
    public void Opsets(int opset) => Assert.Equal(opset, OnnxModel.Read(new OnnxFile(opset).ToArray()).Opset);

    [Fact]
    public void The_opset_is_that_of_onnxs_own_domain() => Assert.Equal(15, OnnxModel.Read(new OnnxFile { HasOpset = false }
        .InModel(m => m
            .Add(8, new ProtoMessage().Add(1, "ai.onnx.ml").Add(2, 3))
            .Add(8, new ProtoMessage().Add(1, "ai.onnx").Add(2, 15))
            .Add(8, new ProtoMessage().Add(2, 15)))
        .ToArray()).Opset);

    [Fact]
    public void Unknown_fields_are_passed_over()
    {
        static void Unknown(ProtoMessage message) => message.Add(99, 1L << 60).Add(100, 1f).Add(101, 1d).Add(102, "text").Add((1 << 29) - 1, 0);

        var tensor = OnnxFile.Tensor("W", [1], [1f]);
        Unknown(tensor);
        OnnxModel model = OnnxModel.Read(new OnnxFile()
            .InGraph(g => g.Add(5, tensor))
            .InGraph(Unknown)
            .InModel(Unknown)
            .Node("Neg", ["W"], ["y"])
            .InNode(Unknown)
            .Output("y", [1])
            .ToArray());

        Assert.Equal([1], model.Graph.Initializers["W"].Floats);
    }

    [Fact]
    public void Nesting_costs_no_stack()
    {
        // Graphs in attributes of nodes in graphs …, of which only the outermost is looked into.
        var graph = new ProtoMessage();
        for (int depth = 0; depth < 3000; depth++)
        {
            graph = new ProtoMessage().Add(1, new ProtoMessage().Add(5, new ProtoMessage().Add(6, graph)));
        }

        OnnxModel model = OnnxModel.Read(new OnnxFile().Node("If", [], ["y"]).InNode(n => n.Add(5, new ProtoMessage().Add(1, "body").Add(6, graph).Add(20, 5))).ToArray());
        Assert.Equal(OnnxAttributeKind.Graph, model.Graph.Nodes[0].Attributes["body"].Kind);
    }

    [Fact]
    public void Neither_does_that_of_branches()
    {
        OnnxFile branch = new OnnxFile().Node("Neg", ["x"], ["z"]).Output("z", null);
        for (int depth = 0; depth < 100; depth++)
        {
            branch = new OnnxFile().Node("If", ["c"], ["z"], ("then_branch", branch)).Output("z", null);
        }

        OnnxException error = Assert.Throws<OnnxException>(() => OnnxModel.Read(branch.ToArray()));
        Assert.Contains("branches within branches within branches are not supported", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_branches_read_comes_before_them()
    {
        OnnxModel model = OnnxModel.Read(new OnnxFile().Input("x", [1])
            .Node("If", ["c"], ["y"], ("then_branch", new OnnxFile().Node("Neg", ["b"], ["n"]).Output("n", null)), ("else_branch", new OnnxFile().Output("a", null)))
            .Node("Exp", ["x"], ["a"]).Node("Tanh", ["a"], ["b"]).ToArray());

        Assert.Equal(["Exp", "Tanh", "If"], model.Graph.Nodes.Select(n => n.Operator));
        Assert.Equal(["c", "b", "a"], model.Graph.Nodes[2].Reads);
    }

    private static TheoryData<int, int> Product(OnnxElementType[] types)
    {
        // The types are internal, which parameters of public methods cannot be.
        var cases = new TheoryData<int, int>();
        foreach (OnnxElementType type in types)
        {
            foreach (OnnxStorage storage in Enum.GetValues<OnnxStorage>())
            {
                cases.Add((int)type, (int)storage);
            }
        }

        return cases;
    }

    private static OnnxTensor ReadInitializer(ProtoMessage tensor) =>
        OnnxModel.Read(new OnnxFile().InGraph(g => g.Add(5, tensor)).ToArray()).Graph.Initializers["t"];
}
