using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator;

namespace NetGen.Testing;

/// <summary>What the steps of the pipeline did in the driver's last run.</summary>
public static class Caching
{
    /// <summary>The reasons of a step's outputs, by the step's tracking name; the files themselves are "Output".</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<IncrementalStepRunReason>> Reasons(GeneratorDriver driver)
    {
        GeneratorRunResult result = driver.GetRunResult().Results[0];
        var reasons = new Dictionary<string, IReadOnlyList<IncrementalStepRunReason>>();
        foreach (string name in TrackingNames.All)
        {
            reasons[name] = result.TrackedSteps.TryGetValue(name, out var steps) ? All(steps) : [];
        }

        reasons["Output"] = [.. result.TrackedOutputSteps.SelectMany(steps => All(steps.Value))];
        return reasons;

        static IReadOnlyList<IncrementalStepRunReason> All(IEnumerable<IncrementalGeneratorRunStep> steps) =>
            [.. steps.SelectMany(step => step.Outputs).Select(output => output.Reason)];
    }

    internal static void AssertUnrelatedEditIsCached(GeneratorDriver driver, Compilation compilation, RunOptions options)
    {
        // After an exception the driver's tables are incomplete, and the next run fails for that alone.
        if (driver.GetRunResult().Results[0].Exception is { } thrown)
        {
            throw new InvalidOperationException("The generator threw.", thrown);
        }

        SyntaxTree unrelated = CSharpSyntaxTree.ParseText("internal static class UnrelatedEdit { }", options.ParseOptions, "UnrelatedEdit.cs");
        GeneratorDriver again = driver.RunGenerators(compilation.AddSyntaxTrees(unrelated));
        foreach ((string name, IReadOnlyList<IncrementalStepRunReason> reasons) in Reasons(again))
        {
            if (reasons.Any(r => r is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged)))
            {
                throw new InvalidOperationException(
                    $"An unrelated edit must leave every step Cached or Unchanged, but '{name}' was {string.Join(", ", reasons)}.");
            }
        }
    }
}
