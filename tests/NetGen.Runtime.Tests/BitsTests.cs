using NetGen.CompilerServices;

namespace NetGen.Runtime.Tests;

public class BitsTests
{
    [Theory]
    [InlineData(0f, 0)]
    [InlineData(1f, 0x3F800000)]
    [InlineData(-2f, unchecked((int)0xC0000000))]
    [InlineData(float.Epsilon, 1)]
    [InlineData(float.PositiveInfinity, 0x7F800000)]
    public void AreThoseOfIeee754(float value, int bits)
    {
        Assert.Equal(bits, Bits.ToInt32(value));
        Assert.Equal(value, Bits.ToSingle(bits));
    }
}
