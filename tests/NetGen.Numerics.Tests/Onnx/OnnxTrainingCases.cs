using NetGen.Generator;
using NetGen.Testing;
using NetGen.Testing.Onnx;

namespace NetGen.Numerics.Tests.Onnx;

/// <summary>Files that are trained on: PyTorch's and grown ones, and some that have what trains in a way of its own.</summary>
internal static class OnnxTrainingCases
{
    private static readonly int Graphs = TestSet.Choose(byDefault: 4, full: 18, exhaustive: 200);

    private static readonly string[] FewOfCorpus = ["actor_critic_13", "batchnorm_9", "branches_13", "log_softmax_15", "matrices_15", "residual_17", "tanh_layernorm_17"];

    private static readonly string[] Corpus = TestSet.IsFull
        ? [.. FewOfCorpus, "mlp_relu_9", "mlp_relu_17_fixed", "baselines_policy_15", "gelu_13", "gelu_tanh_15", "mish_silu_15", "residual_9", "soft_13", "elu_selu_celu_13"]
        : FewOfCorpus;

    public static IReadOnlyList<OnnxCase> All { get; } =
    [
        .. Corpus.Select(name => new OnnxCase(name, OnnxCorpus.Read(name)) { Low = -1, High = 1 }),
        .. Enumerable.Range(1000, Graphs).Select(seed => RandomGraph.Grow(seed, steps: 6 + (seed % 11), isSmooth: true)).Where(c => new OnnxReference(c).Sizes.Count > 0),
        .. Enumerable.Range(6000, Graphs / 2).Select(seed => RandomGraph.Grow(seed, steps: 6 + (seed % 7), isSmooth: true, isTrivial: true)).Where(Learns),
        .. Made,
    ];

    /// <summary>Views, concatenations, normalizations, groups and constants.</summary>
    public static IReadOnlyList<OnnxCase> Made =>
    [
        // A normalization of several groups, whose scale learns from all of them.
        new("NormalizedGroups", Start(3, 17).Node("MatMul", ["x", "w.weight"], ["z"]).Node("LayerNormalization", ["z", "g.weight", "g.bias"], ["n"]).Node("Tanh", ["n"], ["y"])
            .Initializer("g.weight", [17], Draw(1, 17)).Initializer("g.bias", [17], Draw(2, 17)).Output("y", null)),

        // A slope and a shift of their own, repeated over rows.
        new("RepeatedParameters", Start(3, 17).Node("MatMul", ["x", "w.weight"], ["z"]).Node("Mul", ["z", "s.weight"], ["m"]).Node("Add", ["m", "s.bias"], ["a"]).Node("Softsign", ["a"], ["y"])
            .Initializer("s.weight", [3, 17], Draw(3, 51)).Initializer("s.bias", [17], Draw(4, 17)).Output("y", null)),

        // One weight that two layers share, and one that is read both ways round.
        new("SharedWeights", Start(1, 17).Node("MatMul", ["x", "w.weight"], ["z"]).Node("Tanh", ["z"], ["a"]).Node("MatMul", ["a", "v"], ["b"]).Node("MatMul", ["b", "v"], ["c"]).Node("Gemm", ["c", "w.weight"], ["y"], ("transB", 1))
            .Initializer("v", [17, 17], Draw(5, 289)).Output("y", null)),

        // A weight and a bias used in all ways: plain, transposed by the product, transposed before, and multiplied.
        new("TiedWeights", Start(1, 17).Node("MatMul", ["x", "w.weight"], ["z"]).Node("Add", ["z", "c"], ["s"]).Node("Tanh", ["s"], ["a"]).Node("Gemm", ["a", "w.weight", "d"], ["u"], ("transB", 1))
            .Node("Tanh", ["u"], ["b"]).Node("Transpose", ["w.weight"], ["t"]).Node("Transpose", ["t"], ["w2"]).Node("Gemm", ["b", "w2", "c"], ["e"], ("alpha", 0.5f), ("beta", -2f)).Node("Tanh", ["e"], ["f"])
            .Node("MatMul", ["f", "t"], ["y"]).Initializer("c", [17], Draw(6, 17)).Initializer("d", [5], Draw(7, 5)).Output("y", null)),
        new("TiedWeightsOfRows", Start(3, 20).Node("MatMul", ["x", "w.weight"], ["z"]).Node("Tanh", ["z"], ["a"]).Node("Gemm", ["a", "w.weight", "d"], ["y"], ("transB", 1)).Initializer("d", [5], Draw(8, 5)).Output("y", null)),

        // What is added to a product is computed, or another for each row; and the weight is on the left.
        new("GemmOfComputedBias", Start(1, 17).Initializer("v", [5, 17], Draw(9, 85)).Node("MatMul", ["x", "v"], ["c"]).Node("Gemm", ["x", "w.weight", "c"], ["y"]).Output("y", null)),
        new("GemmOfBiasForEachRow", Start(3, 17).Initializer("c", [3, 17], Draw(10, 51)).Node("Gemm", ["x", "w.weight", "c"], ["y"], ("alpha", 2f)).Output("y", null)),
        new("GemmOfWeightLeft", Start(5, 17).Initializer("c", [4, 1], Draw(11, 4)).Initializer("v", [4, 5], Draw(12, 20)).Node("Gemm", ["v", "x", "c"], ["z"]).Node("Tanh", ["z"], ["a"]).Node("MatMul", ["a", "w.weight"], ["y"]).Output("y", null)),

        // A base and an exponent that are both learned.
        new("Powers", Start(1, 17).Node("MatMul", ["x", "w.weight"], ["z"]).Node("Sigmoid", ["z"], ["s"]).Initializer("p.weight", [17], Draw(13, 17)).Node("Pow", ["s", "p.weight"], ["q"])
            .Initializer("one", [], [1.5f]).Node("Pow", ["one", "z"], ["r"]).Node("Mul", ["q", "r"], ["y"]).Output("y", null)),

        // Parts of a layer in another order, put together again, with a softmax over several groups.
        new("PartsAndGroups", Start(2, 18).Node("MatMul", ["x", "w.weight"], ["z"]).Node("Split", ["z"], ["p", "q", "r"], ("axis", 1)).Node("Transpose", ["q"], ["t"]).Node("Softmax", ["t"], ["s"], ("axis", 0))
            .Node("MatMul", ["p", "s"], ["m"]).Node("LogSoftmax", ["r"], ["l"], ("axis", 1)).Constant("k", [2, 3], [1f, 2, 3, 4, 5, 6]).Node("Concat", ["l", "k", "m"], ["j"], ("axis", 1)).Node("Slice", ["j", "from", "to", "axis", "step"], ["h"])
            .Initializer("from", [1], [-1L]).Initializer("to", [1], [long.MinValue]).Initializer("axis", [1], [1L]).Initializer("step", [1], [-2L])
            .Node("ReduceMean", ["h"], ["n"], ("axes", new[] { 1 })).Node("Sub", ["h", "n"], ["y"]).Output("y", null).Output("n", null)),

        // Sums over the outer axis and the innermost but one.
        new("RepeatedBetween", Start(3, 20).Node("MatMul", ["x", "w.weight"], ["z"]).Node("Reshape", ["z", "four"], ["f"]).Node("ReduceSum", ["f", "axes"], ["s"]).Node("Tanh", ["s"], ["u"]).Node("Mul", ["f", "u"], ["y"])
            .Initializer("four", [4], [3L, 2, 5, 2]).Initializer("axes", [2], [0L, 2]).Output("y", null)),
    ];

    // Where all is trivial nothing is learned, or computed at all.
    private static bool Learns(OnnxCase @case)
    {
        try
        {
            return new OnnxReference(@case).Sizes.Count > 0;
        }
        catch (OnnxException)
        {
            return false;
        }
    }

    // x of some rows, and a weight to as many columns.
    private static OnnxFile Start(int rows, int columns) => new OnnxFile().Input("x", [rows, 5]).Initializer("w.weight", [5, columns], Draw(columns, 5 * columns));

    private static float[] Draw(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }
}
