namespace NetGen.Generator;

/// <summary>What [OnnxNetwork] says of a file. A part of the cache boundary: the rules of <see cref="NetworkModel"/> hold.</summary>
/// <param name="Outputs">The values of the file that are wanted, by their names; where there are none, its outputs.</param>
internal sealed record OnnxSettings(EquatableArray<string> Outputs)
{
    /// <summary>The sizes of axes that the file leaves open: <c>sequence=576, state[1]=4</c>.</summary>
    public string Dimensions { get; init; } = "";

    /// <summary>What inputs are that never change: <c>sr=16000</c>.</summary>
    public string Constants { get; init; } = "";
}
