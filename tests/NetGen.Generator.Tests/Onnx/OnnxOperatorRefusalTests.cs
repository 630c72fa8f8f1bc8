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
        ["a tensor of no elements and a long axis"] = (
            X.InGraph(g => g.Add(5, OnnxFile.Header("k", [0, int.MaxValue], OnnxElementType.Int64)))
                .Node("Concat", ["k", "k"], ["c"], ("axis", 1)).Node("Reshape", ["x", "c"], ["y"]),
            "a tensor without elements is not supported"),
        ["a tensor of no elements whose axes overflow"] = (
            X.InGraph(g => g.Add(5, OnnxFile.Header("k", [int.MaxValue, int.MaxValue, 0], OnnxElementType.Int64))).Node("Squeeze", ["k"], ["c"]).Node("Reshape", ["x", "c"], ["y"]),
            "a tensor without elements is not supported"),
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
    };

    public static TheoryData<string> Names => [.. Refusals.Keys];

    private static OnnxFile X => new OnnxFile().Input("x", [null, 4]);

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
