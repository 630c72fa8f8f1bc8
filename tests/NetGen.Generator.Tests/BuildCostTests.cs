namespace NetGen.Generator.Tests;

/// <summary>Vector code has the forms that cost a compiler least.</summary>
public class BuildCostTests
{
    [Theory]
    [InlineData("784-128-10")]
    [InlineData("4-16-16-3")]
    [InlineData("2-8-1")]
    public void No_overload_is_chosen_where_a_method_without_any_does(string sizes)
    {
        string[] widths =
        [
            .. NetworkCompiler.Compile(Models.Of(sizes), Models.ConsumerWithVectors, TestContext.Current.CancellationToken)
                .Where(file => file.HintSuffix.StartsWith("Vector", StringComparison.Ordinal) && file.HintSuffix != "Vectors")
                .GroupBy(file => file.HintSuffix.Split('-')[0], file => file.Text)
                .Select(texts => string.Concat(texts)),
        ];

        Assert.Equal(3, widths.Length);
        Assert.All(widths, text => Assert.Contains("Splat", text, StringComparison.Ordinal));

        // Constants are the platform's own, and so are the few places at the head of a method.
        Assert.All(widths, text => Assert.DoesNotMatch(@"\.Create\([^-0-9]", text));
        Assert.All(widths, text => Assert.DoesNotMatch(@"\bUnsafeRef\.Add\(ref (?!\w+Start, )", text));
    }
}
