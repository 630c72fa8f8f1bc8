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
}
