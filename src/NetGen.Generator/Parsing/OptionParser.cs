using System.Globalization;
using Microsoft.CodeAnalysis;

namespace NetGen.Generator;

/// <summary>Reads the numbers that a declaration sets in the formulas of the catalogue, and says which are none or out of range.</summary>
internal static class OptionParser
{
    public static IEnumerable<DeclaredOption> Of(AttributeReader attribute, OptimizerRow? row) => row is null ? [] :
        Read(attribute, Optimizers.OptionNames, row.Options, "Optimizer." + row.Name, name => Optimizers.All.Where(r => r.Options.Any(o => o.Name == name)).Select(r => "Optimizer." + r.Name));

    public static IEnumerable<DeclaredOption> Of(AttributeReader attribute, LossRow? row) => row is null ? [] :
        Read(attribute, Losses.OptionNames, row.Options, "Loss." + row.Name, name => Losses.All.Where(r => r.Options.Any(o => o.Name == name)).Select(r => "Loss." + r.Name));

    public static IEnumerable<DeclaredOption> Of(AttributeReader attribute, ActivationRow? row) => row is null ? [] :
        Read(attribute, Activations.OptionNames, row.Options, "Activation." + row.Name, name => Activations.All.Where(r => r.Options.Any(o => o.Name == name)).Select(r => "Activation." + r.Name));

    /// <param name="names">What there may be, of any row.</param>
    /// <param name="own">The options of the row that was declared.</param>
    /// <param name="row">The row, as it is written.</param>
    /// <param name="others">Those rows that have an option, as they are written.</param>
    private static IEnumerable<DeclaredOption> Read(
        AttributeReader attribute, EquatableArray<string> names, EquatableArray<RowOption> own, string row, Func<string, IEnumerable<string>> others)
    {
        foreach (string name in names)
        {
            if (attribute.Single(name) is not { } value)
            {
                continue;
            }

            if (own.FirstOrDefault(o => o.Name == name) is not { } option)
            {
                attribute.Report(Descriptors.Option, name, name, $"means nothing to {row}; leave it out, or use {string.Join(" or ", others(name))}");
            }
            else if (!option.Range.Holds(value))
            {
                attribute.Report(Descriptors.Option, name, name, $"must be {option.Range.Text}, but is {value.ToString(CultureInfo.InvariantCulture)}");
            }
            else
            {
                yield return DeclaredOption.Of(name, value);
            }
        }
    }
}
