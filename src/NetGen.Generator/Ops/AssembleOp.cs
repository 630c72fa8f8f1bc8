namespace NetGen.Generator;

/// <summary>A vector put together of others, each at places of its own; 0 where none is: a concatenation, or the way back from a slice.</summary>
/// <param name="Length">Of the result.</param>
/// <param name="Parts">Where each input goes. No place is given twice.</param>
internal sealed record AssembleOp(int Length, EquatableArray<StridedAxes> Parts) : Op
{
    private bool HasGaps => Parts.Sum(p => p.Count) < Length;

    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        Require(inputs.Count == Parts.Count && inputs.Zip(Parts, (s, p) => s == Shape.Vector(p.Count)).All(fits => fits), "Each input needs as many places as it has elements.");
        return Shape.Vector(Length);
    }

    public override void Define(IIndexNotation notation)
    {
        if (HasGaps)
        {
            LoopVariable[] all = notation.Shape.Axes();
            notation.Assign(all, 0);
        }

        for (int part = 0; part < Parts.Count; part++)
        {
            LoopVariable[] axes = Parts[part].Variables();
            notation.AssignAt(Parts[part].At(axes), axes, notation.ReadAt(part, Parts[part].InOrder(axes)));
        }
    }

    public override void Differentiate(Adjoints adjoints, Node node, Node adjoint)
    {
        for (int part = 0; part < Parts.Count; part++)
        {
            StridedAxes places = Parts[part];
            string input = adjoints.Input(node, part).Name;
            adjoints.Add(node, part, name => adjoints.Builder.View(name, places, adjoint, $"the part of {input}"));
        }
    }

    public override string Describe(Node node, IReadOnlyList<string> inputs) => HasGaps
        ? $"{string.Join(", ", inputs)} at {string.Join(", ", Parts.Select(p => Literal.Of(p.Offset)))}, and 0 elsewhere"
        : $"[{string.Join(", ", inputs)}]";
}
