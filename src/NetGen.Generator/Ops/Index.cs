namespace NetGen.Generator;

/// <summary>
/// A place in a tensor's memory, linear in loop variables: offset + Σ stride · variable. Built from the axes of
/// the tensor by its layout, so that what is computed never depends on how it is stored.
/// </summary>
internal sealed record Index(int Offset, EquatableArray<IndexTerm> Terms)
{
    public static Index At(int offset) => new(offset, []);

    /// <summary>The place of [axes] in a row-major tensor of <paramref name="shape"/>.</summary>
    public static Index RowMajor(Shape shape, params LoopVariable[] axes)
    {
        var terms = new List<IndexTerm>();
        int stride = 1;
        for (int axis = axes.Length - 1; axis >= 0; axis--)
        {
            terms.Insert(0, new IndexTerm(axes[axis], stride));
            stride *= shape[axis];
        }

        return new Index(0, terms.ToEquatableArray());
    }

    /// <summary>The place where <paramref name="variable"/> has a value.</summary>
    public Index Substitute(LoopVariable variable, int value)
    {
        // Written-out code asks this for each element of each step.
        int offset = Offset;
        var terms = new List<IndexTerm>(Terms.Count);
        for (int i = 0; i < Terms.Count; i++)
        {
            if (Terms[i].Variable == variable)
            {
                offset += Terms[i].Stride * value;
            }
            else
            {
                terms.Add(Terms[i]);
            }
        }

        return terms.Count == Terms.Count ? this : new Index(offset, terms.ToEquatableArray());
    }

    public Index Rename(LoopVariable from, LoopVariable to) =>
        new(Offset, Terms.Select(t => t.Variable == from ? t with { Variable = to } : t).ToEquatableArray());

    /// <summary>How far one step of the variable moves; 0 where the place does not depend on it.</summary>
    public int Stride(LoopVariable variable) => Terms.Where(t => t.Variable == variable).Sum(t => t.Stride);

    public bool IsConstant => Terms.Count == 0;
}

internal sealed record IndexTerm(LoopVariable Variable, int Stride);
