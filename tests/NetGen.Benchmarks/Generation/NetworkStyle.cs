namespace NetGen.Benchmarks.Generation;

/// <summary>How a network is declared, beside its widths.</summary>
/// <param name="Hidden">The activation in between.</param>
/// <param name="Output">The activation at the end.</param>
/// <param name="Options">More properties of [Network], each after a comma.</param>
public sealed record NetworkStyle(string Hidden, string Output, string Options)
{
    /// <summary>What the peers compute.</summary>
    public static NetworkStyle Usual { get; } = new("Tanh", "Linear", "");
}
