namespace NetGen.Generator;

/// <summary>yᵢ = e^(zᵢ − m) / Σⱼ e^(zⱼ − m) with m = max z, so that no exponential overflows.</summary>
internal sealed record SoftmaxOp : Op
{
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        Require(inputs[0].Rank == 1, "Softmax needs a vector.");
        return inputs[0];
    }

    public override void Define(IIndexNotation notation)
    {
        LoopVariable[] axes = notation.Shape.Axes();
        Expr max = notation.Let("max", new Expr.Reduce(Reduction.Max, axes[0], notation.Read(0, axes)));
        notation.Assign(axes, Expr.Call("Exp", notation.Read(0, axes) - max));
        Expr sum = notation.Let("sum", new Expr.Reduce(Reduction.Sum, axes[0], notation.ReadResult(axes)));
        Expr scale = notation.Let("scale", 1 / sum);
        notation.Assign(axes, notation.ReadResult(axes) * scale);
    }

    public override void Differentiate(Adjoints adjoints, Node node, Node adjoint) => adjoints.Add(node, 0, name =>
    {
        GraphBuilder builder = adjoints.Builder;
        Node products = builder.Elementwise(name + "_products", Expr.X * Expr.Y, [], [node, adjoint]);
        Node sum = builder.Add(name + "_sum", new ReduceOp(IsMean: false), [products]);
        return builder.Elementwise(
            name,
            Expr.X * (Expr.Y - Expr.Z),
            [],
            [node, adjoint, sum],
            $"back through {node.Name} = softmax({adjoints.Input(node, 0).Name})");
    });

    public override string Describe(Node node, IReadOnlyList<string> inputs) => $"softmax({inputs[0]})";
}
