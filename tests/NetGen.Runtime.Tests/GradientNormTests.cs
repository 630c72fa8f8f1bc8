using NetGen.CompilerServices;

namespace NetGen.Runtime.Tests;

public sealed class GradientNormTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(1003)]
    public void The_norm_is_that_of_the_means(int count)
    {
        var random = new Random(count);
        float[] sums = [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 4) - 2)];
        double exact = Math.Sqrt(sums.Sum(x => (double)x * x)) / 5;
        Assert.Equal(exact, GradientNorm.Of(sums, 0.2f), exact * 1e-7);
        Assert.Equal(0.2f, GradientNorm.Limit(sums, 0.2f, (float)(exact * 1.01)));
        Assert.Equal(0.1, GradientNorm.Limit(sums, 0.2f, (float)(exact / 2)), 1e-6);
    }

    // Eight sums of every eighth element, whatever adds them: the bits are those of this loop.
    [Fact]
    public void The_order_of_the_sum_is_one()
    {
        var random = new Random(1);
        float[] values = [.. Enumerable.Range(0, 1003).Select(_ => random.NextSingle() * MathF.Pow(10, random.Next(-8, 8)))];
        var sums = new double[8];
        for (int i = 0; i < values.Length; i++)
        {
            sums[i % 8] += (double)values[i] * values[i];
        }

        double all = (sums[0] + sums[1] + (sums[2] + sums[3])) + (sums[4] + sums[5] + (sums[6] + sums[7]));
        Assert.Equal((float)Math.Sqrt(all), GradientNorm.Of(values, 1));
    }

    [Fact]
    public void No_square_overflows_or_vanishes()
    {
        Assert.Equal(float.MaxValue, GradientNorm.Of([float.MaxValue, 0], 1));
        Assert.Equal(float.Epsilon, GradientNorm.Of([float.Epsilon, 0], 1));
        Assert.Equal(0, GradientNorm.Of([], 1));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void It_is_finite_where_all_elements_are(float value)
    {
        foreach (int place in new[] { 0, 9, 16 })
        {
            float[] values = new float[17];
            values[place] = value;
            Assert.False(float.IsFinite(GradientNorm.Of(values, 1)));
        }
    }
}
