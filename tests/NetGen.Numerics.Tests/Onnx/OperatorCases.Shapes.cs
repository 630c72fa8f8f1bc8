using NetGen.Generator;
using NetGen.Testing.Onnx;

namespace NetGen.Numerics.Tests.Onnx;

internal static partial class OperatorCases
{
    private static IEnumerable<OnnxCase> Shapes =>
    [
        // Constants of every kind, each of which takes part in y.
        X(13, 0, 3).Node("Constant", [], ["k"], ("value_float", 1.5f)).Node("Mul", ["x", "k"], ["y"]).End("ConstantFloat"),
        X(13, 0, 3).Node("Constant", [], ["k"], ("value_floats", new[] { 1f, 2, 3 })).Node("Mul", ["x", "k"], ["y"]).End("ConstantFloats"),
        X(13, 2, 3).Node("Constant", [], ["k"], ("value_int", 1)).Node("Gather", ["x", "k"], ["y"]).End("ConstantInteger"),
        X(13, 0, 6).Node("Constant", [], ["k"], ("value_ints", new[] { 3, -1 })).Node("Reshape", ["x", "k"], ["y"]).End("ConstantIntegers"),
        X(13, 0, 3).Constant("k", [3], [1f, 2, 3]).Node("Mul", ["x", "k"], ["y"]).End("ConstantTensor"),
        X(13, 0, 3).Node("Constant", [], ["k"], ("value", OnnxFile.Tensor("", [], [2.5f], OnnxElementType.Float, OnnxStorage.Unpacked))).Node("Mul", ["x", "k"], ["y"]).End("ConstantScalarTensor"),
        X(13, 0, 2).Constant("s", [2], [3L, 2]).Node("ConstantOfShape", ["s"], ["k"], ("value", OnnxFile.Tensor("", [1], [1.5f]))).Node("Add", ["x", "k"], ["y"]).End("ConstantOfShapeFloat"),
        X(13, 0, 2).Constant("s", [2], [3L, 2]).Node("ConstantOfShape", ["s"], ["k"]).Node("Add", ["x", "k"], ["y"]).End("ConstantOfShapeZeros"),
        X(13, 0, 2).Constant("s", [1], [2L]).Node("ConstantOfShape", ["s"], ["k"], ("value", OnnxFile.Tensor("", [1], [1L]))).Constant("m", [2], [3L, 1])
            .Node("Mul", ["k", "m"], ["n"]).Node("Expand", ["x", "n"], ["y"]).End("ConstantOfShapeWhole"),

        One("Identity1", "Identity", 13, [0, 5]),
        One("Identity4", "Identity", 13, [1, 2, 3, 4]),
        One("Dropout7", "Dropout", 10, [0, 5], ("ratio", 0.7f)),
        X(13, 0, 5).Initializer("ratio", [], [0.7f]).Node("Dropout", ["x", "ratio"], ["y"]).End("Dropout13"),
        X(13, 0, 5).Initializer("ratio", [], [0.7f]).Initializer("mode", [], [0L], OnnxElementType.Bool).Node("Dropout", ["x", "ratio", "mode"], ["y", ""]).End("Dropout13WithMode"),

        X(13, 0, 3).Initializer("k", [3], [1L, 2, -3]).Node("Cast", ["k"], ["f"], ("to", 1)).Node("Mul", ["x", "f"], ["y"]).End("CastToFloat"),
        One("CastOfFloat", "Cast", 13, [0, 3], ("to", 1)),
        X(13, 0, 6).Constant("k", [2], [3.9f, -1.2f]).Node("Cast", ["k"], ["i"], ("to", 7)).Node("Reshape", ["x", "i"], ["y"]).End("CastToWhole"),
        X(13, 0, 6).Initializer("k", [2], [3L, -1], OnnxElementType.Int32).Node("Cast", ["k"], ["i"], ("to", 7)).Node("Reshape", ["x", "i"], ["y"]).End("CastOfInt32"),

        // Shape arithmetic as PyTorch writes it for x.view(x.size(0), -1) and for x.view(x.size(0), 2, -1).
        X(11, 0, 3, 4).Node("Shape", ["x"], ["s"]).Constant("zero", [], [0L]).Node("Gather", ["s", "zero"], ["n"], ("axis", 0))
            .Node("Unsqueeze", ["n"], ["a"], ("axes", new[] { 0 })).Constant("open", [1], [-1L]).Node("Concat", ["a", "open"], ["v"], ("axis", 0)).Node("Reshape", ["x", "v"], ["y"]).End("ShapeArithmetic11"),
        X(13, 0, 3, 4).Node("Shape", ["x"], ["s"]).Constant("zero", [], [0L]).Node("Gather", ["s", "zero"], ["n"], ("axis", 0)).Constant("axes", [1], [0L])
            .Node("Unsqueeze", ["n", "axes"], ["a"]).Constant("two", [1], [2L]).Constant("open", [1], [-1L]).Node("Concat", ["a", "two", "open"], ["v"], ("axis", 0)).Node("Reshape", ["x", "v"], ["y"]).End("ShapeArithmetic13"),
        X(15, 0, 3, 4).Node("Shape", ["x"], ["s"], ("start", 1), ("end", -1)).Constant("open", [1], [-1L]).Node("Concat", ["open", "s"], ["v"], ("axis", 0)).Node("Reshape", ["x", "v"], ["y"]).End("ShapeFrom15"),
        X(13, 0, 3, 4).Node("Shape", ["x"], ["s"]).Initializer("from", [1], [1L]).Initializer("to", [1], [9L]).Node("Slice", ["s", "from", "to"], ["t"])
            .Node("Split", ["t"], ["a", "b"]).Node("Concat", ["b", "a"], ["v"], ("axis", 0)).Node("Reshape", ["x", "v"], ["y"]).End("ShapeTakenApart"),
        X(13, 0, 3, 4).Node("Shape", ["x"], ["s"]).Node("Squeeze", ["s"], ["t"]).Initializer("o", [3], [2L, 1, 0]).Node("Gather", ["t", "o"], ["v"]).Node("Reshape", ["x", "v"], ["y"]).End("ShapeTurned"),
        X(13, 0, 3, 4).Node("Shape", ["x"], ["s"]).Node("Cast", ["s"], ["f"], ("to", 1)).Node("ReduceSum", ["f"], ["k"], ("keepdims", 0)).Node("Div", ["x", "k"], ["y"]).End("ShapeAsNumbers"),

        With("Reshape1", "Reshape", 13, [0, 12], [3, 4]),
        With("ReshapeOpen", "Reshape", 13, [1, 3, 4], [-1, 6]),
        With("ReshapeKept", "Reshape", 13, [1, 3, 4], [0, -1]),
        With("ReshapeToScalarAndBack", "Reshape", 13, [1, 1], []),
        With("ReshapeToFour", "Reshape", 14, [0, 12], [1, 2, 3, 2], ("allowzero", 1)),
        One("Flatten1", "Flatten", 13, [0, 2, 3]),
        One("Flatten0", "Flatten", 13, [0, 2, 3], ("axis", 0)),
        One("FlattenLast", "Flatten", 13, [1, 2, 3], ("axis", 3)),
        One("FlattenNegative", "Flatten", 13, [1, 2, 3], ("axis", -1)),
        One("Squeeze11", "Squeeze", 11, [1, 1, 5, 1], ("axes", new[] { 1, -1 })),
        One("Squeeze11All", "Squeeze", 11, [1, 1, 5, 1]),
        With("Squeeze13", "Squeeze", 13, [1, 1, 5, 1], [-1, 1]),
        One("Squeeze13All", "Squeeze", 13, [1, 1, 5, 1]),
        One("SqueezeToScalar", "Squeeze", 13, [1, 1]),
        One("Unsqueeze11", "Unsqueeze", 11, [0, 5], ("axes", new[] { 0, 3 })),
        With("Unsqueeze13", "Unsqueeze", 13, [0, 5], [-1, 1]),
        With("UnsqueezeOfScalar", "Unsqueeze", 13, [], [0]),
    ];

    private static IEnumerable<OnnxCase> Orders =>
    [
        With("Expand1", "Expand", 13, [0, 1, 3], [2, 4, 3]),
        With("ExpandByLess", "Expand", 13, [2, 1, 3], [4, 1]),
        With("ExpandOfScalar", "Expand", 13, [], [3, 2]),
        With("ExpandToMoreAxes", "Expand", 13, [3], [2, 2, 3]),
        One("Transpose1", "Transpose", 13, [3, 5]),
        One("TransposeOfThree", "Transpose", 13, [2, 3, 4], ("perm", new[] { 1, 2, 0 })),
        One("TransposeOfFour", "Transpose", 13, [2, 3, 4, 5], ("perm", new[] { 0, 2, 1, 3 })),
        One("TransposeOfFourWhole", "Transpose", 13, [2, 3, 4, 5]),
        One("TransposeOfNothing", "Transpose", 13, [1, 3, 4], ("perm", new[] { 0, 1, 2 })),

        Concat("ConcatOfInputs", [0, 3], [0, 5], 1),
        Concat("ConcatNegative", [1, 2, 3], [1, 2, 4], -1),
        Concat("ConcatInFront", [2, 3], [1, 3], 0),
        Concat("ConcatInMiddle", [2, 3, 4], [2, 1, 4], 1),
        Concat("ConcatOfFour", [1, 2, 2, 3], [1, 2, 1, 3], -2),
        X(13, 0, 5).Node("Concat", ["x"], ["y"], ("axis", 1)).End("ConcatOfOne"),
        X(13, 0, 5).Weights("k", 1, 3).Node("Concat", ["k", "x", "k", "x"], ["y"], ("axis", 1)).End("ConcatWithConstant"),
        X(13, 0, 1).Node("ReduceSum", ["x"], ["s"]).Node("Concat", ["s", "x", "s"], ["y"], ("axis", -1)).End("ConcatOfScalars"),

        Slice("Slice1", [0, 9], [1], [2], [7], null, 13),
        Slice("SliceToEnd", [0, 9], [-1], [-3], [long.MaxValue], null, 13),
        Slice("SliceOfSteps", [0, 9], [1], [1], [9], [3], 13),
        Slice("SliceBackward", [0, 9], [1], [-1], [long.MinValue], [-1], 13),
        Slice("SliceBackwardOfSteps", [0, 9], [1], [7], [0], [-2], 13),
        Slice("SliceBackwardToNegative", [0, 9], [1], [100], [-9], [-3], 13),
        Slice("SliceOfAxes", [3, 4, 5], [2, 0], [1, 1], [4, 3], [2, 1], 13),
        Slice("SliceWithoutAxes", [3, 4], null, [1, 1], [3, 4], null, 13),
        Slice("SliceOfFour", [2, 3, 4, 5], [1, -1], [2, 4], [-5, 0], [-2, -3], 13),
        Slice("SliceOfOne", [0, 9], [1], [4], [5], null, 13),
        Slice("SliceOfLongStep", [0, 9], [1], [1], [9], [1000], 13),
        One("Slice9", "Slice", 9, [3, 9], ("starts", new[] { 1, -4 }), ("ends", new[] { 3, 9 }), ("axes", new[] { 0, 1 })),
        One("Slice9WithoutAxes", "Slice", 9, [3, 9], ("starts", new[] { 1, 2 }), ("ends", new[] { 2, -1 })),

        Split("Split11", 11, [0, 9], null, ("axis", 1), ("split", new[] { 2, 3, 4 })),
        Split("Split11Even", 11, [0, 9], null, ("axis", -1)),
        Split("Split13", 13, [0, 9], [4, 3, 2], ("axis", 1)),
        Split("Split13Even", 13, [6, 2], null),
        Split("Split13InMiddle", 13, [2, 6, 3], [1, 2, 3], ("axis", 1)),
        Split("Split18", 18, [0, 8], null, ("axis", 1), ("num_outputs", 3)),
        Split("Split18Sizes", 18, [0, 8], [1, 6, 1], ("axis", -1)),

        Gather("GatherOne", [0, 5], [], [3], 1),
        Gather("GatherNegative", [0, 5], [], [-1], -1),
        Gather("GatherVector", [0, 5], [3], [4, 0, -2], 1),
        Gather("GatherTwice", [0, 5], [4], [1, 1, 2, 1], 1),
        Gather("GatherMatrix", [3, 4], [2, 2], [0, 2, 1, 1], 0),
        Gather("GatherOfFour", [2, 3, 4, 2], [2], [3, 0], 2),
        X(13, 0, 2).Weights("table", 5, 2).Initializer("i", [1], [3L]).Node("Gather", ["table", "i"], ["r"]).Node("Add", ["x", "r"], ["y"]).End("GatherOfConstant"),
    ];

    private static OnnxCase Concat(string name, int[] a, int[] b, int axis) => new OnnxFile()
        .Input("a", Sizes(a)).Input("b", Sizes(b)).Node("Concat", ["a", "b"], ["y"], ("axis", axis)).End(name);

    private static OnnxCase Slice(string name, int[] x, long[]? axes, long[] starts, long[] ends, long[]? steps, int opset)
    {
        OnnxFile file = X(opset, x).Initializer("starts", [starts.Length], starts).Initializer("ends", [ends.Length], ends);
        file = axes is null ? file : file.Initializer("axes", [axes.Length], axes);
        file = steps is null ? file : file.Initializer("steps", [steps.Length], steps);
        return file.Node("Slice", ["x", "starts", "ends", axes is null ? "" : "axes", steps is null ? "" : "steps"], ["y"]).End(name);
    }

    private static OnnxCase Split(string name, int opset, int[] x, long[]? sizes, params (string Name, OnnxValueOf Value)[] attributes)
    {
        OnnxFile file = sizes is null ? X(opset, x) : X(opset, x).Initializer("sizes", [sizes.Length], sizes);
        return file.Node("Split", sizes is null ? ["x"] : ["x", "sizes"], ["y", "z", "w"], attributes).Output("w", null).Output("z", null).End(name);
    }

    private static OnnxCase Gather(string name, int[] x, int[] shape, long[] indices, int axis) =>
        X(13, x).Initializer("i", shape, indices).Node("Gather", ["x", "i"], ["y"], ("axis", axis)).End(name);
}
