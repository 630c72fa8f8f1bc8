using NetGen.Generator;
using NetGen.Testing.Onnx;

namespace NetGen.Numerics.Tests.Onnx;

internal static partial class OperatorCases
{
    private static IEnumerable<OnnxCase> Functions =>
    [
        One("Neg1", "Neg", 13, [0, 37]),
        One("AbsOfVector", "Abs", 13, [9]),
        One("Exp1", "Exp", 13, [0, 2, 9]),
        One("Log1", "Log", 13, [0, 37]) with { Low = 0.01f },
        One("SqrtOfFour", "Sqrt", 13, [0, 2, 3, 5]) with { Low = 0 },
        One("Reciprocal1", "Reciprocal", 13, [0, 37]) with { Low = 0.1f },
        One("Erf1", "Erf", 13, [0, 37]),
        One("Relu1", "Relu", 9, [0, 37]),
        One("Sigmoid1", "Sigmoid", 9, [0, 37]) with { Low = -9, High = 9 },
        One("Tanh1", "Tanh", 9, [0, 37]) with { Low = -9, High = 9 },
        One("Softplus1", "Softplus", 9, [0, 37]) with { Low = -30, High = 30 },
        One("Softsign1", "Softsign", 9, [0, 37]),
        One("HardSwish1", "HardSwish", 14, [0, 37]) with { Low = -4, High = 4 },
        One("Mish1", "Mish", 18, [0, 37]) with { Low = -9, High = 9 },
        One("LeakyRelu1", "LeakyRelu", 9, [0, 37]),
        One("LeakyReluOfAlpha", "LeakyRelu", 16, [0, 37], ("alpha", 0.3f)),
        One("ThresholdedRelu1", "ThresholdedRelu", 10, [0, 37]),
        One("ThresholdedReluOfAlpha", "ThresholdedRelu", 10, [0, 37], ("alpha", -0.25f)),
        One("Elu1", "Elu", 9, [0, 37]),
        One("EluOfAlpha", "Elu", 9, [0, 37], ("alpha", 0.4f)),
        One("Celu1", "Celu", 12, [0, 37]),
        One("CeluOfAlpha", "Celu", 12, [0, 37], ("alpha", 0.4f)),
        One("Selu1", "Selu", 9, [0, 37]),
        One("SeluOfAlpha", "Selu", 9, [0, 37], ("alpha", 1.3f), ("gamma", 0.8f)),
        One("Gelu1", "Gelu", 20, [0, 37]) with { Low = -6, High = 6 },
        One("GeluNone", "Gelu", 20, [0, 37], ("approximate", "none")),
        One("GeluTanh", "Gelu", 20, [0, 37], ("approximate", "tanh")) with { Low = -6, High = 6 },
        One("HardSigmoid1", "HardSigmoid", 9, [0, 37]) with { Low = -4, High = 4 },
        One("HardSigmoidOfPyTorch", "HardSigmoid", 9, [0, 37], ("alpha", 1f / 6), ("beta", 0.5f)) with { Low = -4, High = 4 },
        One("HardSigmoidOfBeta", "HardSigmoid", 9, [0, 37], ("beta", 0.1f)) with { Low = -4, High = 4 },
        One("FunctionOfScalar", "Tanh", 13, []),

        // The limits of Clip are inputs since opset 11.
        One("Clip9Both", "Clip", 9, [0, 37], ("min", -0.5f), ("max", 1.25f)),
        One("Clip9Low", "Clip", 9, [0, 37], ("min", -0.5f)),
        One("Clip9High", "Clip", 9, [0, 37], ("max", 0.5f)),
        One("Clip9Relu", "Clip", 9, [0, 37], ("min", 0f)),
        One("Clip9Relu6", "Clip", 9, [0, 37], ("min", 0f), ("max", 6f)) with { High = 9 },
        One("Clip13None", "Clip", 13, [0, 37]),
        Clip("Clip11Both", 11, -0.5f, 1.25f),
        Clip("Clip13Low", 13, -0.5f, null),
        Clip("Clip13High", 13, null, 0.5f),
        Clip("Clip13HardTanh", 13, -1, 1),
        Clip("Clip13Relu", 13, 0, null),
        Clip("Clip13Infinite", 13, 0, float.PositiveInfinity),
        Clip("Clip13LowAboveHigh", 13, 1.5f, -0.5f),

        .. new[] { 4, 1, 2, 3, 5, -1, -2, 0.5f, -0.5f, 1.5f, 2.25f, 16 }.Select((p, i) =>
            X(15, 0, 37).Initializer("p", i % 2 == 0 ? [] : [1], [p]).Node("Pow", ["x", "p"], ["y"]).End("Pow" + i, p == MathF.Floor(p) && p > 0 ? -1.5f : 0.2f, 1.5f)),

        // x⁰ alone does not depend on x.
        X(15, 0, 37).Constant("p", [], [0f]).Node("Pow", ["x", "p"], ["one"]).Node("Add", ["x", "one"], ["y"]).End("PowOfZero"),

        // Negative numbers have powers that are not written out, too, and exponents may be whole numbers.
        .. new[] { (20f, -1.3f), (17, -1.3f), (-17, -1.7f), (-18, -1.7f) }.Select((p, i) =>
            X(15, 0, 37).Initializer("p", [], [p.Item1]).Node("Pow", ["x", "p"], ["y"]).End("PowOfNegative" + i, p.Item2, p.Item1 < 0 ? -0.7f : 1.3f)),
        X(15, 0, 37).Initializer("p", [], [3L]).Node("Pow", ["x", "p"], ["y"]).End("PowWhole"),
        X(15, 0, 37).Initializer("p", [1], [2L], OnnxElementType.Int32).Node("Pow", ["x", "p"], ["y"]).End("PowWholeInArray"),

        X(15, 0, 5).Initializer("p", [5], [0f, 1, 2, -1, 0.5f]).Node("Pow", ["x", "p"], ["y"]).End("PowOfExponents", 0.2f, 1.5f),
        X(15, 0, 3).Initializer("p", [2, 3], [0L, 1, 2, 3, 4, -2]).Node("Pow", ["x", "p"], ["y"]).End("PowOfWholeExponents", -1.5f, -0.2f),
        X(15).Initializer("p", [3], [2f, 2, 2]).Node("Pow", ["x", "p"], ["y"]).End("PowOfOneToThree"),
        X(15, 0, 9).Initializer("k", [], [1.5f]).Node("Pow", ["k", "x"], ["y"]).End("PowOfComputedExponent"),
        new OnnxFile().Input("a", [null, 9]).Input("b", [2, 1]).Node("Pow", ["a", "b"], ["y"]).End("PowOfTwoInputs", 0.2f, 1.5f),

        X(13, 0, 37).Floats("slope", -0.5f, 0.5f, 37).Node("PRelu", ["x", "slope"], ["y"]).End("PReluOfEach"),
        X(13, 0, 37).Floats("slope", 0.1f, 0.5f, 1).Node("PRelu", ["x", "slope"], ["y"]).End("PReluOfOne"),
        X(13, 0, 3, 4).Floats("act.weight", 0.1f, 0.5f, 3, 1).Node("PRelu", ["x", "act.weight"], ["y"]).End("PReluOfChannels"),

        // What PyTorch writes for GELU before opset 20, and for SiLU.
        X(13, 0, 37)
            .Constant("root", [], [MathF.Sqrt(2)]).Constant("one", [], [1f]).Constant("half", [], [0.5f])
            .Node("Div", ["x", "root"], ["a"]).Node("Erf", ["a"], ["b"]).Node("Add", ["b", "one"], ["c"]).Node("Mul", ["x", "c"], ["d"]).Node("Mul", ["d", "half"], ["y"])
            .End("GeluInParts", -6, 6),
        X(13, 0, 37).Node("Sigmoid", ["x"], ["s"]).Node("Mul", ["x", "s"], ["y"]).End("SiluInParts"),
    ];

    private static IEnumerable<OnnxCase> Pairs =>
    [
        .. from operation in new[] { "Add", "Sub", "Mul", "Div", "Min", "Max" }
           from @case in (OnnxCase[])
           [
               Two(operation + "OfSame", operation, [0, 21], [0, 21]),
               Two(operation + "RepeatsLeft", operation, [1, 4], [2, 3, 4]),
               Two(operation + "RepeatsRight", operation, [2, 3, 1, 5], [3, 2, 1]),
               Two(operation + "OfScalars", operation, [], []),
               Two(operation + "OfScalarAndVector", operation, [], [0, 7]),
               Constant(operation + "WithVector", operation, [0, 21], [21]),
               Constant(operation + "VectorLeft", operation, [0, 21], [1, 21], isLeft: true),
               Constant(operation + "WithScalar", operation, [0, 21], []),
               Constant(operation + "ScalarLeft", operation, [0, 21], [1], isLeft: true),
               Constant(operation + "WithLonger", operation, [0, 3, 1], [2, 3, 4]),
               Constant(operation + "OfOneWithLonger", operation, [0, 1], [7]),
           ]
           select @case,
        .. from operation in new[] { "Min", "Max", "Sum", "Mean" }
           from @case in (OnnxCase[])
           [
               One(operation + "OfOneInput", operation, 13, [0, 9]),
               new OnnxFile().Input("a", [null, 5]).Input("b", [null, 5]).Input("c", [1]).Floats("k", -1, 1, 3, 5)
                   .Node(operation, ["a", "b", "c", "k"], ["y"]).End(operation + "OfFourInputs"),
           ]
           select @case,
        X(14, 0, 9).Node("Mul", ["x", "x"], ["y"]).End("MulWithItself"),
        X(14, 0, 9).Node("Sub", ["x", "x"], ["z"]).Node("Add", ["z", "x"], ["y"]).End("SubWithItself"),
        X(14, 0, 9).Node("Sum", ["x", "x", "x"], ["y"]).End("SumWithItself"),

        // A number for all elements, as an array of one element or as many alike.
        X(14, 0, 9).Initializer("k", [9], [.. Enumerable.Repeat(0.5f, 9)]).Node("Mul", ["x", "k"], ["y"]).End("MulWithUniform"),
        X(14, 0, 9).Initializer("k", [3, 9], [.. Enumerable.Repeat(0.5f, 27)]).Node("Mul", ["x", "k"], ["y"]).End("MulWithUniformThatIsLonger"),
        X(14, 0, 9).Initializer("g.weight", [9], [.. Enumerable.Repeat(0.5f, 9)]).Node("Mul", ["x", "g.weight"], ["y"]).End("MulWithLearnedUniform"),

        // Constants with each other are known.
        X(14, 0, 9).Floats("k", 1, 2, 9).Floats("l", 1, 2, 2, 1).Node("Div", ["k", "l"], ["m"]).Node("Exp", ["m"], ["e"]).Node("Mul", ["x", "e"], ["y"]).End("OfConstants"),
        X(14, 0, 9).Floats("k", 1, 2, 9).Node("ReduceMean", ["k"], ["m"], ("keepdims", 0)).Node("Sub", ["x", "m"], ["y"]).End("WithReducedConstant"),

        // Whole numbers, which say shapes.
        X(14, 0, 12).Constant("a", [2], [2L, 9]).Constant("b", [], [3L]).Constant("c", [2], [1L, 3])
            .Node("Div", ["a", "c"], ["d"]).Node("Mul", ["d", "c"], ["e"]).Node("Sub", ["e", "b"], ["f"]).Node("Add", ["f", "b"], ["g"])
            .Node("Min", ["g", "a"], ["h"]).Node("Max", ["h", "c"], ["i"]).Node("Sub", ["i", "c"], ["j"]).Node("Add", ["j", "c"], ["l"])
            .Constant("m", [2], [4L, 6]).Node("Min", ["l", "m"], ["n"]).Node("Reshape", ["x", "n"], ["y"]).End("OfWholeNumbers"),
    ];

    private static OnnxCase Clip(string name, int opset, float? low, float? high)
    {
        OnnxFile file = X(opset, 0, 37);
        file = low is { } l ? file.Initializer("low", [], [l]) : file;
        file = high is { } h ? file.Constant("high", [], [h]) : file;
        return file.Node("Clip", high is null ? ["x", "low"] : ["x", low is null ? "" : "low", "high"], ["y"]).End(name);
    }
}
