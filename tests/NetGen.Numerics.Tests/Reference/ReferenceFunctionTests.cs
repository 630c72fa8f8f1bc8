using NetGen.Testing.Reference;

namespace NetGen.Numerics.Tests.Reference;

/// <summary>The reference's own series against the C library's functions, as Python prints them.</summary>
public sealed class ReferenceFunctionTests
{
    [Theory]
    [InlineData("NormalCdf", -8, 6.220960574271819e-16)]
    [InlineData("NormalCdf", -3, 0.0013498980316300957)]
    [InlineData("NormalCdf", -1, 0.15865525393145707)]
    [InlineData("NormalCdf", 0, 0.5)]
    [InlineData("NormalCdf", 0.5, 0.6914624612740131)]
    [InlineData("NormalCdf", 2.9, 0.998134186699616)]
    [InlineData("Erf", 0.5, 0.5204998778130465)]
    [InlineData("Erf", -1, -0.8427007929497149)]
    [InlineData("Erf", 2, 0.9953222650189527)]
    [InlineData("Expm1", -30, -0.9999999999999064)]
    [InlineData("Expm1", -0.5, -0.3934693402873666)]
    [InlineData("Expm1", 1e-10, 1.00000000005e-10)]
    [InlineData("Log1p", -0.5, -0.6931471805599453)]
    [InlineData("Log1p", 1e-10, 9.9999999995e-11)]
    [InlineData("Sigmoid", -700, 9.859676543759770e-305)]
    [InlineData("Sigmoid", 2, 0.8807970779778823)]
    public void Functions_agree_with_the_C_library(string name, double x, double expected)
    {
        double actual = ReferenceFunctions.Evaluate(name, x);
        Assert.True(Math.Abs(actual - expected) <= 1e-13 * Math.Abs(expected), $"{name}({x}) = {actual:R}, not {expected:R}");
    }
}
