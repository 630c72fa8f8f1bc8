namespace NetGen.Generator;

/// <summary>W·x + b, or W·x with two inputs: [rows, columns] × [columns] → [rows].</summary>
internal sealed record AffineOp : Op
{
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        Require(inputs[0].Rank == 2 && inputs[1].Rank == 1, "W·x needs a matrix and a vector.");
        Require(inputs[0][1] == inputs[1][0], $"W{inputs[0]} does not fit x{inputs[1]}.");
        Require(inputs.Count < 3 || inputs[2] == Shape.Vector(inputs[0][0]), "b must be as long as W has rows.");
        return Shape.Vector(inputs[0][0]);
    }

    public override void Define(IIndexNotation notation)
    {
        var o = new LoopVariable("o", notation.InputShape(0)[0]);
        var i = new LoopVariable("i", notation.InputShape(0)[1]);
        Expr product = new Expr.Reduce(Reduction.Sum, i, notation.Read(0, o, i) * notation.Read(1, i));
        notation.Assign([o], HasBias(notation) ? notation.Read(2, o) + product : product);

        static bool HasBias(IIndexNotation notation) => notation.InputCount == 3;
    }

    public override void Differentiate(Adjoints adjoints, Node node, Node adjoint)
    {
        Node weight = adjoints.Input(node, 0);
        Node input = adjoints.Input(node, 1);
        string product = $"{node.Name} = {weight.Name}·{input.Name}{(node.Inputs.Count == 3 ? " + …" : "")}";

        adjoints.Add(node, 0, name => adjoints.Builder.Add(name, new OuterProductOp(), [adjoint, input]));
        if (node.Inputs.Count == 3)
        {
            adjoints.Add(node, 2, _ => adjoint);
        }

        adjoints.Add(node, 1, name => adjoints.Builder.Add(
            name,
            new TransposedProductOp(),
            [weight, adjoint],
            $"back through {product}"));
    }

    public override string Describe(Node node, IReadOnlyList<string> inputs) =>
        $"{inputs[0]}·{inputs[1]}" + (inputs.Count == 3 ? $" + {inputs[2]}" : "");
}
