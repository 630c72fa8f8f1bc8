namespace NetGen.Generator;

/// <summary>Where the elements of tensors lie. What is computed never depends on it.</summary>
internal interface IPlacement
{
    /// <param name="axes">One for each dimension, or one of extent 1 for a scalar.</param>
    Expr.Element Place(string tensor, Shape shape, LoopVariable[] axes);
}

/// <summary>Row after row without gaps, as the textbook numbers elements.</summary>
internal sealed class RowMajorPlacement : IPlacement
{
    public Expr.Element Place(string tensor, Shape shape, LoopVariable[] axes) =>
        new(tensor, axes.Length > shape.Rank ? Index.RowMajor(Shape.Vector(1), axes) : Index.RowMajor(shape, axes));
}
