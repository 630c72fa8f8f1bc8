namespace NetGen.Generator;

/// <summary>An input or output of a graph, as it is declared.</summary>
/// <param name="Name">What nodes know it by.</param>
/// <param name="Type">Its elements; <see cref="OnnxElementType.Undefined"/> where none is given.</param>
/// <param name="Shape">Null where none is given; empty for a scalar.</param>
internal sealed record OnnxValue(string Name, OnnxElementType Type, IReadOnlyList<OnnxDimension>? Shape)
{
    /// <summary>What it is where it is no tensor: <c>a sequence</c>. Empty for a tensor.</summary>
    public string Other { get; init; } = "";
}

/// <param name="Size">Null where it is open, as a batch's often is.</param>
/// <param name="Parameter">The name of an open size, such as <c>batch_size</c>; null where it has none.</param>
internal readonly record struct OnnxDimension(long? Size, string? Parameter);
