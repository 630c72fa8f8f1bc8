using NetGen.CompilerServices;

namespace NetGen.Runtime.Tests;

/// <summary>What may be learned from: every place of a gradient counts, and no other.</summary>
public class StepCheckTests
{
    private const float LargestSquare = 18446742974197923840f;

    [Theory]
    [InlineData(float.NaN, 1, false, false)]
    [InlineData(float.PositiveInfinity, 1, false, false)]
    [InlineData(float.NegativeInfinity, 0.001f, false, false)]
    [InlineData(float.MaxValue, 1, false, true)]
    [InlineData(float.MinValue, 1, false, true)]
    [InlineData(LargestSquare, 1, true, true)]
    [InlineData(-LargestSquare, 1, true, true)]
    [InlineData(18446744073709551616f, 1, true, false)]
    [InlineData(-18446744073709551616f, 1, true, false)]
    [InlineData(18446744073709551616f, 0.5f, true, true)]
    public void EveryPlaceCounts(float value, float scale, bool isSquared, bool isGood)
    {
        for (int length = 1; length < 80; length++)
        {
            var gradients = new float[length];
            Assert.Equal(2.5, StepCheck.Of(2.5, gradients, scale, isSquared));
            for (int index = 0; index < length; index++)
            {
                gradients[index] = value;
                Assert.Equal(isGood ? -1 : index, StepCheck.IndexOfBad(gradients, scale, isSquared));
                Assert.Equal(isGood ? 2.5 : double.NaN, StepCheck.Of(2.5, gradients, scale, isSquared));
                gradients[index] = 1;
            }
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void ALossThatIsNotFiniteStaysWhatItIs(double loss)
    {
        Assert.False(StepCheck.IsFinite(loss));
        Assert.Equal(loss, StepCheck.Of(loss, [float.NaN], 1, false));
        Assert.Equal(loss, StepCheck.Of(loss, [1], 1, false));
    }

    [Fact]
    public void WhoAsksForAStepIsTold()
    {
        StepCheck.Require([1, -2], 0.5f, true);
        string of(float gradient, bool isSquared) => Assert.Throws<ArithmeticException>(() => StepCheck.Require([1, gradient], 0.5f, isSquared)).Message;
        Assert.Equal("Expected a finite mean gradient, got NaN. No step was taken, and the gradient is forgotten.", of(float.NaN, false));
        Assert.Equal("Expected a finite mean gradient, got 5E+29, whose square is infinite. No step was taken, and the gradient is forgotten.", of(1e30f, true));
    }
}
