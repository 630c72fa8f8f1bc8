using NetGen.Testing.Onnx;

namespace NetGen.Generator.Tests.Onnx;

/// <summary>What [OnnxNetwork] says of axes that are open and of inputs that never change.</summary>
public class OnnxSettingsTests
{
    public static TheoryData<string, string, string> Refusals => new()
    {
        { "length", "", "Dimensions = \"length\" is no list such as \"name=16, other=3\": it goes wrong at 'length'" },
        { "length=4, =3", "", "it goes wrong at '=3'" },
        { "length=4; width=3", "", "Dimensions: no axis 'length=4; width' is open" },
        { "height=4", "", "Dimensions: no axis 'height' is open; open are 'batch', 'length', 'x[2]'" },
        { "x[3]=4", "", "Dimensions: no axis 'x[3]' is open" },
        { "length=4, length=5", "", "Dimensions: 'length' is there twice" },
        { "length=0", "", "Dimensions: 'length' cannot be 0, only a whole number from 1 to 1,048,576" },
        { "length=1048577", "", "'length' cannot be 1048577" },
        { "length=99999999999999999999", "", "'length' cannot be 99999999999999999999" },
        { "length=2.5", "", "'length' cannot be 2.5" },
        { "length=1048576, x[2]=4", "", "input 'x' has more than 1,048,576 elements" },
        { "length=2", "sr=1", "axis 2 of input 'x': open, and not the batch" },
        { "length=2, x[2]=1", "fs=1", "Constants: there is no input 'fs'; the file has 'x', 'sr'" },
        { "length=2, x[2]=1", "sr=1, sr=1", "Constants: 'sr' is there twice" },
        { "length=2, x[2]=1", "sr=1.5", "Constants: 1.5 is no element of type Int64, as input 'sr' is" },
        { "length=2, x[2]=1", "sr=9223372036854775808", "is no element of type Int64" },
        { "length=2, x[2]=1", "x=1-2", "Constants: 1-2 is no number, as input 'x' is" },
        { "length=2, x[2]=1", "", "input 'sr' is of type Int64" },
        { "length=2, x[2]=1", "sr=1, x=1", "the outputs do not depend on an input" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_makes_no_sense_is_refused(string dimensions, string constants, string message)
    {
        OnnxException error = Assert.Throws<OnnxException>(() => Import(dimensions, constants));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("length=2, x[2]=3", 6)]
    [InlineData(" length = 2 ,x[1]=4,x[2]=1, ", 4)]
    [InlineData("length=2,batch=5,x[2]=1", 10)]
    public void Sizes_of_one_axis_go_before_those_of_a_name(string dimensions, int inputs) =>
        Assert.Equal(inputs, Import(dimensions, "sr=16000").Input.Shape.Count);

    [Fact]
    public void A_constant_is_no_input() => Assert.Equal(["x"], Import("length=2, x[2]=3", "sr=16000").InputNames);

    private static NetworkGraph Import(string dimensions, string constants) => new OnnxOutputs(
        OnnxModel.Read(new OnnxFile().Input("x", ["batch", "length", null]).Input("sr", [], OnnxElementType.Int64)
            .Node("Cast", ["sr"], ["f"], ("to", 1)).Node("Mul", ["x", "f"], ["y"]).Output("y", null).ToArray()),
        new OnnxSettings([]) { Dimensions = dimensions, Constants = constants },
        CancellationToken.None).Import().Train(Losses.All[1]);
}
