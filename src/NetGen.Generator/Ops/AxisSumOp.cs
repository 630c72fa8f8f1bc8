namespace NetGen.Generator;

/// <summary>
/// Sums over one axis of a row-major tensor of any rank: y = Σ x over that axis, the others in their order. Sums within sums
/// are operations of their own, <see cref="GraphBuilder.SumAxes"/>: loops and vectors carry out one.
/// </summary>
internal sealed record AxisSumOp(EquatableArray<SummedAxis> Axes) : Op
{
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        int count = Axes.Aggregate(1, (n, axis) => checked(n * axis.Extent));
        Require(Axes.Count(a => a.IsSummed) == 1, "One axis is summed over.");
        Require(inputs[0] == Shape.Vector(count), $"The axes have {count} elements, the input is {inputs[0]}.");
        return Shape.Vector(Kept.Aggregate(1, (n, axis) => n * axis.Extent));
    }

    /// <summary>The same axes with neighbours that are both summed over, or both kept, as one; none of a single element.</summary>
    public static List<SummedAxis> Merge(IEnumerable<SummedAxis> axes)
    {
        var merged = new List<SummedAxis>();
        foreach (SummedAxis axis in axes.Where(a => a.Extent > 1))
        {
            if (merged.Count > 0 && merged[merged.Count - 1] is var last && last.IsSummed == axis.IsSummed)
            {
                merged[merged.Count - 1] = new SummedAxis(last.Extent * axis.Extent, axis.IsSummed);
                continue;
            }

            merged.Add(axis);
        }

        return merged;
    }

    private IEnumerable<SummedAxis> Kept => Axes.Where(a => !a.IsSummed);

    public override void Define(IIndexNotation notation)
    {
        int[] strides = StridedAxes.Strides(Axes.Select(a => a.Extent));
        var all = new StridedAxes(0, Axes.Select((a, n) => new StridedAxis(a.Extent, strides[n])).ToEquatableArray());
        LoopVariable[] variables = all.Variables();
        LoopVariable[] kept = [.. variables.Where((_, n) => !Axes[n].IsSummed)];
        LoopVariable[] domain = kept.Length == 0 ? [new LoopVariable("n", 1)] : kept;

        var sum = new Expr.Reduce(Reduction.Sum, variables.Single(v => !kept.Contains(v)), notation.ReadAt(0, all.At(variables)));
        var places = new StridedAxes(0, domain.Select(v => new StridedAxis(v.Extent, 1)).ToEquatableArray());
        notation.AssignAt(places.InOrder(domain), domain, sum);
    }

    public override void Differentiate(Adjoints adjoints, Node node, Node adjoint)
    {
        // Each element has a part of its own in its sum.
        var strides = new Stack<int>(StridedAxes.Strides(Kept.Select(a => a.Extent)));
        StridedAxis[] axes = [.. Axes.Reverse().Select(a => new StridedAxis(a.Extent, a.IsSummed ? 0 : strides.Pop())).Reverse()];
        adjoints.Add(node, 0, name => adjoints.Builder.Add(
            name,
            new ViewOp(StridedAxes.Of(0, axes), "repeated"),
            [adjoint],
            $"back through {node.Name}, sums of {adjoints.Input(node, 0).Name}"));
    }

    public override string Describe(Node node, IReadOnlyList<string> inputs) => $"Σ {inputs[0]} over {Over}";

    private string Over => string.Join(", ", Axes.Select((a, n) => (a, n)).Where(p => p.a.IsSummed).Select(p => $"axis {Literal.Of(p.n)} of {Literal.Of(p.a.Extent)}"));
}

internal readonly record struct SummedAxis(int Extent, bool IsSummed);
