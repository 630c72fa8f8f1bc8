namespace NetGen.Generator;

/// <summary>The sum or the mean of all elements.</summary>
internal sealed record ReduceOp(bool IsMean) : Op
{
    public override bool ReadsOnce => true;

    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        Require(inputs[0].Rank <= 1, "Only vectors are summed.");
        return Shape.Scalar;
    }

    public override void Define(IIndexNotation notation)
    {
        LoopVariable[] axes = notation.InputShape(0).Axes();
        Expr sum = axes.Length == 0
            ? notation.Read(0)
            : new Expr.Reduce(Reduction.Sum, axes[0], notation.Read(0, axes));
        notation.Assign([], sum / Divisor(notation.InputShape(0)));
    }

    public override void Differentiate(Adjoints adjoints, Node node, Node adjoint)
    {
        Node input = adjoints.Input(node, 0);
        adjoints.Add(node, 0, name =>
        {
            Node each = adjoints.Builder.Elementwise(
                name + "_each", Expr.X / Divisor(input.Shape), [], [adjoint], $"back through {node.Name}");
            return input.Shape.Rank == 0 ? each : adjoints.Builder.Add(name, new BroadcastOp(input.Shape), [each]);
        });
    }

    public override string Describe(Node node, IReadOnlyList<string> inputs) =>
        IsMean ? $"mean({inputs[0]})" : $"Σ {inputs[0]}";

    private float Divisor(Shape shape) => IsMean ? shape.Count : 1;
}
