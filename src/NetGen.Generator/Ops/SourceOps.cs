namespace NetGen.Generator;

/// <summary>A value that exists before the computation: it is not computed, and has no inputs.</summary>
internal abstract record SourceOp : Op
{
    public sealed override void Define(IIndexNotation notation) =>
        throw new InvalidOperationException("A source is read, never computed.");

    public sealed override void Differentiate(Adjoints adjoints, Node node, Node adjoint)
    {
        // The chain rule ends here.
    }
}

/// <summary>Given by the caller.</summary>
internal sealed record InputOp(string Name, Shape Shape) : SourceOp
{
    public override Shape InferShape(IReadOnlyList<Shape> inputs) => Shape;

    public override string Describe(Node node, IReadOnlyList<string> inputs) => Name;
}

/// <summary>Learned.</summary>
/// <param name="Initializer">The name of a row of <see cref="Initializers"/>.</param>
internal sealed record ParameterOp(string Name, Shape Shape, string Initializer) : SourceOp
{
    /// <summary>What PyTorch's state_dict calls it, and files of weights.</summary>
    public string StateName { get; init; } = Name;

    /// <summary>What it is before anything is learned; null where the initializer draws it.</summary>
    public TensorData? Values { get; init; }

    public override Shape InferShape(IReadOnlyList<Shape> inputs) => Shape;

    public override string Describe(Node node, IReadOnlyList<string> inputs) => Name;
}

/// <summary>A vector known at compile time, which is never learned.</summary>
internal sealed record ConstantVectorOp(TensorData Values) : SourceOp
{
    public override Shape InferShape(IReadOnlyList<Shape> inputs) => Shape.Vector(Values.Count);

    public override string Describe(Node node, IReadOnlyList<string> inputs) => node.Name;
}

/// <summary>A scalar known at compile time.</summary>
internal sealed record ConstantOp(float Value) : SourceOp
{
    public override Shape InferShape(IReadOnlyList<Shape> inputs) => Shape.Scalar;

    public override string Describe(Node node, IReadOnlyList<string> inputs) => MathText.Number(Value);

    // Zeros of both signs are different constants.
    public bool Equals(ConstantOp? other) => other is not null && new Expr.Constant(Value).Equals(new Expr.Constant(other.Value));

    public override int GetHashCode() => Value.GetHashCode();
}
