namespace NetGen.Generator.Tests;

/// <summary>What passes through the pipeline.</summary>
internal static class Steps
{
    public static IEnumerable<object?> Values(GeneratorRun run, string step) =>
        run.Driver.GetRunResult().Results[0].TrackedSteps.TryGetValue(step, out var steps)
            ? steps.SelectMany(s => s.Outputs).Select(output => (object?)output.Value)
            : [];

    /// <summary>The networks that were read; null for a class with an error.</summary>
    public static NetworkModel?[] Networks(GeneratorRun run) => [.. Values<DeclaredNetwork>(run, TrackingNames.Parse).Select(declared => declared?.Network)];

    /// <summary>Whether a file holds the members of a class that cannot be compiled.</summary>
    public static bool IsOutline(GeneratedText file) => file.Text.Contains(" NotCompiled() => ", StringComparison.Ordinal);

    public static IEnumerable<T?> Values<T>(GeneratorRun run, string step)
        where T : class => Values(run, step).Cast<T?>();
}
