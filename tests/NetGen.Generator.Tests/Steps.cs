namespace NetGen.Generator.Tests;

/// <summary>What passes through the pipeline.</summary>
internal static class Steps
{
    public static IEnumerable<object?> Values(GeneratorRun run, string step) =>
        run.Driver.GetRunResult().Results[0].TrackedSteps.TryGetValue(step, out var steps)
            ? steps.SelectMany(s => s.Outputs).Select(output => (object?)output.Value)
            : [];

    public static IEnumerable<T?> Values<T>(GeneratorRun run, string step)
        where T : class => Values(run, step).Cast<T?>();
}
