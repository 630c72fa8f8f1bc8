namespace NetGen.Generator;

/// <summary>An attribute of a node. What its <paramref name="Kind"/> does not name is zero or empty.</summary>
internal sealed record OnnxAttribute(string Name, OnnxAttributeKind Kind)
{
    public float Float { get; init; }

    public long Integer { get; init; }

    public string Text { get; init; } = "";

    public OnnxTensor? Tensor { get; init; }

    /// <summary>The bytes of a graph, which are read where a node has a use for them.</summary>
    public ArraySegment<byte> Graph { get; init; }

    public IReadOnlyList<float> Floats { get; init; } = [];

    public IReadOnlyList<long> Integers { get; init; } = [];

    public IReadOnlyList<string> Texts { get; init; } = [];
}

internal enum OnnxAttributeKind
{
    Float,
    Integer,
    Text,
    Tensor,
    Floats,
    Integers,
    Texts,
    Graph,

    /// <summary>A sparse tensor, a type or lists of them: their contents are not read.</summary>
    Other,
}
