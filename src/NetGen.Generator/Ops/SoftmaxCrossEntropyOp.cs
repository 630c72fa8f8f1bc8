namespace NetGen.Generator;

/// <summary>
/// −Σ tᵢ·ln softmax(z)ᵢ from the logits: Σ tᵢ·(ln Σⱼ e^(zⱼ − m) − (zᵢ − m)) with m = max z, which is finite for
/// every finite z. Where tᵢ is 0, zᵢ may be −∞, as of a choice that is masked out. Inputs: z; y = softmax(z), which only the adjoint reads; t.
/// </summary>
internal sealed record SoftmaxCrossEntropyOp : Op
{
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        Require(inputs[0].Rank == 1 && inputs.All(s => s == inputs[0]), "z, y and t must be vectors of one length.");
        return Shape.Scalar;
    }

    public override void Define(IIndexNotation notation)
    {
        LoopVariable i = notation.InputShape(0).Axes()[0];
        Expr max = notation.Let("max", new Expr.Reduce(Reduction.Max, i, notation.Read(0, i)));
        Expr sum = notation.Let("sum", new Expr.Reduce(Reduction.Sum, i, Expr.Call("Exp", notation.Read(0, i) - max)));
        Expr log = notation.Let("logSum", Expr.Call("Log", sum));
        Expr target = notation.Read(2, i);
        notation.Assign([], new Expr.Reduce(Reduction.Sum, i, Expr.TimesUnlessZero(target, log - (notation.Read(0, i) - max))));
    }

    public override void Differentiate(Adjoints adjoints, Node node, Node adjoint) => adjoints.Add(node, 0, name =>
    {
        GraphBuilder builder = adjoints.Builder;
        Node probabilities = adjoints.Input(node, 1);
        Node target = adjoints.Input(node, 2);
        Node mass = builder.Add("mass", new ReduceOp(IsMean: false), [target], "1 for a target that is a distribution");
        return builder.Elementwise(
            name,
            new Expr.Argument(3) * ((Expr.X * Expr.Y) - Expr.Z),
            [],
            [probabilities, mass, target, adjoint],
            $"softmax and cross-entropy in one step: {probabilities.Name} − {target.Name} where Σ {target.Name} = 1");
    });

    public override string Describe(Node node, IReadOnlyList<string> inputs) => $"−Σ {inputs[2]}·ln softmax({inputs[0]})";
}
