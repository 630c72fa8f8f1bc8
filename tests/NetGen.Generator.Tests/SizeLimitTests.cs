using System.Globalization;
using System.Text.RegularExpressions;

namespace NetGen.Generator.Tests;

/// <summary>Networks as large as they may be: generated code checks no index, so a size that wrapped would be memory that is too short.</summary>
public class SizeLimitTests
{
    [Fact]
    public void As_many_parameters_as_there_may_be_are_compiled() =>
        Assert.Contains(
            "268,435,456 parameters",
            Models.Compile(Models.Of("16384-16384", bias: false) with { Optimizer = "Adam" }, Models.ConsumerWithVectors)[0].Text,
            StringComparison.Ordinal);

    [Fact]
    public void A_batch_of_as_many_units_as_there_may_be_has_memory_for_all_of_them()
    {
        const int Hidden = SizeLimits.MostUnits - 1;
        NetworkModel model = Models.Of($"1-{Hidden}-1", bias: false);
        ClassPlan plan = Models.PlanWithVectors(model);
        EquatableArray<GeneratedFile> files = Models.Compile(model, Models.ConsumerWithVectors);

        long rows = plan.Vectors!.BatchRows;
        long[] lengths =
        [
            .. Regex.Matches(string.Concat(files.Select(f => f.Text)), @"Allocate\((-?\d+)\)")
                .Select(match => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)),
        ];
        Assert.NotEmpty(lengths);
        Assert.All(lengths, length => Assert.InRange(length, Hidden, Array.MaxLength));
        Assert.True(lengths.Max() > rows * Hidden, $"{lengths.Max()} floats for {rows} rows of {Hidden}");
    }

    [Fact]
    public void Sizes_that_no_number_holds_are_an_exception() =>
        Assert.Throws<OverflowException>(() => Models.PlanWithVectors(Models.Of("1-119304704-1", bias: false)));

    [Fact]
    public void A_file_has_at_most_as_many_parameters_as_a_network()
    {
        Assert.Null(SizeLimits.Fault(SizeLimits.MostParameters));
        Assert.Contains("268,435,457 parameters", SizeLimits.Fault(SizeLimits.MostParameters + 1), StringComparison.Ordinal);
    }
}
