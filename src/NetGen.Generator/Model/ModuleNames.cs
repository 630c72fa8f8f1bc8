namespace NetGen.Generator;

/// <summary>What PyTorch calls the layers: by their own names, or by their places in the equivalent nn.Sequential.</summary>
internal static class ModuleNames
{
    /// <summary>A name for each layer. One that has its own takes its places in the sequence all the same.</summary>
    public static IEnumerable<string> Of(IEnumerable<LayerModel> layers)
    {
        int place = 0;
        foreach (LayerModel layer in layers)
        {
            yield return layer.Name ?? Literal.Of(place);
            place += layer.ModuleCount;
        }
    }

    /// <summary>What is wrong with a name; null where nothing is.</summary>
    public static string? Fault(string name) =>
        // As in PyTorch, where dots stand between the names of modules and no name is empty.
        name.Split('.').Any(string.IsNullOrWhiteSpace) || name.Any(c => char.IsControl(c) || char.IsSurrogate(c))
            ? "a name is one word, or several with dots between them, such as fc1 or policy.net.0"
        : name == "optimizer" || name.StartsWith("optimizer.", StringComparison.Ordinal)
            ? "what begins with 'optimizer.' is what the optimizer remembers"
        : null;
}
