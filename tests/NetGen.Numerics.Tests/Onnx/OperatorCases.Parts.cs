using NetGen.Generator;
using NetGen.Testing.Onnx;

namespace NetGen.Numerics.Tests.Onnx;

internal static partial class OperatorCases
{
    // Files of which a part can be had: y, whatever z is.
    private static IEnumerable<OnnxCase> Parts =>
    [
        OneLayer.Node("SequenceConstruct", ["y"], ["z"]).InGraph(g => g.Add(12, new ProtoMessage().Add(1, "z").Add(2, new ProtoMessage()
            .Add(4, new ProtoMessage().Add(1, new ProtoMessage().Add(1, new ProtoMessage().Add(1, 1))))))).WithoutZ("SequenceOutput"),
        OneLayer.InGraph(g => g.Add(5, OnnxFile.Header("labels", [2], OnnxElementType.String).Add(6, "left").Add(6, "right"))).Node("Identity", ["labels"], ["z"])
            .Output("z", null, OnnxElementType.String).WithoutZ("TextTensor"),
        OneLayer.Constant("roi", [0], (float[])[]).Floats("scales", 2, 2, 2).Node("Resize", ["y", "roi", "scales"], ["z"], ("mode", "nearest")).Output("z", null).WithoutZ("EmptyTensor"),
        new OnnxFile().Input("x", [1, 3]).Input("i", [1], OnnxElementType.Int64).Weights("W", 3, 2).Node("Gemm", ["x", "W"], ["y"]).Node("Gather", ["y", "i"], ["z"], ("axis", 1))
            .Output("z", null).WithoutZ("IntegerInputOfAnotherOutput") with { Unread = ["i"] },
        OneLayer.Node("Shape", ["x"], ["z"]).Output("z", null, OnnxElementType.Int64).WithoutZ("IntegerOutput"),
        X(17, 2, 2, 2).Node("Relu", ["x"], ["y"]).Node("Abs", ["x"], ["a"]).Node("TopK", ["a", "k"], ["z", "i"]).Initializer("k", [1], [1L]).Output("z", null).WithoutZ("MissingOperator"),
        X(17, 1, 3).Node("Relu", ["h"], ["y"]).Node("Gemm", ["x", "W"], ["h"]).Weights("W", 3, 2).End("NodesOutOfOrder"),
        OneLayer.Output("z", null).WithoutZ("OutputThatNothingMakes") with { OracleFile = OneLayer.Output("y", null).ToArray() },
        OneLayer.Node("Relu", ["nothing"], ["z"]).Output("z", null).WithoutZ("InputThatNothingMakes") with { OracleFile = OneLayer.Output("y", null).ToArray() },
        OneLayer.InGraph(g => g.Add(5, OnnxFile.Header("far", [2], OnnxElementType.Float).Add(14, 1))).Node("Neg", ["far"], ["z"]).Output("z", null).WithoutZ("DataInAnotherFile") with
        {
            OracleFile = OneLayer.Output("y", null).ToArray(),
        },

        // A bias and a normalization that the product has taken over, and the normalization fails.
        OneLayer.Floats("mean", 0, 1, 2).Node("Gemm", ["x", "W"], ["p"]).Node("BatchNormalization", ["p", "mean", "mean", "mean", "mean"], ["n"], ("training_mode", 1)).Node("Relu", ["n"], ["z"])
            .Output("z", null).WithoutZ("NormalizationInTraining") with { OracleFile = OneLayer.Output("y", null).ToArray() },

        // Values on the way to the outputs: what a draw at the end is made of.
        OneLayer.Node("Softmax", ["y"], ["p"]).Node("Log", ["p"], ["l"]).Node("Multinomial", ["l"], ["z"]).Output("z", null, OnnxElementType.Int32).AsCase("BeforeTheDraw") with
        {
            Wanted = ["l", "y"],
            OracleFile = OneLayer.Node("Softmax", ["y"], ["p"]).Node("Log", ["p"], ["l"]).Output("l", null).Output("y", null).ToArray(),
        },
    ];

    // Axes that the file leaves open beside the batch, and inputs that never change.
    private static IEnumerable<OnnxCase> Open =>
    [
        new OnnxFile(13).Input("x", ["batch", "sequence"]).Initializer("axes", [1], [1L]).Node("ReduceSum", ["x", "axes"], ["y"], ("keepdims", 1)).End("OpenAxis") with
        {
            Dimensions = new Dictionary<string, int> { ["sequence"] = 5 },
        },
        new OnnxFile().Input("x", ["sequence", "batch_size", 3]).Input("h", [2, "batch_size", null]).Node("ReduceSum", ["h"], ["s"], ("keepdims", 0)).Node("Mul", ["x", "s"], ["y"]).End("OpenAxesOfSequences") with
        {
            Dimensions = new Dictionary<string, int> { ["sequence"] = 4, ["h[2]"] = 2 },
        },
        new OnnxFile().Input("x", ["n", "a,b=c"]).Node("Softmax", ["x"], ["y"]).End("OpenAxisOfAnOddName") with { Dimensions = new Dictionary<string, int> { ["a,b=c"] = 3 } },
        new OnnxFile().Input("x", ["batch", 3]).Node("Softmax", ["x"], ["y"], ("axis", 0)).End("RowsAtATime") with { Dimensions = new Dictionary<string, int> { ["batch"] = 4 } },
        new OnnxFile().Input("a", ["unk__20", 3]).Input("b", ["unk__21", 3]).Node("Add", ["a", "b"], ["y"]).End("BatchesOfTwoNames"),
        new OnnxFile().Input("x", [null, 4]).Input("sr", [], OnnxElementType.Int64).Input("gain", [1]).Node("Cast", ["sr"], ["f"], ("to", 1)).Constant("k", [], [16000f]).Node("Div", ["f", "k"], ["g"])
            .Node("Mul", ["x", "g"], ["m"]).Node("Mul", ["m", "gain"], ["y"]).End("ConstantInputs") with { Constants = new Dictionary<string, long> { ["sr"] = 8000, ["gain"] = 3 } },
        new OnnxFile().Input("x", [null, 6]).Input("shape", [2], OnnxElementType.Int64).Node("Reshape", ["x", "shape"], ["y"]).End("ConstantShape") with
        {
            Dimensions = new Dictionary<string, int> { ["x[0]"] = 6 },
            Constants = new Dictionary<string, long> { ["shape"] = 6 },
        },
    ];

    // What every opset has.
    private static IEnumerable<OnnxCase> Opsets => Enumerable.Range(OnnxModel.OldestOpset, OnnxModel.NewestOpset - OnnxModel.OldestOpset + 1).Select(opset =>
        X(opset, 0, 3).Weights("W", 3, 4).Weights("k", 4).Node("MatMul", ["x", "W"], ["h"]).Node("Add", ["h", "k"], ["z"]).Node("Elu", ["z"], ["a"], ("alpha", 0.5f)).Node("Flatten", ["a"], ["f"])
            .Node("Softmax", ["f"], ["y"], ("axis", 1)).End($"Opset{opset}"));

    private static OnnxFile OneLayer => X(17, 1, 3).Weights("W", 3, 2).Node("Gemm", ["x", "W"], ["y"]);

    private static OnnxCase WithoutZ(this OnnxFile file, string name) => file.End(name) with { LeftOut = ["z"] };
}
