namespace NetGen.Generator.Tests.Onnx;

public class OnnxRefusalTests
{
    public static TheoryData<string> Names => [.. OnnxRefusals.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_refused_with_its_place(string name)
    {
        (byte[] file, string message) = OnnxRefusals.All[name];

        string actual = Assert.IsType<OnnxException>(BoundedRead.Try(file, name)).Message;
        Assert.Contains(message, actual, StringComparison.Ordinal);
        Assert.InRange(actual.Length, 1, 500);
        Assert.DoesNotContain(actual, char.IsControl);
    }
}
