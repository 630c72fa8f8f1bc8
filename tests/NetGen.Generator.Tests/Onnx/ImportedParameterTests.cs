using NetGen.Testing.Onnx;

namespace NetGen.Generator.Tests.Onnx;

/// <summary>What is learned of a file: each initializer once, as it is there, however often and whichever way round products use it.</summary>
public sealed class ImportedParameterTests
{
    private static readonly Dictionary<string, (OnnxFile File, string[] Parameters)> Cases = new()
    {
        ["a bias that is computed"] = (Start().Node("MatMul", ["x", "V2"], ["c"]).Node("Gemm", ["x", "W", "c"], ["y"]), ["V2", "W"]),
        ["a bias for each row"] = (Start().Node("Gemm", ["x", "W", "rows"], ["y"]), ["W", "rows"]),
        ["a bias for all outputs"] = (Start().Node("Gemm", ["x", "W", "one"], ["y"], ("beta", 3f)), ["W", "one"]),
        ["factors"] = (Start().Node("Gemm", ["x", "W", "b"], ["y"], ("alpha", 0.5f), ("beta", 2f)), ["W", "b"]),
        ["a weight on the left"] = (Start().Node("Gemm", ["V", "x"], ["y"], ("transB", 1)), ["V"]),
        ["a product from the left"] = (Start().Node("MatMul", ["V2", "x"], ["y"]), ["V2"]),
        ["both ways round"] = (Start().Node("MatMul", ["x", "W"], ["a"]).Node("Gemm", ["a", "W"], ["y"], ("transB", 1)), ["W"]),
        ["both ways round, the other first"] = (Start().Node("Gemm", ["x", "V"], ["a"], ("transB", 1)).Node("MatMul", ["a", "V"], ["y"]), ["V"]),
        ["transposed before"] = (Start().Node("Transpose", ["V"], ["t"]).Node("MatMul", ["x", "t"], ["a"]).Node("MatMul", ["a", "V"], ["y"]), ["V"]),
        ["transposed twice"] = (Start().Node("Transpose", ["W"], ["t"]).Node("Transpose", ["t"], ["u"]).Node("MatMul", ["x", "u"], ["a"]).Node("Gemm", ["a", "W", "d"], ["y"], ("transB", 1), ("alpha", 2f)), ["W", "d"]),
        ["under another name"] = (Start().Node("Identity", ["W"], ["i"]).Node("Cast", ["i"], ["j"], ("to", 1)).Node("MatMul", ["x", "j"], ["a"]).Node("Gemm", ["a", "W"], ["y"], ("transB", 1)), ["W"]),
        ["in another shape"] = (
            Start().Initializer("three", [3], [1L, 3, 2]).Node("Reshape", ["W", "three"], ["i"]).Node("MatMul", ["x", "i"], ["m"]).Initializer("two", [2], [2L, 2]).Node("Reshape", ["m", "two"], ["a"]).Node("Gemm", ["a", "W"], ["y"], ("transB", 1)), ["W"]),
        ["one bias of two products"] = (Start().Node("Gemm", ["x", "W", "b"], ["p"]).Node("MatMul", ["x", "V2"], ["q"]).Node("Add", ["q", "b"], ["r"]).Node("Mul", ["p", "r"], ["y"]), ["W", "b", "V2"]),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Are_the_initializers_themselves(string name)
    {
        (OnnxFile file, string[] expected) = Cases[name];
        OnnxModel model = OnnxModel.Read(file.Output("y", null).ToArray());
        NetworkGraph network = OnnxImporter.Import(model, [], Losses.All[1]);

        Assert.Equal(expected, network.Parameters.Select(p => ((ParameterOp)p.Op).StateName));
        foreach (Node parameter in network.Parameters)
        {
            var op = (ParameterOp)parameter.Op;
            OnnxTensor tensor = model.Graph.Initializers[op.StateName];
            bool isTurned = parameter.Shape.Rank == 2 && parameter.Shape[0] != tensor.Dimensions[0];
            float[] values = [.. Enumerable.Range(0, tensor.Count).Select(i => op.Values![isTurned ? (i % tensor.Dimensions[1] * tensor.Dimensions[0]) + (i / tensor.Dimensions[1]) : i])];
            Assert.Equal(tensor.Floats, values);
        }
    }

    // x has two rows of three; W and V2 are [3, 2], V is the other way round.
    private static OnnxFile Start() => new OnnxFile().Input("x", [2, 3])
        .Initializer("W", [3, 2], [1f, 2, 3, 4, 5, 6]).Initializer("V2", [3, 2], [7f, 8, 9, 10, 11, 12]).Initializer("V", [2, 3], [13f, 14, 15, 16, 17, 18])
        .Initializer("b", [2], [19f, 20]).Initializer("d", [3], [21f, 22, 23]).Initializer("one", [1], [24f]).Initializer("rows", [2, 2], [25f, 26, 27, 28]);
}
