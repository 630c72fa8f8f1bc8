namespace NetGen.Generator;

/// <summary>A scalar repeated to a shape. Elementwise operations read the scalar itself instead.</summary>
internal sealed record BroadcastOp(Shape Target) : Op
{
    public override bool ReadsOnce => true;

    public override bool IsPointwise => true;

    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        Require(inputs[0].Rank == 0, "Only a scalar is repeated.");
        return Target;
    }

    public override void Define(IIndexNotation notation) => notation.Assign(Target.Axes(), notation.Read(0));

    public override void Differentiate(Adjoints adjoints, Node node, Node adjoint) =>
        adjoints.Add(node, 0, name => adjoints.Builder.Add(name, new ReduceOp(IsMean: false), [adjoint]));

    public override string Describe(Node node, IReadOnlyList<string> inputs) => $"{inputs[0]} for each element";
}
