using NetGen.Generator;
using NetGen.Testing.Onnx;

namespace NetGen.Numerics.Tests.Onnx;

internal static partial class OperatorCases
{
    // Comparisons and choices of what the compiler knows; their truths are factors of x, so that each has a part in y.
    private static IEnumerable<OnnxCase> Known =>
    [
        .. from operation in new[] { "Less", "LessOrEqual", "Greater", "GreaterOrEqual", "Equal" }
           select X(16, 0, 3).Constant("a", [3], [1f, 2, 3]).Constant("b", [], [2f]).Node(operation, ["a", "b"], ["m"]).Factor(operation + "OfFloats"),
        .. from operation in new[] { "Less", "LessOrEqual", "Greater", "GreaterOrEqual", "Equal" }
           select X(16, 0, 3).Constant("a", [2, 1], [3L, 2]).Node("Shape", ["x"], ["s"]).Node(operation, ["s", "a"], ["n"]).Constant("one", [], [1L]).Node("Gather", ["n", "one"], ["m"], ("axis", 1))
               .Node("Cast", ["m"], ["f"], ("to", 1)).Node("ReduceSum", ["f"], ["k"], ("keepdims", 0)).Node("Mul", ["x", "k"], ["y"]).End(operation + "OfShapes"),
        .. from operation in new[] { "And", "Or" }
           select Truths("a", 1, 0, 1).Initializer("b", [1], [1L], OnnxElementType.Bool).Node(operation, ["a", "b"], ["m"]).Factor(operation),
        Truths("a", 1, 0, 1).Node("Not", ["a"], ["m"]).Factor("Not"),
        X(13, 0, 3).Constant("k", [3], [0f, -0f, 2]).Node("Cast", ["k"], ["m"], ("to", 9)).Factor("CastToBoolean"),
        X(13, 0, 3).Constant("k", [3], [0L, -5, 2]).Node("Cast", ["k"], ["m"], ("to", 9)).Factor("CastOfWholeToBoolean"),
        Truths("c", 1, 0, 1).Weights("k", 3).Node("Where", ["c", "x", "k"], ["y"]).End("Where"),
        Truths("c", 1, 0, 1).Node("Tanh", ["x"], ["t"]).Node("Where", ["c", "t", "x"], ["y"]).End("WhereOfComputed"),
        Truths("c", 1).Weights("k", 3).Node("Where", ["c", "x", "k"], ["y"]).End("WhereOfOne"),
        Truths("c", 0).Weights("k", 4, 3).Node("Where", ["c", "k", "x"], ["y"]).End("WhereOfTheOther"),
        X(13, 0, 6).Node("Shape", ["x"], ["s"]).Constant("six", [], [6L]).Node("Equal", ["s", "six"], ["c"]).Constant("open", [], [-1L]).Node("Where", ["c", "open", "s"], ["v"]).Node("Reshape", ["x", "v"], ["y"])
            .End("WhereOfShapes"),
    ];

    // The branch that is taken is compiled, and the other one may be anything.
    private static IEnumerable<OnnxCase> Branches =>
    [
        // As PyTorch writes squeeze(1), whose axis may be there or not.
        X(13, 0, 1, 4).Node("Shape", ["x"], ["s"]).Constant("at", [1], [1L]).Node("Gather", ["s", "at"], ["d"]).Constant("one", [1], [1L]).Node("Equal", ["d", "one"], ["c"])
            .Node(
                "If",
                ["c"],
                ["q"],
                ("then_branch", new OnnxFile().Node("Squeeze", ["x", "at"], ["squeezed"]).Output("squeezed", null)),
                ("else_branch", new OnnxFile().Node("Identity", ["x"], ["same"]).Output("same", null)))
            .Node("Relu", ["q"], ["y"]).End("BranchOfShapes"),
        Condition(0).Node("Tanh", ["x"], ["t"]).Weights("W", 3, 2)
            .Node(
                "If",
                ["c"],
                ["y", "z"],
                ("then_branch", new OnnxFile().Node("Identity", ["x"], ["p"]).Output("p", null).Output("x", null)),
                ("else_branch", new OnnxFile().Weights("b", 2).Node("MatMul", ["t", "W"], ["p"]).Node("Add", ["p", "b"], ["q"]).Node("Abs", ["x"], ["r"]).Output("q", null).Output("r", null)))
            .Output("z", null).End("BranchOfTwoOutputs") with { OracleFile = Condition(0).Node("Tanh", ["x"], ["t"]).Weights("W", 3, 2).Weights("b", 2)
                .Node("MatMul", ["t", "W"], ["p"]).Node("Add", ["p", "b"], ["y"]).Node("Abs", ["x"], ["z"]).Output("z", null).Output("y", null).ToArray() },
        Condition(1).Node(
            "If",
            ["c"],
            ["y"],
            ("then_branch", new OnnxFile().Node(
                "If",
                ["c"],
                ["inner"],
                ("then_branch", new OnnxFile().Node("Exp", ["x"], ["e"]).Output("e", null)),
                ("else_branch", new OnnxFile().Node("Neg", ["x"], ["n"]).Output("n", null)))
                .Node("Sqrt", ["inner"], ["r"]).Output("r", null)),
            ("else_branch", new OnnxFile().Node("Neg", ["x"], ["m"]).Output("m", null))).End("BranchWithinBranch"),
        Condition(0).Node("If", ["c"], ["y"], ("then_branch", new OnnxFile().Node("LSTM", ["x"], ["l"]).Output("l", null)), ("else_branch", new OnnxFile().Node("Neg", ["x"], ["n"]).Output("n", null)))
            .End("BranchBesideWhatIsMissing") with { OracleFile = Condition(0).Node("Neg", ["x"], ["y"]).Output("y", null).ToArray() },
    ];

    // Whole numbers that the network computes, which come out as floats.
    private static IEnumerable<OnnxCase> WholeNumbers =>
    [
        .. from operation in new[] { "ArgMax", "ArgMin" }
           from @case in new[]
           {
               X(13, 0, 7).Node(operation, ["x"], ["y"], ("axis", 1)).Whole(operation + "1"),
               X(13, 0, 8).Node(operation, ["x"], ["y"], ("axis", -1), ("keepdims", 0)).Whole(operation + "Dropped"),
               X(13, 6, 3).Node(operation, ["x"], ["y"]).Whole(operation + "OfRows"),
               X(12, 2, 5, 3).Node(operation, ["x"], ["y"], ("axis", 1), ("keepdims", 0)).Whole(operation + "InMiddle"),
               X(11, 0, 33).Node(operation, ["x"], ["y"], ("axis", 1)).Whole(operation + "Opset11"),
               X(13, 0, 9).Node("Relu", ["x"], ["r"]).Node(operation, ["r"], ["y"], ("axis", 1)).Whole(operation + "OfEquals", -9, 1),
               X(13, 0, 9).Node("Relu", ["x"], ["r"]).Node(operation, ["r"], ["y"], ("axis", 1), ("select_last_index", 1)).Whole(operation + "OfEqualsLast", -9, 1),
           }
           select @case,
        X(13, 0, 5).Node("Softmax", ["x"], ["p"]).Node("ArgMax", ["p"], ["a"], ("axis", 1)).Node("Cast", ["a"], ["b"], ("to", 7)).Node("Squeeze", ["b"], ["y"]).Output("p", null).Whole("ArgMaxBesideItsOdds"),
        X(13, 0, 5).Node("ArgMax", ["x"], ["a"], ("axis", 1)).Node("Cast", ["a"], ["f"], ("to", 1)).Node("Mul", ["f", "x"], ["y"]).End("ArgMaxAsNumber"),
        X(13, 0, 9).Node("Cast", ["x"], ["y"], ("to", 7)).Whole("CastOfComputed", -5, 5),
        X(13, 0, 9).Node("Cast", ["x"], ["y"], ("to", 7)).Whole("CastOfLarge", -3e7f, 3e7f),
    ];

    private static OnnxCase Whole(this OnnxFile file, string name, float low = -2, float high = 2) =>
        new(name, file.Output("y", null, OnnxElementType.Int64)) { Low = low, High = high };

    private static OnnxFile Truths(string name, params long[] truths) => X(13, 0, 3).Initializer(name, [truths.Length], truths, OnnxElementType.Bool);

    private static OnnxFile Condition(long truth) => X(13, 0, 3).Initializer("c", [], [truth], OnnxElementType.Bool);

    private static OnnxCase Factor(this OnnxFile file, string name) =>
        file.Node("Cast", ["m"], ["f"], ("to", 1)).Node("Mul", ["x", "f"], ["y"]).End(name);
}
