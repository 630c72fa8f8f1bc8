using System.Text;
using NetGen.Testing.Onnx;

namespace NetGen.Generator.Tests.Onnx;

/// <summary>Files that the reader refuses, by name, each with a part of the message.</summary>
internal static class OnnxRefusals
{
    private static readonly float[] One = [1];

    public static IReadOnlyDictionary<string, (byte[] File, string Message)> All { get; } = new Dictionary<string, (byte[], string)>
    {
        // Not a model.
        ["empty"] = ([], "the file is empty"),
        ["text"] = (Encoding.ASCII.GetBytes("hello, world\n"), "model (byte 2): field 13 is a group"),
        ["json"] = (Encoding.ASCII.GetBytes("""{"a": 1}"""), "model (byte 0): field 15 is a group"),
        ["a pointer of Git LFS"] = (Encoding.ASCII.GetBytes("version https://git-lfs.github.com/spec/v1\noid sha256:0\n"), "git lfs pull"),
        ["nothing known"] = (new ProtoMessage().Add(99, 1).ToArray(), "there is no graph: this is not an ONNX model"),
        ["two graphs"] = (new OnnxFile().InModel(m => m.Add(7, new ProtoMessage())).ToArray(), "'graph' is there twice"),

        // The wire format.
        ["a group"] = (File(m => m.Tag(30, 3)), "field 30 is a group"),
        ["the end of a group"] = (File(m => m.Tag(30, 4)), "field 30 is a group"),
        ["wire type 6"] = (File(m => m.Tag(30, 6)), "field 30 has the wire type 6, which does not exist"),
        ["wire type 7"] = (File(m => m.Tag(30, 7)), "field 30 has the wire type 7, which does not exist"),
        ["field 0"] = (File(m => m.Tag(0, 0)), "no field has the number 0"),
        ["a field with too great a number"] = (File(m => m.Tag(1 << 29, 0)), "no field has the number 536870912"),
        ["a varint of eleven bytes"] = (File(m => m.Tag(30, 0).Raw([.. Enumerable.Repeat((byte)0x80, 10), 0])), "is a varint of more than 10 bytes"),
        ["a varint of 70 bits"] = (File(m => m.Tag(30, 0).Raw([.. Enumerable.Repeat((byte)0xFF, 9), 2])), "is a varint of more than 64 bits"),
        ["a varint that is cut off"] = (File(m => m.Tag(30, 0).Raw(0x80)), "'a field' is cut off"),
        ["a tag that is cut off"] = (File(m => m.Raw(0x80)), "is cut off"),
        ["4 bytes that are cut off"] = (File(m => m.Tag(30, 5).Raw(1, 2, 3)), "is cut off"),
        ["8 bytes that are cut off"] = (File(m => m.Tag(30, 1).Raw(1, 2, 3, 4, 5, 6, 7)), "is cut off"),
        ["a length past the end"] = (File(m => m.Tag(2, 2).Varint(3).Raw(65, 66)), "'producer_name' is said to have 3 bytes, but 2 are left"),
        ["a length of 2⁶⁴ − 1"] = (File(m => m.Tag(2, 2).Varint(ulong.MaxValue)), "'producer_name' is said to have 18446744073709551615 bytes, but 0 are left"),
        ["a length past the message's end"] = (
            new OnnxFile().Node("Any", [], ["y"]).InNode(n => n.Tag(5, 2).Varint(1)).ToArray(),
            "model.graph.node[0] 'Any_0' (byte"),
        ["a text that is no UTF-8"] = (File(m => m.Add(2, [0xC3])), "model (byte 33): 'producer_name' is not valid UTF-8"),
        ["a number where a message is due"] = (new ProtoMessage().Add(7, 1).ToArray(), "model (byte 0): 'graph' is a varint, not bytes with a length"),
        ["a text where a number is due"] = (Attribute(a => a.Add(20, "f")), "model.graph.node[0] 'fc1'.attribute[0] 'alpha' (byte 43): 'type' is bytes with a length, not a varint"),
        ["a double where a float is due"] = (Attribute(a => a.Add(2, 1d)), "'f' is 8 bytes, not 4 bytes"),
        ["packed floats that are cut off"] = (Attribute(a => a.Add(7, [0, 0, 0, 0, 1])), "'floats' is cut off"),
        ["packed integers that are cut off"] = (Attribute(a => a.Add(8, [0x80])), "'ints' is cut off"),

        // The model.
        ["no opset"] = (new OnnxFile { HasOpset = false }.ToArray(), "it does not say its opset"),
        ["the opset of another domain alone"] = (
            new OnnxFile { HasOpset = false }.InModel(m => m.Add(8, new ProtoMessage().Add(1, "ai.onnx.ml").Add(2, 3))).ToArray(),
            "it does not say its opset"),
        ["opset 6"] = (new OnnxFile(6).ToArray(), "opset 6 is not supported: export the model with one from 7 to 26"),
        ["opset 27"] = (new OnnxFile(27).ToArray(), "opset 27 is not supported: export the model with one from 7 to 26"),
        ["a negative opset"] = (new OnnxFile(-1).ToArray(), "opset -1 is not supported"),
        ["two opsets"] = (File(m => m.Add(8, new ProtoMessage().Add(1, "ai.onnx").Add(2, 13))), "the opset is 17 and 13"),
        ["training"] = (File(m => m.Add(20, new ProtoMessage())), "training information (training_info) is not supported"),

        // Values.
        ["an unknown type of elements"] = (new OnnxFile().Input("x", [1], (OnnxElementType)99).ToArray(), "99 is no type of elements"),
        ["a size below −1"] = (new OnnxFile().Input("x", [1, -2]).ToArray(), "model.graph.input[0] 'x'.type.tensor_type.shape.dim[1] (byte"),
        ["an input without a name"] = (new OnnxFile().Input("", [1]).ToArray(), "model.graph.input[0] (byte"),
        ["an output without a name"] = (new OnnxFile().Output("", [1]).ToArray(), "it has no name"),

        // Nodes and attributes.
        ["a node without an operator"] = (new OnnxFile().Node("", [], ["y"]).ToArray(), "model.graph.node[0] '_0' (byte 18): it names no operator"),
        ["an attribute without a name"] = (new OnnxFile().Node("Any", [], ["y"], ("", 1)).ToArray(), "attribute 0 has no name"),
        ["two attributes of a name"] = (new OnnxFile().Node("Any", [], ["y"], ("a", 1), ("a", 2)).ToArray(), "model.graph.node[0] 'Any_0' (byte 18): there are two attributes 'a'"),
        ["an attribute without type and value"] = (Attribute(_ => { }), "it has neither type nor value"),
        ["an attribute of an unknown type"] = (Attribute(a => a.Add(20, 15)), "15 is no type of attributes"),
        ["an attribute of a negative type"] = (Attribute(a => a.Add(20, -1)), "-1 is no type of attributes"),
        ["an attribute with two values"] = (Attribute(a => a.Add(2, 1f).Add(3, 1).Add(20, 1)), "it has a value in 'f' and one in 'i'"),
        ["an attribute whose value is of another type"] = (Attribute(a => a.Add(3, 1).Add(20, 1)), "its type asks for a value in 'f', but it has one in 'i'"),
        ["an attribute without its tensor"] = (Attribute(a => a.Add(20, 4)), "it has no tensor"),
        ["an attribute with two tensors"] = (Attribute(a => a.Add(5, OnnxFile.Tensor("", [1], One)).Add(5, OnnxFile.Tensor("", [1], One)).Add(20, 4)), "'t' is there twice"),
        ["a reference to a function's attribute"] = (Attribute(a => a.Add(21, "x").Add(20, 1)), "it refers to 'x' of a function, but is not in one"),
        ["a bad tensor in an attribute"] = (
            Attribute(a => a.Add(5, new ProtoMessage().Add(2, 1))),
            "model.graph.node[0] 'fc1'.attribute[0] 'alpha'.t (byte 43): [] has 1 elements, but float_data has 0"),

        // Tensors.
        ["an initializer without a name"] = (new OnnxFile().Initializer("", [1], One).ToArray(), "initializer 0 has no name"),
        ["two initializers of a name"] = (new OnnxFile().Initializer("W", [1], One).Initializer("W", [1], One).ToArray(), "there are two initializers 'W'"),
        ["raw and typed data"] = (Tensor(t => t.Add(9, [0, 0, 0, 0]).Add(4, 1f)), "it has raw_data and float_data"),
        ["typed data of two types"] = (Tensor(t => t.Add(4, 1f).Add(5, 1)), "it has float_data and int32_data"),
        ["typed data of another type"] = (Tensor(t => t.Add(7, 1)), "elements of type Float are in float_data or raw_data, but it has int64_data"),
        ["no data"] = (Tensor(_ => { }), "[1] has 1 elements, but float_data has 0"),
        ["too little raw data"] = (Tensor(t => t.Add(9, [0, 0, 0])), "[1] of type Float has 4 bytes, but raw_data has 3"),
        ["too much raw data"] = (Tensor(t => t.Add(9, [0, 0, 0, 0, 0])), "[1] of type Float has 4 bytes, but raw_data has 5"),
        ["too much typed data"] = (Tensor(t => t.Add(4, 1f).Add(4, 1f)), "[1] has 1 elements, but float_data has 2"),
        ["a negative dimension"] = (Tensor([2, -1], 1), "-1 is not a size"),
        ["a dimension of 2³¹"] = (Tensor([1L << 31], 1), "2147483648 is not a size"),
        ["dimensions whose product is 2³²"] = (Tensor([65536, 65536], 1), "its dimensions make more than 2³¹ elements"),
        ["dimensions whose product is 0 after an overflow"] = (Tensor([1L << 30, 1L << 30, 1L << 30, 1L << 30], 1), "its dimensions make more than 2³¹ elements"),
        ["2³¹ − 1 elements without data"] = (Tensor([int.MaxValue], 1), "[2147483647] has 2,147,483,647 elements, but float_data has 0"),
        ["2³¹ − 1 doubles in no raw data"] = (
            Graph(g => g.Add(5, OnnxFile.Header("W", [int.MaxValue], OnnxElementType.Double).Add(9, ""))),
            "of type Double has 17,179,869,176 bytes, but raw_data has 0"),
        ["an Int8 of 128"] = (Integer(OnnxElementType.Int8, 128), "128 is not an element of type Int8"),
        ["a UInt8 of −1"] = (Integer(OnnxElementType.UInt8, -1), "-1 is not an element of type UInt8"),
        ["a boolean of 2"] = (Integer(OnnxElementType.Bool, 2), "2 is not an element of type Bool"),
        ["a half of 17 bits"] = (Integer(OnnxElementType.Float16, 1 << 16), "65536 is not an element of type Float16"),
        ["a UInt64 of 2⁶³"] = (
            new OnnxFile().Initializer("W", [1], [long.MinValue], OnnxElementType.UInt64).ToArray(),
            "9223372036854775808 is not an element of type UInt64"),

        // The graph.
        ["a cycle"] = (
            new OnnxFile().Input("x", [1]).Node("Neg", ["x"], ["a"]).Node("Relu", ["z"], ["y"]).Node("Tanh", ["y"], ["z"]).Named("t").Output("y", [1]).ToArray(),
            "each of these reads what the next one makes, and the last what the first makes: node 'Relu_1' (Relu), node 't' (Tanh)"),
        ["a long cycle"] = (
            Enumerable.Range(0, 3000).Aggregate(new OnnxFile(), (file, i) => file.Node("Relu", [$"v{i + 1}"], [$"v{i}"])).Node("Relu", ["v0"], ["v3000"]).ToArray(),
            "node 'Relu_3' (Relu) and 2,997 more"),
        ["a node that reads itself"] = (new OnnxFile().Node("Relu", ["y"], ["y"]).Output("y", [1]).ToArray(), "node 'Relu_0' (Relu) reads its own output"),
        ["a function in place of an operator"] = (
            File(m => m.Add(25, new ProtoMessage().Add(1, "Relu"))),
            "a function of the model's own takes the place of an operator of ONNX, which is not supported"),
        ["an output that is there twice"] = (new OnnxFile().Input("x", [1]).Output("x", [1]).Output("x", [1]).ToArray(), "graph, output 'x': it is there twice"),
        ["two inputs of a name"] = (new OnnxFile().Input("x", [1]).Input("x", [1]).ToArray(), "graph: 'x' is defined twice"),
        ["two nodes that make a value"] = (
            new OnnxFile().Input("x", [1]).Node("Relu", ["x"], ["y"]).Node("Tanh", ["x"], ["y"]).ToArray(),
            "node 'Tanh_1' (Tanh): 'y' is defined twice"),
        ["a node that makes a value twice"] = (
            new OnnxFile().Input("x", [1]).Node("Split", ["x"], ["y", "y"]).ToArray(),
            "node 'Split_0' (Split): 'y' is defined twice"),
        ["a node that makes an input"] = (
            new OnnxFile().Input("x", [1]).Node("Relu", ["x"], ["x"]).ToArray(),
            "'x' is defined twice, as an input of the graph and as a node's output"),
        ["a node that makes an initializer"] = (
            new OnnxFile().Initializer("W", [1], One).Node("Relu", ["W"], ["W"]).ToArray(),
            "'W' is defined twice, as an initializer and as a node's output"),

        // A name cannot break the message.
        ["a name with line breaks"] = (new OnnxFile().Output("a\nb\u2028c\ud83d\ude00", [1]).Output("a\nb\u2028c\ud83d\ude00", [1]).ToArray(), "graph, output 'a?b?c??': "),
        ["a long name"] = (new OnnxFile().Output(new string('n', 1000), [1]).Output(new string('n', 1000), [1]).ToArray(), $"graph, output '{new string('n', 80)}…': "),
    };

    private static byte[] File(Action<ProtoMessage> end) => new OnnxFile().InModel(end).ToArray();

    private static byte[] Graph(Action<ProtoMessage> end) => new OnnxFile().InGraph(end).ToArray();

    private static byte[] Attribute(Action<ProtoMessage> value)
    {
        ProtoMessage attribute = new ProtoMessage().Add(1, "alpha");
        value(attribute);
        return new OnnxFile().Node("Gemm", [], ["y"]).Named("fc1").InNode(n => n.Add(5, attribute)).ToArray();
    }

    // A tensor of one float, without data.
    private static byte[] Tensor(Action<ProtoMessage> data)
    {
        ProtoMessage tensor = OnnxFile.Header("W", [1], OnnxElementType.Float);
        data(tensor);
        return Graph(g => g.Add(5, tensor));
    }

    private static byte[] Tensor(long[] dimensions, long type) => Graph(g => g.Add(5, OnnxFile.Header("W", dimensions, (OnnxElementType)type)));

    private static byte[] Integer(OnnxElementType type, long value) => Graph(g => g.Add(5, OnnxFile.Header("W", [1], type).Add(5, value)));
}
