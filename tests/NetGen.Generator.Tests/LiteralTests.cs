using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator.Tests;

/// <summary>Numbers in generated code read back as they were.</summary>
public class LiteralTests
{
    private static readonly float[] Special =
    [
        0, -0f, 1, -1, 0.1f, 1f / 3, 1e-45f, -1e-45f, 1.17549421e-38f, 1.17549435e-38f, 3.40282347e38f, -3.40282347e38f, 16777216,
        16777217, 33554430, 123456789, 1e8f, 1e9f, 1e10f, 0.0001f, 0.00001f, 0.000001f, 9.99999975e-06f, 1e-7f, 0.30000001f, 2147483648,
    ];

    [Fact]
    public void Floats_round_trip()
    {
        var random = new Random(1);
        IEnumerable<float> subnormal = Enumerable.Range(0, 500).Select(_ => BitConverter.Int32BitsToSingle(random.Next(1 << 23)));
        IEnumerable<float> any = Enumerable.Range(0, 3000).Select(_ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)));
        IEnumerable<float> usual = Enumerable.Range(0, 1000).Select(_ => (random.NextSingle() * 2) - 1);
        foreach (float value in Special.Concat(subnormal).Concat(any.Where(float.IsFinite)).Concat(usual))
        {
            Assert.Equal(BitConverter.SingleToInt32Bits(value), BitConverter.SingleToInt32Bits((float)ReadBack(Literal.Of(value))));
        }
    }

    [Fact]
    public void Doubles_round_trip()
    {
        var random = new Random(1);
        IEnumerable<double> any = Enumerable.Range(0, 2000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64()));
        foreach (double value in ((double[])[0, 0.9, 0.999, 1e-12, double.Epsilon, -double.MaxValue, 1d / 3]).Concat(any.Where(double.IsFinite)))
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits((double)ReadBack(Literal.Of(value))));
        }
    }

    [Fact]
    public void What_is_no_number_has_a_name()
    {
        Assert.Equal("float.NaN", Literal.Of(float.NaN));
        Assert.Equal("float.PositiveInfinity", Literal.Of(float.PositiveInfinity));
        Assert.Equal("float.NegativeInfinity", Literal.Of(float.NegativeInfinity));
    }

    [Fact]
    public void The_shortest_digits_are_written()
    {
        Assert.Equal("0.1f", Literal.Of(0.1f));
        Assert.Equal("1f", Literal.Of(1f));
        Assert.Equal("0.9d", Literal.Of(0.9));
        Assert.Equal("100f", Literal.Of(100f));
    }

    [Fact]
    public void The_culture_does_not_matter()
    {
        string[] expected = [.. Texts()];
        CultureInfo before = CultureInfo.CurrentCulture;
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = "\u00a0";
        culture.NumberFormat.NegativeSign = "\u2212";
        culture.NumberFormat.NaNSymbol = "nan";
        try
        {
            CultureInfo.CurrentCulture = culture;
            Assert.Equal(expected, Texts());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        static IEnumerable<string> Texts() =>
        [
            .. Special.Append(float.NaN).Select(Literal.Of),
            .. Special.Select(f => Literal.Of((double)f)),
            Literal.Of(-1234567),
            Literal.Grouped(-1234567),
        ];
    }

    [Fact]
    public void Whole_numbers_are_grouped_for_readers_alone()
    {
        Assert.Equal("234,752", Literal.Grouped(234752));
        Assert.Equal("-234752", Literal.Of(-234752));
    }

    // As the compiler reads it.
    private static object ReadBack(string text)
    {
        ExpressionSyntax expression = SyntaxFactory.ParseExpression(text);
        Assert.Empty(expression.GetDiagnostics());
        Assert.Equal(text, expression.ToFullString());
        bool isNegative = expression is PrefixUnaryExpressionSyntax;
        object value = ((LiteralExpressionSyntax)(expression is PrefixUnaryExpressionSyntax minus ? minus.Operand : expression)).Token.Value!;
        return value switch
        {
            float f => (object)(isNegative ? -f : f),
            double d => isNegative ? -d : d,
            _ => throw new InvalidOperationException($"{text} is no floating-point literal."),
        };
    }
}
