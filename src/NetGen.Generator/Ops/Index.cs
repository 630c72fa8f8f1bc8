namespace NetGen.Generator;

/// <summary>
/// A place in a tensor's memory, linear in loop variables: offset + Σ stride · variable. Built from the axes of
/// the tensor by its layout, so that what is computed never depends on how it is stored.
/// </summary>
internal sealed record Index(int Offset, EquatableArray<IndexTerm> Terms)
{
    /// <summary>It walks some elements of a vector, not all: what pads the vector's end does not follow them.</summary>
    public bool IsPart { get; init; }

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

        return terms.Count == Terms.Count ? this : this with { Offset = offset, Terms = terms.ToEquatableArray() };
    }

    /// <summary>The place where <paramref name="variable"/> is outer · width + inner, width being the inner's extent.</summary>
    public Index Split(LoopVariable variable, LoopVariable outer, LoopVariable inner) => this with
    {
        Terms = Terms.SelectMany(t => t.Variable != variable ? [t] : (IndexTerm[])
        [
            new IndexTerm(outer, t.Panel > 0 ? t.PanelStride : t.Stride * inner.Extent),
            new IndexTerm(inner, t.Stride),
        ]).ToEquatableArray(),
    };

    /// <summary>The place where <paramref name="variable"/> is <paramref name="offset"/> further on.</summary>
    public Index Advance(LoopVariable variable, int offset) =>
        offset * Stride(variable) is var by and not 0 ? this with { Offset = Offset + by } : this;

    /// <summary>The same place in a row of a table, rows <paramref name="pitch"/> apart.</summary>
    public Index InRow(LoopVariable row, int pitch) => this with { Terms = [new IndexTerm(row, pitch), .. Terms] };

    public Index Rename(LoopVariable from, LoopVariable to) =>
        this with { Terms = Terms.Select(t => t.Variable == from ? t with { Variable = to } : t).ToEquatableArray() };

    /// <summary>How far one step of the variable moves; 0 where the place does not depend on it.</summary>
    public int Stride(LoopVariable variable)
    {
        int stride = 0;
        foreach (IndexTerm term in Terms)
        {
            stride += term.Variable == variable ? term.Stride : 0;
        }

        return stride;
    }

    public bool IsConstant => Terms.Count == 0;
}

/// <param name="Stride">How far one step of the variable moves.</param>
/// <param name="Panel">After so many steps memory goes on elsewhere: at the next panel; 0 for never.</param>
/// <param name="PanelStride">How far a panel is from the next.</param>
internal sealed record IndexTerm(LoopVariable Variable, int Stride, int Panel = 0, int PanelStride = 0);
