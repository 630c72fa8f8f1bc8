namespace NetGen.Generator;

/// <summary>
/// A formula applied to each element of its inputs, which have one shape; a scalar among them stands for every element.
/// </summary>
/// <param name="Value">The formula, over one argument for each input.</param>
/// <param name="Slopes">∂value/∂input for each input, over the inputs and then the result; empty where it is never differentiated.</param>
internal sealed record ElementwiseOp(Expr Value, EquatableArray<Expr> Slopes) : Op
{
    public override bool ReadsOnce => true;

    public override bool IsPointwise => true;

    public override bool IsSum => Adds(Value) && Value.Descend().OfType<Expr.Argument>().GroupBy(a => a.Index).All(g => g.Count() == 1);

    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        Shape shape = inputs.FirstOrDefault(s => s.Rank > 0) ?? Shape.Scalar;
        Require(inputs.All(s => s.Rank == 0 || s == shape), "Elementwise inputs must have one shape, or be scalars.");
        return shape;
    }

    public override void Define(IIndexNotation notation)
    {
        LoopVariable[] axes = notation.Shape.Axes();
        var arguments = new Expr[notation.InputCount];
        for (int input = 0; input < arguments.Length; input++)
        {
            arguments[input] = notation.InputShape(input).Rank == 0 ? notation.Read(input) : notation.Read(input, axes);
        }

        notation.Assign(axes, Value.Apply(arguments));
    }

    public override void Differentiate(Adjoints adjoints, Node node, Node adjoint)
    {
        if (Slopes.Count == 0)
        {
            base.Differentiate(adjoints, node, adjoint);
        }

        // Arguments of the new node: the inputs, the result, the adjoint.
        Node[] operands = [.. node.Inputs.Select(id => adjoints.Builder.Nodes[id]), node, adjoint];
        for (int input = 0; input < node.Inputs.Count; input++)
        {
            Expr slope = Slopes[input];
            if (slope is Expr.Constant { Value: 0 })
            {
                continue;
            }

            Expr part = new Expr.Argument(operands.Length - 1) * slope;
            string note = $"back through {node.Name} = {Describe(node, [.. operands.Select(n => n.Name)])}";
            bool isBroadcast = operands[input].Shape.Rank == 0 && node.Shape.Rank > 0;
            adjoints.Add(node, input, name =>
            {
                Node whole = adjoints.Builder.Elementwise(isBroadcast ? name + "_parts" : name, part, [], operands, note);
                return isBroadcast ? adjoints.Builder.Add(name, new ReduceOp(IsMean: false), [whole], note) : whole;
            });
        }
    }

    public override string Describe(Node node, IReadOnlyList<string> inputs)
    {
        // What a formula says three times is better said once: e·(e + 2) / (e·(e + 2) + 2) with e = exp(x).
        Expr? often = Value.Descend().OfType<Expr.FunctionCall>().GroupBy(call => call).FirstOrDefault(g => g.Count() > 2)?.Key;
        if (often is null)
        {
            return MathText.Print(Value, inputs);
        }

        Expr shorter = Value.Rewrite(e => e.Equals(often) ? new Expr.Local("e") : null);
        return $"{MathText.Print(shorter, inputs)} with e = {MathText.Print(often, inputs)}";
    }

    private static bool Adds(Expr value) => value is Expr.Argument
        || (value is Expr.Binary { Operator: BinaryOperator.Add } sum && Adds(sum.Left) && Adds(sum.Right));
}
