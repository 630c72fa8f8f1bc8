using System.Runtime.CompilerServices;
using NetGen.Testing.Onnx;

namespace NetGen.Generator.Tests.Onnx;

/// <summary>Files as PyTorch writes them.</summary>
public class OnnxCorpusTests
{
    public static TheoryData<string> Names => [.. OnnxCorpus.Names];

    [Fact]
    public void It_is_there() => Assert.InRange(OnnxCorpus.Names.Count, 25, 1000);

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_read(string name)
    {
        OnnxModel model = OnnxModel.Read(OnnxCorpus.Read(name));
        OnnxVectors vectors = OnnxCorpus.Vectors(name);

        Assert.Equal("pytorch 1.13.0", model.Producer);
        Assert.Equal(vectors.Inputs.Keys, model.Graph.Inputs.Select(i => i.Name));
        Assert.All(model.Graph.Inputs, i => AssertFits(i, vectors.Inputs[i.Name]));
        Assert.Subset(model.Graph.Outputs.Select(o => o.Name).ToHashSet(), vectors.Outputs.Keys.ToHashSet());
        Assert.All(model.Graph.Outputs.Where(o => vectors.Outputs.ContainsKey(o.Name)), o => AssertFits(o, vectors.Outputs[o.Name]));
        Assert.All(model.Graph.Initializers, i => Assert.Equal(i.Value.Dimensions.Aggregate(1, (a, b) => a * b), i.Value.Count));
        Assert.All(model.Graph.Initializers.Values.Where(t => t.IsFloat), t => Assert.All(t.Floats, f => Assert.InRange(f, -1e4f, 1e4f)));
    }

    // Which operators there are is what a reader of the folder wants to know first.
    [Theory]
    [MemberData(nameof(Names))]
    public void Is_in_the_table_of_the_folder(string name)
    {
        OnnxModel model = OnnxModel.Read(OnnxCorpus.Read(name));
        string operators = string.Join(", ", model.Graph.Nodes.Select(n => n.Operator).Distinct().Order(StringComparer.Ordinal));

        Assert.Contains($"| `{name}` | {model.Opset} | {operators} |", Page(), StringComparison.Ordinal);
    }

    private static void AssertFits(OnnxValue value, OnnxVector vector)
    {
        Assert.Equal(OnnxElementType.Float, value.Type);
        Assert.Equal(vector.Shape.Count, value.Shape!.Count);
        Assert.All(value.Shape.Zip(vector.Shape), d => Assert.True(d.First.Size is null ? d.First.Parameter == "batch" : d.First.Size == d.Second));
        Assert.Equal(vector.Shape.Aggregate(1, (a, b) => a * b), vector.Values.Count);
    }

    private static string Page([CallerFilePath] string file = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "onnx", "README.md"));
}
