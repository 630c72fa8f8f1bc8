namespace NetGen.Generator;

/// <summary>u·vᵀ: [rows] × [columns] → [rows, columns].</summary>
internal sealed record OuterProductOp : Op
{
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        Require(inputs[0].Rank == 1 && inputs[1].Rank == 1, "u·vᵀ needs two vectors.");
        return Shape.Matrix(inputs[0][0], inputs[1][0]);
    }

    public override void Define(IIndexNotation notation)
    {
        var o = new LoopVariable("o", notation.Shape[0]);
        var i = new LoopVariable("i", notation.Shape[1]);
        notation.Assign([o, i], notation.Read(0, o) * notation.Read(1, i));
    }

    public override void Differentiate(Adjoints adjoints, Node node, Node adjoint)
    {
        Node left = adjoints.Input(node, 0);
        Node right = adjoints.Input(node, 1);
        adjoints.Add(node, 0, name => adjoints.Builder.Affine(name, adjoint, right, bias: null));
        adjoints.Add(node, 1, name => adjoints.Builder.Add(name, new TransposedProductOp(), [adjoint, left]));
    }

    public override string Describe(Node node, IReadOnlyList<string> inputs) => $"{inputs[0]}·{inputs[1]}ᵀ";
}
