namespace NetGen.Generator;

/// <summary>yᵢ = (zᵢ − m) − ln Σⱼ e^(zⱼ − m) with m = max z, which is finite for every finite z.</summary>
internal sealed record LogSoftmaxOp : Op
{
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        Require(inputs[0].Rank == 1, "LogSoftmax needs a vector.");
        return inputs[0];
    }

    public override void Define(IIndexNotation notation)
    {
        LoopVariable[] axes = notation.Shape.Axes();
        Expr max = notation.Let("max", new Expr.Reduce(Reduction.Max, axes[0], notation.Read(0, axes)));
        Expr sum = notation.Let("sum", new Expr.Reduce(Reduction.Sum, axes[0], Expr.Call("Exp", notation.Read(0, axes) - max)));
        Expr log = notation.Let("logSum", Expr.Call("Log", sum));
        notation.Assign(axes, notation.Read(0, axes) - max - log);
    }

    // ∂L/∂zᵢ = dyᵢ − softmax(z)ᵢ·Σ dy, and softmax(z) = e^y.
    public override void Differentiate(Adjoints adjoints, Node node, Node adjoint) => adjoints.Add(node, 0, name =>
    {
        GraphBuilder builder = adjoints.Builder;
        Node sum = builder.Add(name + "_sum", new ReduceOp(IsMean: false), [adjoint]);
        return builder.Elementwise(
            name,
            Expr.Y - (Expr.Call("Exp", Expr.X) * Expr.Z),
            [],
            [node, adjoint, sum],
            $"back through {node.Name} = ln softmax({adjoints.Input(node, 0).Name})");
    });

    public override string Describe(Node node, IReadOnlyList<string> inputs) => $"ln softmax({inputs[0]})";
}
