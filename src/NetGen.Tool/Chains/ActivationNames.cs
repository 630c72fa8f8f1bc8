using System.CommandLine;

namespace NetGen.Tool.Chains;

/// <summary>Activations as options take them: by the names of the enum, in any case, with hyphens or without.</summary>
internal static class ActivationNames
{
    public static string Linear => Activations.All[0].Name;

    /// <summary>An option that is the name of a row of <see cref="Activations"/>, or null where it is not given.</summary>
    public static Option<string?> Option(string name, string description) => new(name)
    {
        HelpName = "NAME",
        Description = description,
        CustomParser = result =>
        {
            string given = result.Tokens[0].Value.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
            string? found = Activations.All.Select(row => row.Name).FirstOrDefault(n => n.Equals(given, StringComparison.OrdinalIgnoreCase));
            if (found is null)
            {
                result.AddError($"There is no activation '{OneLine.Name(result.Tokens[0].Value)}': expected {string.Join(", ", Activations.All.Select(row => row.Name))}.");
            }

            return found;
        },
    };
}
