using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NetGen.CompilerServices;

namespace NetGen.Runtime.Tests;

public class InitialWeightsTests
{
    [Theory]
    [InlineData(0.02)]
    [InlineData(3.0)]
    public void UniformHasTheVarianceAndStaysInBounds(double variance)
    {
        float[] values = new float[100_000];
        new InitialWeights(1).FillUniform(values, variance);

        float limit = (float)Math.Sqrt(3 * variance);
        Assert.All(values, value => Assert.InRange(value, -limit, limit));
        Assert.True(values.Min() < -0.999f * limit && values.Max() > 0.999f * limit);
        AssertMoments(values, variance, fourthMoment: 1.8);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(3.0)]
    public void NormalHasTheVarianceAndTheShape(double variance)
    {
        float[] values = new float[100_000];
        new InitialWeights(1).FillNormal(values, variance);

        AssertMoments(values, variance, fourthMoment: 3);
        double deviation = Math.Sqrt(variance);
        Assert.Equal(0.6827, values.Count(value => Math.Abs(value) < deviation) / 1e5, 0.01);
        Assert.Equal(0.9973, values.Count(value => Math.Abs(value) < 3 * deviation) / 1e5, 0.001);
    }

    [Fact]
    public void TheSameSeedGivesTheSameBitsEverywhere()
    {
        // Written down once: a platform or a change that disagrees would give other networks for the same seed.
        float[] values = new float[3001];
        var weights = new InitialWeights(42);
        weights.FillNormal(values.AsSpan(0, 1501), 0.1);
        weights.FillUniform(values.AsSpan(1501), 0.1);

        Assert.Equal(
            "7FB2E22F3D43D4A95A7AC45DA7DAF3129BB608FA6A87B02044EFB6E6E3C83E98",
            Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan()))));
    }

    [Fact]
    public void OneStreamFillsOneTensorAfterAnother()
    {
        float[] whole = new float[10];
        new InitialWeights(3).FillUniform(whole, 1);

        float[] parts = new float[10];
        var weights = new InitialWeights(3);
        weights.FillUniform(parts.AsSpan(0, 4), 1);
        weights.FillUniform(parts.AsSpan(4), 1);

        Assert.Equal(whole, parts);
        Assert.Equal(10, whole.Distinct().Count());
    }

    [Fact]
    public void DefaultIsSeed0()
    {
        float[] expected = new float[5];
        float[] actual = new float[5];
        new InitialWeights(0).FillNormal(expected, 1);
        default(InitialWeights).FillNormal(actual, 1);
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void ABadVarianceIsRefused(double variance)
    {
        Assert.Throws<ArgumentOutOfRangeException>("variance", () => new InitialWeights(1).FillNormal(new float[1], variance));
        Assert.Throws<ArgumentOutOfRangeException>("variance", () => new InitialWeights(1).FillUniform(new float[1], variance));
    }

    [Fact]
    public void LogIsTheLogarithm()
    {
        var random = new RandomStream(2);
        for (int i = 0; i < 100_000; i++)
        {
            // From 2⁻¹⁰⁴ up to 1: the squared radii that the polar method can draw.
            double value = (random.NextSigned() + 1.0000001) / 2 * Math.Pow(2, -random.NextBelow(104));
            double expected = Math.Log(value);
            Assert.Equal(expected, InitialWeights.Log(value), Math.Abs(expected) * 1e-15);
        }
    }

    private static void AssertMoments(float[] values, double variance, double fourthMoment)
    {
        double deviation = Math.Sqrt(variance);
        Assert.Equal(0, values.Average(value => value / deviation), 0.02);
        Assert.Equal(1, values.Average(value => Math.Pow(value / deviation, 2)), 0.02);
        Assert.Equal(fourthMoment, values.Average(value => Math.Pow(value / deviation, 4)), 0.1);

        // Neighbours know nothing of each other.
        Assert.Equal(0, values.Skip(1).Zip(values, (a, b) => a / deviation * b / deviation).Average(), 0.02);
    }
}
