using NetGen.Testing.Onnx;

namespace NetGen.Numerics.Tests.Onnx;

internal static partial class OperatorCases
{
    private static IEnumerable<OnnxCase> Products =>
    [
        Gemm("Gemm1", [0, 6], [6, 4], null),
        Gemm("GemmTransB", [0, 6], [4, 6], [4], ("transB", 1)),
        Gemm("GemmTransA", [6, 1], [6, 4], [4], ("transA", 1)),
        Gemm("GemmTransBoth", [6, 3], [4, 6], [4], ("transA", 1), ("transB", 1)),
        Gemm("GemmOfScales", [0, 6], [4, 6], [4], ("transB", 1), ("alpha", 0.5f), ("beta", 2f)),
        Gemm("GemmOfAlphaAlone", [0, 6], [4, 6], null, ("transB", 1), ("alpha", -1.5f)),
        Gemm("GemmOfBeta0", [0, 6], [4, 6], [4], ("transB", 1), ("beta", 0f)),
        Gemm("GemmPlusScalar", [0, 6], [6, 4], []),
        Gemm("GemmPlusOne", [0, 6], [6, 4], [1]),
        Gemm("GemmPlusRow", [0, 6], [6, 4], [1, 4]),
        Gemm("GemmPlusOneByOne", [0, 6], [6, 4], [1, 1]),
        Gemm("GemmOfRows", [3, 6], [6, 4], [4]),
        Gemm("GemmOfRowsPlusColumn", [3, 6], [6, 4], [3, 1], ("beta", 0.5f)),
        Gemm("GemmOfRowsPlusMatrix", [3, 6], [6, 4], [3, 4], ("alpha", 0.5f)),
        Gemm("GemmOfSquareRowsPlusColumn", [4, 6], [6, 4], [4, 1]),
        Gemm("GemmToOne", [0, 6], [6, 1], [1]),
        Gemm("GemmToOneOfRowsPlusColumn", [3, 6], [6, 1], [3, 1]),
        Gemm("GemmWide", [0, 130], [67, 130], [67], ("transB", 1)),

        new OnnxFile().Input("a", [3, 4]).Input("b", [5, 4]).Input("c", [5]).Node("Gemm", ["a", "b", "c"], ["y"], ("transB", 1), ("alpha", 0.5f), ("beta", 3f)).End("GemmOfActivations"),
        new OnnxFile().Input("a", [4, 3]).Input("b", [4, 5]).Node("Gemm", ["a", "b"], ["y"], ("transA", 1)).End("GemmOfTurnedActivations"),
        new OnnxFile().Input("x", [null, 6]).Input("c", [null, 4]).Weights("w", 6, 4).Node("Gemm", ["x", "w", "c"], ["y"]).End("GemmPlusActivation"),
        X(13, 4, 5).Weights("w", 3, 4).Node("Gemm", ["w", "x"], ["y"]).End("GemmWithWeightLeft"),
        X(13, 4, 1).Weights("w", 3, 4).Weights("b", 3, 1).Node("Gemm", ["w", "x", "b"], ["y"]).End("GemmWithWeightLeftPlusColumn"),

        Product("MatMul1", [0, 6], [6, 4]),
        Product("MatMulOfVector", [6], [6, 4]),
        Product("MatMulByVector", [0, 6], [6]),
        Product("MatMulOfVectors", [6], [6]),
        Product("MatMulOfRows", [5, 6], [6, 4]),
        Product("MatMulOfBatchOne", [1, 1, 6], [6, 4]),
        Product("MatMulOfThree", [0, 3, 6], [6, 4]),
        Product("MatMulOfFour", [1, 2, 3, 6], [6, 4]),
        Product("MatMulByOneOfThree", [1, 3, 6], [1, 6, 4]),
        Product("MatMulOfThreeByVector", [0, 3, 6], [6]),
        Product("MatMulOfTwoByThree", [3, 6], [1, 6, 4]),
        Product("MatMulOfVectorByThree", [6], [1, 6, 4]),
        Product("MatMulWeightLeft", [6, 1], [4, 6], isLeft: true),
        Product("MatMulWeightLeftOfVector", [6], [4, 6], isLeft: true),
        Product("MatMulWeightLeftOfThree", [1, 6, 1], [4, 6], isLeft: true),
        Product("MatMulWeightLeftOfColumns", [6, 5], [4, 6], isLeft: true),
        Product("MatMulVectorLeft", [6, 5], [6], isLeft: true),
        Product("MatMulWide", [0, 70], [70, 130]),

        Two("MatMulOfTwoInputs", "MatMul", [2, 5], [5, 3]),
        Two("MatMulOfTwoVectors", "MatMul", [5], [5]),
        Two("MatMulOfInputsByVector", "MatMul", [2, 5], [5]),
        Two("MatMulOfThreeByTwo", "MatMul", [2, 3, 5], [5, 3]),
        Two("MatMulOfOneEach", "MatMul", [1, 3, 5], [1, 5, 3]),

        // Attention: scores of rows against each other.
        X(13, 1, 4, 6).Weights("q", 6, 6).Weights("k", 6, 6).Weights("v", 6, 6)
            .Node("MatMul", ["x", "q"], ["xq"]).Node("MatMul", ["x", "k"], ["xk"]).Node("MatMul", ["x", "v"], ["xv"])
            .Node("Transpose", ["xk"], ["t"], ("perm", new[] { 0, 2, 1 })).Node("MatMul", ["xq", "t"], ["s"]).Node("Softmax", ["s"], ["p"], ("axis", -1))
            .Node("MatMul", ["p", "xv"], ["y"]).End("Attention"),

        // One weight for two layers, and both ways round.
        X(13, 0, 6).Weights("w", 6, 6).Node("MatMul", ["x", "w"], ["h"]).Node("Tanh", ["h"], ["a"]).Node("MatMul", ["a", "w"], ["y"]).End("WeightUsedTwice"),
        X(13, 0, 6).Weights("w", 4, 6).Node("Gemm", ["x", "w"], ["h"], ("transB", 1)).Node("Tanh", ["h"], ["a"]).Node("Gemm", ["a", "w"], ["y"]).End("WeightUsedBothWays"),
        X(13, 0, 6).Weights("w", 4, 6).Node("Transpose", ["w"], ["t"]).Node("MatMul", ["x", "t"], ["y"]).End("WeightTurnedBefore"),
        X(13, 0, 6).Weights("v", 6, 3).Weights("w", 3, 6).Node("MatMul", ["v", "w"], ["t"]).Node("MatMul", ["x", "t"], ["y"]).End("WeightThatIsAProduct"),
    ];

    // An Add behind a product: the bias of the layer, and what only looks like one.
    private static IEnumerable<OnnxCase> Biases =>
    [
        Layer().Weights("b", 4).Node("Add", ["z", "b"], ["y"]).End("Bias"),
        Layer().Weights("b", 4).Node("Add", ["b", "z"], ["y"]).End("BiasLeft"),
        Layer().Weights("b", 1, 4).Node("Add", ["z", "b"], ["y"]).End("BiasOfOneRow"),
        Layer().Constant("b", [4], [1f, -2, 3, -4]).Node("Add", ["z", "b"], ["y"]).End("BiasInNode"),
        X(13, 0, 6).Weights("w", 6, 4).Node("MatMul", ["x", "w"], ["z"]).Constant("b", [4], [1f, -2, 3, -4]).Node("Neg", ["b"], ["c"]).Node("Add", ["z", "c"], ["y"]).End("BiasMadeLater"),
        Layer().Weights("b", 1).Node("Add", ["z", "b"], ["y"]).End("ScalarBehindProduct"),
        Layer().Weights("b", 3, 4).Node("Add", ["z", "b"], ["y"]).End("MatrixBehindProduct"),
        Layer().Weights("b", 4, 1).Node("Add", ["z", "b"], ["y"]).End("ColumnBehindProduct"),
        Layer().Weights("b", 1, 1, 4).Node("Add", ["z", "b"], ["y"]).End("MoreAxesBehindProduct"),
        Layer().Node("Add", ["z", "z"], ["y"]).End("ProductTwiceInAdd"),
        Layer().Weights("b", 4).Node("Add", ["z", "b"], ["a"]).Node("Mul", ["a", "z"], ["y"]).End("ProductReadTwice"),
        Layer().Weights("b", 4).Node("Add", ["z", "b"], ["y"]).Output("z", null).End("ProductWanted"),
        Layer().Weights("b", 4).Node("Sub", ["z", "b"], ["y"]).End("SubBehindProduct"),
        Layer().Weights("b", 4).Weights("c", 4).Node("Add", ["z", "b"], ["a"]).Node("Add", ["a", "c"], ["y"]).End("TwoBiases"),
        Layer().Node("Add", ["z", "s"], ["y"]).End("ActivationBehindProduct"),
        Layer(3).Weights("b", 4).Node("Add", ["z", "b"], ["y"]).End("BiasOfRows"),
        Layer(3).Weights("b", 3, 1).Node("Add", ["z", "b"], ["y"]).End("ColumnBehindRows"),
        Layer(4).Weights("b", 4, 1).Node("Add", ["z", "b"], ["y"]).End("ColumnBehindSquareRows"),
        X(13, 6, 1).Weights("w", 4, 6).Weights("b", 4, 1).Node("MatMul", ["w", "x"], ["z"]).Node("Add", ["z", "b"], ["y"]).End("ColumnBehindWeightLeft"),
        X(13, 6, 1).Weights("w", 4, 6).Weights("b", 4).Node("MatMul", ["w", "x"], ["z"]).Node("Add", ["z", "b"], ["y"]).End("RowBehindWeightLeft"),
        X(13, 6).Weights("w", 4, 6).Weights("b", 4).Node("MatMul", ["w", "x"], ["z"]).Node("Add", ["z", "b"], ["y"]).End("BiasBehindWeightLeft"),
        X(13, 3, 6).Weights("w", 6).Weights("b", 1).Node("MatMul", ["x", "w"], ["z"]).Node("Add", ["z", "b"], ["y"]).End("BiasBehindVector"),
        X(13, 3, 6).Weights("w", 6).Weights("b", 3).Node("MatMul", ["x", "w"], ["z"]).Node("Add", ["z", "b"], ["y"]).End("VectorBehindVector"),
        X(13, 6).Weights("w", 6).Weights("b", 1).Node("MatMul", ["x", "w"], ["z"]).Node("Add", ["z", "b"], ["y"]).End("BiasBehindScalar"),
        X(13, 0, 6).Weights("w", 6, 4).Weights("b", 4).Weights("c", 4).Node("Gemm", ["x", "w", "b"], ["z"]).Node("Add", ["z", "c"], ["y"]).End("BiasBehindBias"),
        X(13, 0, 6).Weights("w", 6, 4).Weights("c", 4).Node("Gemm", ["x", "w"], ["z"], ("alpha", 2f)).Node("Add", ["z", "c"], ["y"]).End("BiasBehindScaled"),
        X(13, 0, 6).Weights("w", 6, 1).Weights("b", 1).Node("MatMul", ["x", "w"], ["z"]).Node("Add", ["z", "b"], ["y"]).End("BiasOfOneUnit"),
        X(13, 0, 6).Weights("w", 6, 1).Weights("b", 5).Node("MatMul", ["x", "w"], ["z"]).Node("Add", ["z", "b"], ["y"]).End("LongerBehindOneUnit"),
    ];

    // s is an activation of z's shape.
    private static OnnxFile Layer(int rows = 0) => X(13, rows, 6).Weights("w", 6, 4).Weights("u", 6, 4)
        .Node("MatMul", ["x", "u"], ["r"]).Node("Tanh", ["r"], ["s"]).Node("MatMul", ["x", "w"], ["z"]);

    private static OnnxCase Gemm(string name, int[] x, int[] w, int[]? c, params (string Name, OnnxValueOf Value)[] attributes)
    {
        OnnxFile file = X(13, x).Weights("w", w);
        return (c is null ? file.Node("Gemm", ["x", "w"], ["y"], attributes) : file.Weights("c", c).Node("Gemm", ["x", "w", "c"], ["y"], attributes)).End(name);
    }

    private static OnnxCase Product(string name, int[] x, int[] w, bool isLeft = false) =>
        X(13, x).Weights("w", w).Node("MatMul", isLeft ? ["w", "x"] : ["x", "w"], ["y"]).End(name);
}
