namespace NetGen.Generator;

/// <summary>The rows of all tables, by the enum that is written from each.</summary>
internal static class Catalogue
{
    /// <summary>What members of an enum are called elsewhere; nothing for an enum that is of no table.</summary>
    public static IReadOnlyList<(string Alias, string Name)> Aliases(string enumName) => enumName switch
    {
        "Activation" => [.. Activations.All.SelectMany(row => row.Aliases.Select(alias => (alias, row.Name)))],
        "Loss" => [.. Losses.All.SelectMany(row => row.Aliases.Select(alias => (alias, row.Name)))],
        "Optimizer" => [.. Optimizers.All.SelectMany(row => row.Aliases.Select(alias => (alias, row.Name)))],
        "Initializer" => [.. Initializers.All.SelectMany(row => row.Aliases.Select(alias => (alias, row.Name)))],
        _ => [],
    };
}
