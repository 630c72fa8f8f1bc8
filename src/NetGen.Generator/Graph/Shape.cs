namespace NetGen.Generator;

/// <summary>A static shape: [] for a scalar, [n] for a vector, [rows, columns] for a matrix.</summary>
internal sealed record Shape(EquatableArray<int> Dimensions)
{
    public static Shape Scalar { get; } = new([]);

    public static Shape Vector(int length) => new([length]);

    public static Shape Matrix(int rows, int columns) => new([rows, columns]);

    public int this[int axis] => Dimensions[axis];

    public int Rank => Dimensions.Count;

    public int Count => Dimensions.Aggregate(1, (product, d) => checked(product * d));

    /// <summary>A loop variable for each dimension.</summary>
    public LoopVariable[] Axes() => Rank switch
    {
        0 => [],
        1 => [new LoopVariable("i", this[0])],
        _ => [new LoopVariable("o", this[0]), new LoopVariable("i", this[1])],
    };

    public override string ToString() => $"[{string.Join(", ", Dimensions)}]";
}
