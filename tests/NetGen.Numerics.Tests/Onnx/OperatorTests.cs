using NetGen.Generator;

namespace NetGen.Numerics.Tests.Onnx;

/// <summary>Every operator, in every form that the opsets give it, against ONNX Runtime.</summary>
public sealed class OperatorTests
{
    private const int NetworksEach = 40;

    private static readonly Dictionary<string, OnnxCase> Cases = OperatorCases.All.ToDictionary(c => c.Name);

    private static readonly IReadOnlyDictionary<string, OnnxNetworks> Networks = OnnxNetworks.Of(Cases.Values, NetworksEach);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Computes_what_ONNX_Runtime_does(string name) => OnnxComparison.AssertSame(Cases[name], Networks[name]);

    [Fact]
    public void Every_operator_has_a_case() =>
        Assert.Empty(OnnxOperators.Names.Except(Cases.Values.SelectMany(c => c.Operators)));
}
