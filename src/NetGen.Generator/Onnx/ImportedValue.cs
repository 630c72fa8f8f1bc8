namespace NetGen.Generator;

/// <summary>
/// A value of a file while it is imported: floats are a node of the graph, a vector with the elements row by row; whole
/// numbers say shapes and axes, and are known.
/// </summary>
/// <param name="Dimensions">As the file has them, with 1 for the batch.</param>
internal sealed record ImportedValue(EquatableArray<int> Dimensions)
{
    /// <summary>The floats; null for whole numbers.</summary>
    public Node? Node { get; init; }

    /// <summary>The whole numbers; null for floats.</summary>
    public long[]? Integers { get; init; }

    /// <summary>Whether the floats are whole numbers that the network computes: places of what is greatest, and floats that are cut off. They are exact up to 2²⁴.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The initializer that it is, perhaps in another shape; empty for none.</summary>
    public string Initializer { get; init; } = "";

    /// <summary>The known matrix that it is with rows and columns exchanged; null for none.</summary>
    public ImportedValue? TransposeOf { get; init; }

    public int Count => Dimensions.Aggregate(1, (count, d) => checked(count * d));

    public int Rank => Dimensions.Count;

    /// <summary>The floats, where they are known.</summary>
    public TensorData? Known => (Node?.Op as ConstantVectorOp)?.Values;

    public bool IsKnown => Integers is not null || Known is not null;

    public string Shape => $"[{string.Join(", ", Dimensions)}]";
}
