using NetGen.Testing.Onnx;

namespace NetGen.Numerics.Tests.Onnx;

internal static partial class OperatorCases
{
    private static IEnumerable<OnnxCase> Reductions =>
    [
        .. from operation in new[] { "ReduceSum", "ReduceMean" }
           from isInput in new[] { false, true }
           let opset = isInput ? 18 : operation == "ReduceSum" ? 11 : 13
           let suffix = isInput ? "Since18" : "Before18"
           from @case in (OnnxCase[])
           [
               Reduce($"{operation}{suffix}", operation, opset, isInput, [0, 7], [1]),
               Reduce($"{operation}Dropped{suffix}", operation, opset, isInput, [0, 7], [-1], ("keepdims", 0)),
               Reduce($"{operation}Whole{suffix}", operation, opset, isInput, [2, 3, 4], null),
               Reduce($"{operation}WholeDropped{suffix}", operation, opset, isInput, [2, 3, 4], null, ("keepdims", 0)),
               Reduce($"{operation}First{suffix}", operation, opset, isInput, [4, 5], [0]),
               Reduce($"{operation}Middle{suffix}", operation, opset, isInput, [2, 3, 4], [1], ("keepdims", 0)),
               Reduce($"{operation}Outer{suffix}", operation, opset, isInput, [2, 3, 4, 5], [0, -2]),
               Reduce($"{operation}Last{suffix}", operation, opset, isInput, [2, 3, 17], [-1]),
               Reduce($"{operation}OfOne{suffix}", operation, opset, isInput, [1, 3, 1], [0, 2]),
           ]
           select @case,
        With("ReduceSum13", "ReduceSum", 13, [0, 7], [1]),
        One("ReduceSum13Whole", "ReduceSum", 13, [2, 7]),
        One("ReduceSum13Nothing", "ReduceSum", 13, [2, 7], ("noop_with_empty_axes", 1)),
        One("ReduceMean18Nothing", "ReduceMean", 18, [2, 7], ("noop_with_empty_axes", 1)),
        One("ReduceSumOfScalar", "ReduceSum", 13, []),
        X(13, 0, 7).Node("ReduceSum", ["x"], ["s"]).Node("ReduceMean", ["s"], ["t"]).Node("Mul", ["x", "t"], ["y"]).End("ReduceTwice"),
        X(13, 0, 7).Node("ReduceSum", ["x"], ["s"], ("keepdims", 0)).Node("Tanh", ["s"], ["t"]).Node("Mul", ["t", "t"], ["y"]).End("ReduceToScalar"),
        X(13, 2, 7).Initializer("axes", [1], [-1L]).Node("ReduceSum", ["x", "axes"], ["s"]).Node("Div", ["x", "s"], ["y"]).End("ReduceAndRepeat", 0.2f),
    ];

    private static IEnumerable<OnnxCase> Normalizations =>
    [
        .. from operation in new[] { "Softmax", "LogSoftmax" }
           from @case in (OnnxCase[])
           [
               One(operation + "13", operation, 13, [0, 9]),
               One(operation + "13OfVector", operation, 13, [9]),
               One(operation + "13Last", operation, 13, [2, 3, 5], ("axis", -1)),
               One(operation + "13Middle", operation, 13, [2, 3, 5], ("axis", 1)),
               One(operation + "13First", operation, 13, [3, 5], ("axis", 0)),
               One(operation + "13OfFour", operation, 13, [2, 3, 2, 17], ("axis", -2)),
               One(operation + "11", operation, 11, [0, 9]),
               One(operation + "11OfThree", operation, 11, [2, 3, 5]),
               One(operation + "11Last", operation, 11, [2, 3, 5], ("axis", 2)),
               One(operation + "11Whole", operation, 11, [2, 3, 5], ("axis", 0)),
               One(operation + "9Negative", operation, 11, [2, 3, 5], ("axis", -1)),
               One(operation + "Far", operation, 13, [0, 9]) with { Low = -90, High = 90 },
               One(operation + "OfOne", operation, 13, [0, 1]),
           ]
           select @case,

        X(15, 0, 5).Batch(5).End("BatchNormalizationAlone"),
        X(7, 0, 5).Batch(5, ("spatial", 1)).End("BatchNormalization7"),
        X(9, 0, 5).Batch(5, ("epsilon", 0.1f), ("momentum", 0.5f)).End("BatchNormalization9"),
        X(15, 0, 3, 4).Batch(3).End("BatchNormalizationOfThree"),
        X(15, 0, 3, 2, 2).Batch(3, ("epsilon", 0.01f)).End("BatchNormalizationOfFour"),
        Unit("Gemm", ["u", "w", "b"]).Batch(5).End("BatchNormalizationBehindGemm"),
        Unit("Gemm", ["u", "w"], ("alpha", 2f)).Batch(5).End("BatchNormalizationBehindScaledGemm"),
        Unit("MatMul", ["u", "w"]).Batch(5).End("BatchNormalizationBehindMatMul"),
        new OnnxFile().Input("u", [null, 6]).Weights("w", 6, 5).Weights("b", 5).Node("MatMul", ["u", "w"], ["z"]).Node("Add", ["z", "b"], ["x"]).Batch(5).End("BatchNormalizationBehindBias"),
        new OnnxFile().Input("u", [3, 6]).Weights("w", 6, 5).Node("MatMul", ["u", "w"], ["x"]).Batch(5).End("BatchNormalizationBehindRows"),
        new OnnxFile().Input("u", [1, 5, 6]).Weights("w", 6, 4).Node("MatMul", ["u", "w"], ["x"]).Batch(5).End("BatchNormalizationOfOtherAxis"),
        new OnnxFile().Input("u", [5, 1]).Weights("w", 4, 5).Node("MatMul", ["w", "u"], ["x"]).Batch(1).End("BatchNormalizationBehindWeightLeft"),
        new OnnxFile().Input("u", [null, 6]).Weights("w", 6, 5).Node("MatMul", ["u", "w"], ["x"]).Batch(5).Output("x", null).End("BatchNormalizationBehindWanted"),
        new OnnxFile().Input("u", [null, 6]).Weights("w", 6, 5).Node("MatMul", ["u", "w"], ["x"]).Batch(5, "p").Batch(5, "q").Node("Sub", ["p", "q"], ["d"]).Node("Add", ["d", "p"], ["y"])
            .End("BatchNormalizationTwiceOfOne"),
        new OnnxFile().Input("u", [null, 5]).Weights("w", 5, 5).Node("MatMul", ["u", "w"], ["z"]).Node("MatMul", ["z", "w"], ["x"]).Batch(5).End("BatchNormalizationOfSharedWeight"),

        Layers("LayerNormalization1", [0, 9], [9], true),
        Layers("LayerNormalizationWithoutBias", [0, 9], [9], false),
        Layers("LayerNormalizationOfGroups", [2, 3, 17], [17], true, ("axis", -1)),
        Layers("LayerNormalizationOfTwoAxes", [0, 3, 4], [3, 4], true, ("axis", 1)),
        Layers("LayerNormalizationOfTwoAxesAndGroups", [2, 2, 3, 4], [3, 4], false, ("axis", -2), ("epsilon", 0.1f)),
        X(17, 0, 9).Floats("g", 0.5f, 2, 9).Node("LayerNormalization", ["x", "g", ""], ["y", "", ""]).End("LayerNormalizationOfEmptyNames"),

        // What PyTorch writes before opset 17.
        X(11, 0, 9).Node("ReduceMean", ["x"], ["m"], ("axes", new[] { -1 })).Node("Sub", ["x", "m"], ["c"]).Constant("two", [], [2f]).Node("Pow", ["c", "two"], ["p"])
            .Node("ReduceMean", ["p"], ["v"], ("axes", new[] { -1 })).Constant("e", [], [1e-5f]).Node("Add", ["v", "e"], ["w"]).Node("Sqrt", ["w"], ["d"]).Node("Div", ["c", "d"], ["n"])
            .Floats("norm.weight", 0.5f, 2, 9).Weights("norm.bias", 9).Node("Mul", ["n", "norm.weight"], ["s"]).Node("Add", ["s", "norm.bias"], ["y"]).End("LayerNormalizationInParts"),
    ];

    private static OnnxFile Unit(string operation, string[] inputs, params (string Name, OnnxValueOf Value)[] attributes) =>
        new OnnxFile().Input("u", [null, 6]).Weights("w", 6, 5).Weights("b", 5).Node(operation, inputs, ["x"], attributes);

    private static OnnxFile Batch(this OnnxFile file, int channels, params (string Name, OnnxValueOf Value)[] attributes) => file.Batch(channels, "y", attributes);

    private static OnnxFile Batch(this OnnxFile file, int channels, string output, params (string Name, OnnxValueOf Value)[] attributes) => file
        .Floats($"{output}.scale", 0.5f, 2, channels).Weights($"{output}.shift", channels).Weights($"{output}.mean", channels).Floats($"{output}.variance", 0.1f, 2, channels)
        .Node("BatchNormalization", ["x", $"{output}.scale", $"{output}.shift", $"{output}.mean", $"{output}.variance"], [output], attributes);

    private static OnnxCase Layers(string name, int[] x, int[] scale, bool hasShift, params (string Name, OnnxValueOf Value)[] attributes)
    {
        OnnxFile file = X(17, x).Floats("g", 0.5f, 2, scale);
        file = hasShift ? file.Weights("s", scale) : file;
        return file.Node("LayerNormalization", hasShift ? ["x", "g", "s"] : ["x", "g"], ["y"], attributes).End(name);
    }

    private static OnnxCase Reduce(string name, string operation, int opset, bool isInput, int[] x, long[]? axes, params (string Name, OnnxValueOf Value)[] attributes) =>
        axes is null ? One(name, operation, opset, x, attributes)
        : isInput ? With(name, operation, opset, x, axes, attributes)
        : One(name, operation, opset, x, [.. attributes, ("axes", axes)]);
}
