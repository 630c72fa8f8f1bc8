namespace NetGen.Generator;

/// <summary>
/// Elements of a vector in another order: a slice, a transposition, a repetition. The result holds them one after the
/// other. No element may be met twice but by axes of stride 0.
/// </summary>
/// <param name="What">What it is, for comments: <c>x[2…5]</c> is a slice.</param>
internal sealed record ViewOp(StridedAxes Places, string What) : Op
{
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        Require(inputs[0].Rank == 1, "Only the elements of a vector are taken.");
        int first = Places.Offset + Places.Axes.Sum(a => Math.Min(0, (a.Extent - 1) * a.Stride));
        int last = Places.Offset + Places.Axes.Sum(a => Math.Max(0, (a.Extent - 1) * a.Stride));
        Require(first >= 0 && last < inputs[0][0], $"Elements {first} to {last} are not all in {inputs[0]}.");
        return Shape.Vector(Places.Count);
    }

    public override void Define(IIndexNotation notation)
    {
        LoopVariable[] axes = Places.Variables();
        notation.AssignAt(Places.InOrder(axes), axes, notation.ReadAt(0, Places.At(axes)));
    }

    // What was taken several times adds up; what was not taken has no part.
    public override void Differentiate(Adjoints adjoints, Node node, Node adjoint) => adjoints.Add(node, 0, name =>
    {
        GraphBuilder builder = adjoints.Builder;
        string note = $"back through {node.Name}, {What} of {adjoints.Input(node, 0).Name}";
        bool isRepeated = Places.Axes.Any(a => a.Stride == 0);
        Node sums = isRepeated
            ? builder.SumAxes(name + "_sums", [.. Places.Axes.Select(a => new SummedAxis(a.Extent, IsSummed: a.Stride == 0))], adjoint, note)
            : adjoint;
        var taken = StridedAxes.Of(Places.Offset, Places.Axes.Where(a => a.Stride != 0));
        int length = adjoints.Input(node, 0).Shape[0];
        return taken.IsWhole(length) ? sums : builder.Add(name, new AssembleOp(length, [taken]), [sums], note);
    });

    public override string Describe(Node node, IReadOnlyList<string> inputs) => $"{inputs[0]}, {What}";
}
