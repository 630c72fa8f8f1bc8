using NetGen.Generator;
using NetGen.Testing.Onnx;

namespace NetGen.Numerics.Tests.Onnx;

internal static partial class OperatorCases
{
    // Elements of every type and storage; inputs and outputs of every number and name.
    private static IEnumerable<OnnxCase> Files =>
    [
        .. from storage in Enum.GetValues<OnnxStorage>()
           select X(13, 0, 3).Initializer("k", [3], [1.5f, -2, 0.25f], OnnxElementType.Float, storage).Node("Mul", ["x", "k"], ["y"]).End("Stored" + storage),
        .. from storage in Enum.GetValues<OnnxStorage>()
           select X(13, 0, 3).Initializer("k", [2], [3L, -1], OnnxElementType.Int64, storage).Node("Reshape", ["x", "k"], ["y"]).End("WholeStored" + storage),
        .. from type in new[] { OnnxElementType.Double, OnnxElementType.Float16, OnnxElementType.BFloat16 }
           select X(13, 0, 3).Initializer("k", [3], [1.5f, -2, 0.25f], type).Node("Cast", ["k"], ["f"], ("to", 1)).Node("Mul", ["x", "f"], ["y"]).End("StoredAs" + type),
        .. from type in new[] { OnnxElementType.Int32, OnnxElementType.Int8, OnnxElementType.UInt8, OnnxElementType.Int16 }
           select X(13, 0, 3).Initializer("k", [3], [1L, 2, 100], type).Node("Cast", ["k"], ["f"], ("to", 1)).Node("Mul", ["x", "f"], ["y"]).End("StoredAs" + type),
        new OnnxFile().Input("x", [null, 3], OnnxElementType.Double).Initializer("k", [3], [1.5f, -2, 0.25f], OnnxElementType.Double).Node("Mul", ["x", "k"], ["y"])
            .Output("y", null, OnnxElementType.Double).Named("").AsCase("OfDoubles"),

        // Inputs and outputs.
        new OnnxFile().Input("a", [null, 3]).Input("b", [2, 2]).Input("c", []).Node("ReduceSum", ["b"], ["s"], ("keepdims", 0)).Node("Mul", ["a", "s"], ["m"]).Node("Sub", ["m", "c"], ["y"])
            .Node("Tanh", ["b"], ["z"]).Output("z", null).End("ThreeInputsTwoOutputs"),
        X(13, 0, 4).Output("x", null).Node("Tanh", ["x"], ["y"]).End("InputWanted"),
        X(13, 0, 4).Node("Tanh", ["x"], ["z"]).Node("Identity", ["z"], ["y"]).Output("z", null).End("OutputTwice"),
        X(13, 0, 4).Weights("k", 2).Node("Tanh", ["x"], ["y"]).Node("Identity", ["k"], ["z"]).Output("z", null).End("ConstantWanted") with { Wanted = ["z", "y"] },
        X(13, 0, 4).Weights("k", 2).Node("Tanh", ["x"], ["y"]).Output("k", null).End("InitializerWanted") with { Wanted = ["y", "k"] },
        X(13, 0, 4).Initializer("k", [2], [7L, -3]).Node("Tanh", ["x"], ["y"]).Output("k", null, OnnxElementType.Int64).End("WholeConstantWanted") with { Wanted = ["k", "y"] },
        X(13, 0, 4).Weights("k", 2).Node("Tanh", ["x"], ["y"]).Output("k", null).End("ConstantLeftOut") with { LeftOut = ["k"] },
        X(13, 0, 4).Input("unused", [3]).Node("Tanh", ["x"], ["y"]).End("InputUnread") with { Unread = ["unused"] },
        X(13, 0, 4).Node("RandomNormalLike", ["x"], ["r"]).Node("Tanh", ["x"], ["y"]).End("NodeUnread"),
        X(13, 0, 4).Node("Tanh", ["x"], ["t"]).Node("Add", ["t", "x"], ["s"]).Node("Mul", ["s", "t"], ["y"]).Output("t", null).Output("s", null).End("PartsWanted"),
        new OnnxFile().Input("output", [null, 3]).Input("input", [null, 3]).Node("Add", ["output", "input"], ["y"]).End("InputCalledOutput"),
        new OnnxFile().Input("input", [null, 3]).Node("Tanh", ["input"], ["output"]).Node("Exp", ["input"], ["y"]).Output("output", null).End("OutputsOfInput"),
        new OnnxFile().Input("x", [null, 3]).Node("Tanh", ["x"], ["input"]).Node("Exp", ["x"], ["y"]).Output("input", null).End("OutputCalledInput"),
        new OnnxFile().Input("this", [null, 3]).Input("1.a-b", [null, 3]).Input("1_a_b", [null, 3]).Node("Sum", ["this", "1.a-b", "1_a_b"], ["y"]).End("InputsOfOddNames"),
        new OnnxFile().Input("inputs", [null, 3]).Input("_ports", [null, 3]).Input("InputCount", [null, 3]).Input("Forward", [null, 3]).Input("global", [null, 3])
            .Node("Sum", ["inputs", "_ports", "InputCount", "Forward", "global"], ["y"]).End("InputsOfOurNames"),
    ];

    private static OnnxCase AsCase(this OnnxFile file, string name) => new(name, file);
}
