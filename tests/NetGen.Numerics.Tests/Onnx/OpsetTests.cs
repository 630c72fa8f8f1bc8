using NetGen.Generator;

namespace NetGen.Numerics.Tests.Onnx;

/// <summary>The versions of the operators, from the oldest opset to the newest.</summary>
public sealed class OpsetTests
{
    // The opsets in which an operator came to mean something else by ONNX's changelog, or to have other attributes or inputs.
    // In others its elements may be of more types, and no more.
    private static readonly IReadOnlyDictionary<string, int[]> Changes = new Dictionary<string, int[]>
    {
        ["BatchNormalization"] = [9, 14],
        ["Clip"] = [11],
        ["Constant"] = [12],
        ["Dropout"] = [12],
        ["LogSoftmax"] = [13],
        ["ReduceMean"] = [18],
        ["ReduceSum"] = [13],
        ["Reshape"] = [14],
        ["Shape"] = [15],
        ["Slice"] = [10],
        ["Softmax"] = [13],
        ["Split"] = [13, 18],
        ["Squeeze"] = [13],
        ["Unsqueeze"] = [13],
    };

    public static TheoryData<string> Names => [.. OperatorCases.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_means_the_same_until_one_of_its_operators_changes(string name)
    {
        OnnxCase @case = OperatorCases.All.First(c => c.Name == name);
        OnnxModel model = OnnxModel.Read(@case.File);
        int[] changes = [.. @case.Operators.SelectMany(o => Changes.GetValueOrDefault(o, []))];
        int first = changes.Where(c => c <= model.Opset).Append(OnnxModel.OldestOpset).Max();
        int end = changes.Where(c => c > model.Opset).Append(OnnxModel.NewestOpset + 1).Min();
        string[] expected = Import(model);
        for (int opset = first; opset < end; opset++)
        {
            Assert.Equal(expected, Import(model with { Opset = opset }));
        }

        string[] Import(OnnxModel of) => [.. OnnxImporter.Import(of, @case.Wanted, Losses.All[1]).Graph.Nodes.Select(n => $"{n.Name} = {n.Op} of {string.Join(", ", n.Inputs)}{Values(n.Op)}")];
    }

    private static string Values(Op op) => string.Join(" ", ((op as ConstantVectorOp)?.Values ?? (op as ParameterOp)?.Values)?.Values.ToArray() ?? []);

    [Fact]
    public void Every_meaning_has_a_case()
    {
        foreach ((string operation, int[] changes) in Changes)
        {
            int[] from = [OnnxModel.OldestOpset, .. changes, OnnxModel.NewestOpset + 1];
            for (int i = 1; i < from.Length; i++)
            {
                Assert.True(
                    OperatorCases.All.Any(c => c.Operators.Contains(operation) && OnnxModel.Read(c.File).Opset is var opset && opset >= from[i - 1] && opset < from[i]),
                    $"{operation} has no case from opset {from[i - 1]} to {from[i] - 1}");
            }
        }
    }
}
