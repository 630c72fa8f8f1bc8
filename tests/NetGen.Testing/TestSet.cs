namespace NetGen.Testing;

/// <summary>
/// How much of the tests a run does, by the environment variable NETGEN_TESTS. Without it a part that covers every kind of
/// thing that is tested, in minutes; with <c>full</c> all combinations, as .ci/run does; with <c>exhaustive</c> also all
/// floats and a hundred thousand damaged files, which takes hours.
/// </summary>
public static class TestSet
{
    public const string Variable = "NETGEN_TESTS";

    private static readonly string Chosen = Read(Environment.GetEnvironmentVariable(Variable));

    public static bool IsFull => Chosen is "full" or "exhaustive";

    public static bool IsExhaustive => Chosen is "exhaustive";

    /// <summary>A number for each of the three: how many, or how far apart.</summary>
    public static int Choose(int byDefault, int full, int exhaustive) => IsExhaustive ? exhaustive : IsFull ? full : byDefault;

    // A misspelt word would pass for a full run.
    private static string Read(string? value) => value is null or "" or "full" or "exhaustive"
        ? value ?? ""
        : throw new InvalidOperationException($"{Variable} is '{value}'; it may be unset, 'full' or 'exhaustive'.");
}
