namespace NetGen.Numerics.Tests.Onnx;

/// <summary>Files of which a part can be had, that leave something open, or of every opset: what is compiled of them, against ONNX Runtime.</summary>
public sealed class OnnxChoiceTests
{
    // What is chosen is not about the length of vectors.
    private static readonly Dictionary<string, OnnxCase> Cases = OperatorCases.Choices.ToDictionary(c => c.Name, c => c with
    {
        Options = string.Join(", ", new[] { c.Options, c.Options.Contains("Simd", StringComparison.Ordinal) ? "" : $"Simd = NetGen.Simd.{NetworkSpec.FewVectors}" }.Where(o => o.Length > 0)),
    });

    private static readonly OnnxNetworks Networks = new([.. Cases.Values]);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Computes_what_ONNX_Runtime_does(string name) => OnnxComparison.AssertSame(Cases[name], Networks);
}
