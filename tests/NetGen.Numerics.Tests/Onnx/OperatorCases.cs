using NetGen.Testing.Onnx;

namespace NetGen.Numerics.Tests.Onnx;

/// <summary>A file for every form of every operator.</summary>
internal static partial class OperatorCases
{
    public static IReadOnlyList<OnnxCase> All { get; } =
    [
        .. Functions,
        .. Pairs,
        .. Products,
        .. Biases,
        .. Shapes,
        .. Orders,
        .. Reductions,
        .. Normalizations,
        .. Files,
    ];

    /// <summary>Files of which a part is compiled, that leave something open, and one of every opset.</summary>
    public static IReadOnlyList<OnnxCase> Choices { get; } = [.. Parts, .. Open, .. Opsets, .. Known, .. Branches, .. WholeNumbers];

    /// <summary>Begins a file with the input x. A dimension of 0 is open.</summary>
    private static OnnxFile X(int opset, params int[] shape) => new OnnxFile(opset).Input("x", Sizes(shape));

    private static OnnxSize[] Sizes(int[] shape) => Array.ConvertAll(shape, d => d == 0 ? (OnnxSize)(string?)null : (OnnxSize)d);

    private static OnnxCase End(this OnnxFile file, string name, float low = -2, float high = 2) => new(name, file.Output("y", null)) { Low = low, High = high };

    /// <summary>y = op(x)</summary>
    private static OnnxCase One(string name, string operation, int opset, int[] shape, params (string Name, OnnxValueOf Value)[] attributes) =>
        X(opset, shape).Node(operation, ["x"], ["y"], attributes).End(name);

    /// <summary>y = op(x, k), where whole numbers are given as an input.</summary>
    private static OnnxCase With(string name, string operation, int opset, int[] shape, long[] k, params (string Name, OnnxValueOf Value)[] attributes) =>
        X(opset, shape).Initializer("k", [k.Length], k).Node(operation, ["x", "k"], ["y"], attributes).End(name);

    /// <summary>y = op(a, b)</summary>
    private static OnnxCase Two(string name, string operation, int[] a, int[] b) => new OnnxFile()
        .Input("a", Sizes(a)).Input("b", Sizes(b)).Node(operation, ["a", "b"], ["y"]).End(name, 0.5f);

    /// <summary>y = op(x, k), or op(k, x)</summary>
    private static OnnxCase Constant(string name, string operation, int[] x, int[] k, bool isLeft = false) => X(17, x)
        .Floats("k", 0.5f, 2, k)
        .Node(operation, isLeft ? ["k", "x"] : ["x", "k"], ["y"])
        .End(name, 0.5f);

    /// <summary>An initializer with numbers from −½ to ½.</summary>
    private static OnnxFile Weights(this OnnxFile file, string name, params int[] shape) => file.Floats(name, -0.5f, 0.5f, shape);

    private static OnnxFile Floats(this OnnxFile file, string name, float low, float high, params int[] shape) =>
        file.Initializer(name, shape, Draw(name, low, high, shape.Aggregate(1, (n, d) => n * d)));

    private static float[] Draw(string name, float low, float high, int count)
    {
        var random = new Random(name.Aggregate(count, (seed, c) => (seed * 7) + c));
        return [.. Enumerable.Range(0, count).Select(_ => low + ((high - low) * random.NextSingle()))];
    }
}
