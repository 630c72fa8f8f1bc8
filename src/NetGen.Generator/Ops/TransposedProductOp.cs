namespace NetGen.Generator;

/// <summary>Wᵀ·v: [rows, columns] × [rows] → [columns].</summary>
internal sealed record TransposedProductOp : Op
{
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        Require(inputs[0].Rank == 2 && inputs[1].Rank == 1, "Wᵀ·v needs a matrix and a vector.");
        Require(inputs[0][0] == inputs[1][0], $"W{inputs[0]} transposed does not fit v{inputs[1]}.");
        return Shape.Vector(inputs[0][1]);
    }

    public override void Define(IIndexNotation notation)
    {
        var o = new LoopVariable("o", notation.InputShape(0)[0]);
        var i = new LoopVariable("i", notation.InputShape(0)[1]);
        notation.Assign([i], new Expr.Reduce(Reduction.Sum, o, notation.Read(0, o, i) * notation.Read(1, o)));
    }

    public override void Differentiate(Adjoints adjoints, Node node, Node adjoint)
    {
        Node weight = adjoints.Input(node, 0);
        Node vector = adjoints.Input(node, 1);
        adjoints.Add(node, 0, name => adjoints.Builder.Add(name, new OuterProductOp(), [vector, adjoint]));
        adjoints.Add(node, 1, name => adjoints.Builder.Affine(name, weight, adjoint, bias: null));
    }

    public override string Describe(Node node, IReadOnlyList<string> inputs) => $"{inputs[0]}ᵀ·{inputs[1]}";
}
