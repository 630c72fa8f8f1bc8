using NetGen.Testing.Onnx;

namespace NetGen.Generator.Tests.Onnx;

/// <summary>Sound files whose operators are given what makes no sense, or is not supported: one error that names the node.</summary>
public class OnnxOperatorRefusalTests
{
    private static readonly IReadOnlyDictionary<string, (OnnxFile File, string Message)> Refusals = new Dictionary<string, (OnnxFile, string)>
    {
        ["the least whole number divided by −1"] = (
            X.Constant("a", [1], [long.MinValue]).Constant("b", [1], [-1L]).Node("Div", ["a", "b"], ["c"]).Node("Reshape", ["x", "c"], ["y"]),
            "node 'Reshape_3' (Reshape): [-9223372036854775808] is no shape"),
        ["a whole number divided by 0"] = (
            X.Constant("a", [1], [4L]).Constant("b", [1], [0L]).Node("Div", ["a", "b"], ["c"]).Node("Reshape", ["x", "c"], ["y"]),
            "node 'Div_2' (Div): a whole number is divided by 0"),
        ["whole numbers whose sum is none"] = (
            X.Constant("a", [1], [long.MaxValue]).Constant("b", [1], [1L]).Node("Add", ["a", "b"], ["c"]).Node("Reshape", ["x", "c"], ["y"]),
            "node 'Add_2' (Add): a number is larger than any that is supported"),
        ["a float that no whole number is"] = (
            X.Constant("a", [1], [1e30f]).Node("Cast", ["a"], ["c"], ("to", (int)OnnxElementType.Int64)).Node("Reshape", ["x", "c"], ["y"]),
            "node 'Cast_1' (Cast): a number is larger than any that is supported"),
        ["a type that no number is of"] = (
            X.Node("Cast", ["x"], ["y"], ("to", long.MaxValue)), "node 'Cast_0' (Cast): a number is larger than any that is supported"),
        ["a tensor of no elements and a long axis"] = (
            X.InGraph(g => g.Add(5, OnnxFile.Header("k", [0, int.MaxValue], OnnxElementType.Int64)))
                .Node("Concat", ["k", "k"], ["c"], ("axis", 1)).Node("Reshape", ["x", "c"], ["y"]),
            "node 'Concat_0' (Concat): a tensor without elements is not supported"),
        ["a tensor of no elements whose axes overflow"] = (
            X.InGraph(g => g.Add(5, OnnxFile.Header("k", [int.MaxValue, int.MaxValue, 0], OnnxElementType.Int64))).Node("Squeeze", ["k"], ["c"]).Node("Reshape", ["x", "c"], ["y"]),
            "node 'Squeeze_0' (Squeeze): a tensor without elements is not supported"),
        ["a constant of no elements"] = (X.Constant("k", [0], (float[])[]).Node("Add", ["x", "k"], ["y"]), "node 'Constant_0' (Constant): a tensor without elements is not supported"),
        ["more parts than can be counted"] = (
            X.Constant("k", [1], [1L << 20]).Node("ConstantOfShape", ["k"], ["c"], ("value", OnnxFile.Tensor("", [1], [1f])))
                .Node("Concat", [.. Enumerable.Repeat("c", 2048)], ["d"], ("axis", 0)).Node("Add", ["x", "d"], ["y"]),
            "node 'Concat_2' (Concat): the result has more than 1,048,576 elements"),
        ["a slice that names an axis twice, of whole numbers"] = (
            X.Constant("k", [4], [1L, 4, 1, 4]).Constant("from", [2], [3L, 3]).Constant("to", [2], [4L, 4]).Constant("axes", [2], [0L, -1])
                .Node("Slice", ["k", "from", "to", "axes"], ["c"]).Node("Reshape", ["x", "c"], ["y"]),
            "node 'Slice_4' (Slice): an axis is there twice"),
        ["a slice that names an axis twice"] = (
            X.Constant("from", [2], [1L, 0]).Constant("to", [2], [4L, 3]).Constant("axes", [2], [1L, 1]).Node("Slice", ["x", "from", "to", "axes"], ["y"]),
            "node 'Slice_3' (Slice): an axis is there twice"),
        ["a slice of no elements"] = (
            X.InGraph(g => g.Add(5, OnnxFile.Header("k", [0], OnnxElementType.Int64))).Constant("at", [1], [1L])
                .Node("Slice", ["k", "at", "at"], ["c"]).Node("Reshape", ["x", "c"], ["y"]),
            "node 'Slice_1' (Slice): nothing is left of axis 0 of [0]"),
        ["dropout in training"] = (
            X.Initializer("ratio", [], [0.5f]).Initializer("mode", [], [1L], OnnxElementType.Bool).Node("Dropout", ["x", "ratio", "mode"], ["y"]),
            "node 'Dropout_0' (Dropout): training mode is not supported: export the model for inference"),

        // What nobody makes, and tensors that no network can use, are the fault of who needs them.
        ["an input that nobody defines"] = (X.Node("Relu", ["z"], ["y"]).Named("r"), "node 'r' (Relu): 'z' is not defined: no input, initializer or node has that name"),
        ["an input that nobody defines, of a node without a name"] = (X.Node("Relu", ["z"], ["y"]).Named(""), "node that makes 'y' (Relu): 'z' is not defined"),
        ["an output that nobody makes"] = (X, "output 'y': 'y' is not defined: no input, initializer or node has that name"),
        ["a sparse initializer"] = (X.InGraph(g => g.Add(15, new ProtoMessage().Add(1, OnnxFile.Tensor("k", [1], [1f])))).Node("Add", ["x", "k"], ["y"]), "node 'Add_0' (Add): sparse initializers are not supported"),
        ["data in another file"] = (Add(t => t.Add(13, new ProtoMessage().Add(1, "location").Add(2, "weights.bin"))), "node 'Add_0' (Add): its data is in another file"),
        ["data said to be in another file"] = (Add(t => t.Add(14, 1)), "save the model as one file"),
        ["a segment"] = (Add(t => t.Add(3, new ProtoMessage())), "tensors in segments are not supported"),
        ["texts"] = (Add(t => t.Add(6, "a")), "tensors of texts are not supported"),
        ["no type"] = (Add(_ => { }, 0), "its elements are of type Undefined, which is not supported"),
        ["an unknown type"] = (Add(_ => { }, 77), "its elements are of type the unknown number 77, which is not supported"),
        ["a negative type"] = (Add(_ => { }, -1), "its elements are of type the unknown number 2147483647"),
        ["complex numbers"] = (Add(_ => { }, 14), "its elements are of type Complex64, which is not supported"),
        ["a text that is wanted"] = (X.InGraph(g => g.Add(5, OnnxFile.Header("y", [1], OnnxElementType.String).Add(6, "a"))), "output 'y': tensors of texts are not supported"),

        // Inputs.
        ["an input that is a sequence"] = (
            X.InGraph(g => g.Add(11, new ProtoMessage().Add(1, "s").Add(2, new ProtoMessage().Add(4, "")))).Node("Identity", ["s"], ["y"]),
            "input 's' is a sequence: only float tensors are supported"),
        ["an input of whole numbers"] = (
            X.Input("i", [1], OnnxElementType.Int64).Node("Gather", ["x", "i"], ["y"]),
            "input 'i' is of type Int64: only float inputs are supported; if it never changes, give its value: Constants = \"i=…\""),
        ["an input without a shape"] = (X.Input("a", null).Node("Relu", ["a"], ["y"]), "input 'a' has no shape"),
        ["an input of no elements"] = (X.Input("a", [1, 0]).Node("Relu", ["a"], ["y"]), "input 'a' has a dimension of 0"),
        ["axes that are open"] = (
            X.Input("a", ["n", "width", null]).Input("unread", ["n", "length"]).Node("Relu", ["a"], ["b"]).Node("Add", ["b", "x"], ["y"]),
            "axis 1 ('width') of input 'a', axis 2 of input 'a': open, and not the batch; say how long, with Dimensions = \"width=…, a[2]=…\""),
        ["a first axis that is no batch"] = (
            X.Input("a", ["batch", 3]).Input("b", ["length", 3]).Node("Sum", ["a", "b", "x"], ["y"]),
            "axis 0 ('length') of input 'b': open, and not the batch"),
        ["a first axis whose name stands at another"] = (
            X.Input("a", ["n", "t"]).Input("b", ["t", 4]).Node("Sum", ["a", "b", "x"], ["y"]),
            "axis 1 ('t') of input 'a', axis 0 ('t') of input 'b': open, and not the batch; say how long, with Dimensions = \"t=…\""),

        ["a normalization of each element"] = (
            X.Initializer("k", [4], [1f, 2, 3, 4]).Node("BatchNormalization", ["x", "k", "k", "k", "k"], ["y"], ("spatial", 0)),
            "node 'BatchNormalization_0' (BatchNormalization): a normalization with spatial = 0 is not supported"),

        // Choices.
        ["a condition that is computed"] = (X.Input("c", [1]).Node("Not", ["c"], ["y"]), "node 'Not_0' (Not): input 0 is known only when the network runs"),
        ["a condition of floats"] = (X.Initializer("c", [1], [1f]).Node("If", ["c"], ["y"]), "node 'If_0' (If): input 0 is of floats, where booleans are supported"),
        ["a condition of two"] = (X.Initializer("c", [2], [1L, 0], OnnxElementType.Bool).Node("If", ["c"], ["y"]), "the condition must be one boolean"),
        ["a branch that is missing"] = (
            X.Initializer("c", [], [1L], OnnxElementType.Bool).Node("If", ["c"], ["y"], ("else_branch", new OnnxFile().Output("x", null))),
            "node 'If_0' (If): attribute 'then_branch' is missing"),
        ["a branch without outputs"] = (
            X.Initializer("c", [], [1L], OnnxElementType.Bool).Node("If", ["c"], ["y"], ("then_branch", new OnnxFile())),
            "'then_branch' has 0 outputs, the node has 1"),
        ["a branch that defines an input"] = (
            X.Initializer("c", [], [1L], OnnxElementType.Bool).Node("If", ["c"], ["q"], ("then_branch", new OnnxFile().Initializer("x", [], [1f]).Node("Exp", ["x"], ["n"]).Output("n", null)))
                .Node("Add", ["q", "x"], ["y"]),
            "node 'If_0' (If): its branch defines 'x', which there is already"),
        ["an operator that is missing in a branch"] = (
            X.Initializer("c", [], [1L], OnnxElementType.Bool).Node("If", ["c"], ["y"], ("then_branch", new OnnxFile().Node("LSTM", ["x"], ["n"]).Output("n", null))),
            "node 'LSTM_0' (LSTM): the operator LSTM of opset 17 is not supported; supported are Abs"),
        ["arithmetic with whole numbers that are computed"] = (
            X.Node("ArgMax", ["x"], ["a"]).Node("Add", ["a", "a"], ["y"]),
            "node 'Add_1' (Add): whole numbers that the network computes are outputs alone"),

        // What is missing, all of it, and what can be had without it.
        ["three operators that are missing"] = (
            X.Node("Tanh", ["x"], ["a"]).Node("LSTM", ["a"], ["b"]).Node("com.acme:Magic", ["b"], ["c"]).Node("Neg", ["c"], ["d"]).Node("LSTM", ["d"], ["e"]).Node("Scan", ["e"], ["y"]),
            "node 'LSTM_1' (LSTM): the operator LSTM of opset 17 is not supported, nor are com.acme.Magic and Scan; before that 'a' can be had: name with Outputs what you want of it; supported are Abs, "),
        ["a normalization in training"] = (
            Normalization(15).Node("BatchNormalization", ["x", "k", "k", "k", "k"], ["y"], ("training_mode", 1)),
            "node 'BatchNormalization_0' (BatchNormalization): a normalization in training mode is not supported"),

        // Until opset 14 the outputs say so.
        ["a normalization that returns the mean of the batch"] = (
            Normalization(9).Node("BatchNormalization", ["x", "k", "k", "k", "k"], ["y", "mean", "variance", "savedMean", "savedVariance"]),
            "node 'BatchNormalization_0' (BatchNormalization): a normalization in training mode is not supported"),
        ["a normalization behind a product that returns the mean of the batch"] = (
            Normalization(13).Initializer("w", [4, 4], new float[16]).Node("MatMul", ["x", "w"], ["z"])
                .Node("BatchNormalization", ["z", "k", "k", "k", "k"], ["y", "", "", "mean"]),
            "node 'BatchNormalization_1' (BatchNormalization): a normalization in training mode is not supported"),
    };

    private static OnnxFile Normalization(int opset) => new OnnxFile(opset).Input("x", [null, 4]).Initializer("k", [4], [1f, 2, 3, 4]);

    public static TheoryData<string> Names => [.. Refusals.Keys];

    private static OnnxFile X => new OnnxFile().Input("x", [null, 4]);

    private static OnnxFile Add(Action<ProtoMessage> data, int type = 1)
    {
        ProtoMessage tensor = OnnxFile.Header("k", [1], (OnnxElementType)type);
        data(tensor);
        return X.InGraph(g => g.Add(5, tensor)).Node("Add", ["x", "k"], ["y"]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_refused(string name)
    {
        (OnnxFile file, string message) = Refusals[name];
        OnnxModel model = OnnxModel.Read(file.Output("y", null).ToArray());

        OnnxException error = Assert.Throws<OnnxException>(() => OnnxImporter.Import(model, [], Losses.All[1]));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
