using NetGen.Testing.Onnx;

namespace NetGen.Generator.Tests.Onnx;

/// <summary>A few bytes that ask for much: they compile to little, or are refused, and soon.</summary>
public class OnnxBombTests
{
    // Each takes a fraction of a second; what goes wrong takes minutes.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("Add", 22)]
    [InlineData("Mul", 22)]
    [InlineData("Mul", 60)]
    public async Task Formulas_that_read_their_input_twice_do_not_double_forever(string operation, int length)
    {
        OnnxFile file = new OnnxFile().Input("x0", [null, 4]);
        for (int i = 0; i < length; i++)
        {
            file.Node(operation, [$"x{i}", $"x{i}"], [$"x{i + 1}"]);
        }

        Assert.InRange(await TextLength(file.Output($"x{length}", null)), 1, 500_000);
    }

    [Fact]
    public async Task Neither_do_chains_of_limits()
    {
        OnnxFile file = new OnnxFile().Input("x0", [null, 4]).Initializer("low", [], [-1.5f]).Initializer("high", [], [2.5f]).Initializer("two", [], [2f]);
        for (int i = 0; i < 20; i++)
        {
            file.Node("Clip", [$"x{i}", "low", "high"], [$"c{i}"]).Node("Mul", [$"c{i}", "two"], [$"x{i + 1}"]);
        }

        Assert.InRange(await TextLength(file.Output("x20", null)), 1, 500_000);
    }

    [Fact]
    public Task Constants_that_are_made_of_constants_have_a_limit() => AssertRefused(
        new OnnxFile()
            .Input("x", [null, 1])
            .Initializer("size", [1], [1L << 20])
            .Node("ConstantOfShape", ["size"], ["c"], ("value", OnnxFile.Tensor("", [1], [1f])))
            .Node("Sum", [.. Enumerable.Repeat("c", 2000)], ["many"])
            .Node("ReduceSum", ["many"], ["sum"], ("keepdims", 0))
            .Node("Add", ["x", "sum"], ["y"]),
        "node 'Sum_1' (Sum): constants made of constants have more than 8,388,608 elements by now");

    [Fact]
    public Task Whole_numbers_that_are_made_of_whole_numbers_have_a_limit() => AssertRefused(
        Enumerable.Range(0, 20).Aggregate(
            new OnnxFile().Input("x", [null, 1]).Initializer("size", [1], [1L << 19]).Node("ConstantOfShape", ["size"], ["n0"], ("value", OnnxFile.Tensor("", [1], [1L]))),
            (file, i) => file.Node("Add", [$"n{i}", $"n{i}"], [$"n{i + 1}"]))
            .Initializer("first", [1], [0L])
            .Node("Gather", ["n20", "first"], ["shape"])
            .Node("Reshape", ["x", "shape"], ["y"]),
        "whole numbers made of whole numbers have more than 1,048,576 elements by now");

    [Theory]
    [InlineData("LayerNormalization")]
    [InlineData("Softmax")]
    public Task Parts_that_are_computed_one_by_one_have_a_limit(string operation) => AssertRefused(
        new OnnxFile().Input("x", [1 << 19, 2]).Initializer("scale", [2], [1f, 2]).Node(operation, operation == "Softmax" ? ["x"] : ["x", "scale"], ["y"]),
        "[524288, 2] has 524,288 parts to compute one by one, more than the 1,000 steps that a graph may have");

    private static async Task AssertRefused(OnnxFile file, string message)
    {
        byte[] bytes = file.Output("y", null).ToArray();
        Task<OnnxException> refused = Task.Run(() => Assert.Throws<OnnxException>(() => OnnxImporter.Import(OnnxModel.Read(bytes), [], Losses.All[1])));

        Assert.Contains(message, (await refused.WaitAsync(Limit)).Message, StringComparison.Ordinal);
    }

    private static Task<int> TextLength(OnnxFile file)
    {
        NetworkModel model = Models.Of("1-1") with { Source = new OnnxFrontEnd("bomb.onnx", file.ToArray().ToEquatableArray(), new OnnxSettings([])) };
        return Task.Run(() => Models.Compile(model, Models.ConsumerWithVectors).Sum(f => f.Text.Length)).WaitAsync(Limit);
    }
}
