using NetGen.Generator;
using NetGen.Testing;

namespace NetGen.Numerics.Tests.Onnx;

/// <summary>
/// Every operator, in every form that the opsets give it, against ONNX Runtime. By default fewer files that have all
/// operators, opsets, attributes and numbers of inputs, each with one of the ways to carry it out.
/// </summary>
public sealed class OperatorTests
{
    private const int NetworksEach = 40;

    private static readonly string[] Ways = ["Simd = NetGen.Simd.Vector128", "Simd = NetGen.Simd.None", "Simd = NetGen.Simd.Vector256"];

    private static readonly Dictionary<string, OnnxCase> Cases = (TestSet.IsFull ? OperatorCases.All : Covered()).ToDictionary(c => c.Name);

    private static readonly IReadOnlyDictionary<string, OnnxNetworks> Networks = OnnxNetworks.Of(Cases.Values, NetworksEach);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Computes_what_ONNX_Runtime_does(string name) => OnnxComparison.AssertSame(Cases[name], Networks[name]);

    [Theory]
    [MemberData(nameof(Names))]
    public void Becomes_a_graph_of_what_ONNX_Runtime_computes(string name)
    {
        OnnxCase @case = Cases[name];
        var reference = new OnnxReference(@case);
        using var oracle = new OnnxOracle(@case);
        float[] x = @case.Draw(1);
        double[] expected = [.. oracle.Run(x).SelectMany(o => o).Select(v => (double)v)];
        float[] actual = Array.ConvertAll(reference.Outputs(Array.ConvertAll(x, v => (double)v)), v => (float)v);
        Near.Assert(name, expected, actual, OnnxComparison.Relative, OnnxComparison.Floor);
    }

    [Fact]
    public void Every_operator_has_a_case() =>
        Assert.Empty(OnnxOperators.Names.Except(Cases.Values.Concat(OperatorCases.Choices).SelectMany(c => c.Operators)));

    private static IEnumerable<OnnxCase> Covered() => Covering.Of(OperatorCases.All, Shows)
        .Select((c, i) => c.Options.Length > 0 ? c : c with { Options = Ways[i % Ways.Length] });

    private static IEnumerable<object> Shows(OnnxCase @case)
    {
        OnnxModel model = OnnxModel.Read(@case.File);
        return model.Graph.Nodes.SelectMany(node => node.Attributes.Keys
            .Select(name => (object)(node.Operator, name))
            .Append((node.Operator, model.Opset))
            .Append((node.Operator, node.Inputs.Count, node.Outputs.Count)));
    }
}
