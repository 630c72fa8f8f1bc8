namespace NetGen.Generator;

/// <summary>
/// Places in a vector that stand for a tensor of any rank: offset + Σ stride · index, the last axis varying fastest. A
/// stride of 0 comes back to the same place, a negative one goes backwards.
/// </summary>
internal sealed record StridedAxes(int Offset, EquatableArray<StridedAxis> Axes)
{
    private static readonly string[] Names = ["i", "j", "k", "l", "m"];

    /// <summary>How many places there are, the same place as often as it is met.</summary>
    public int Count => Axes.Aggregate(1, (count, axis) => checked(count * axis.Extent));

    /// <summary>All elements of a vector, one after the other.</summary>
    public static StridedAxes Whole(int length) => new(0, [new StridedAxis(length, 1)]);

    public bool IsWhole(int length) => Offset == 0 && Axes is [{ Stride: 1 } only] && only.Extent == length;

    /// <summary>The places of a row-major tensor in which some axes are walked otherwise.</summary>
    public static StridedAxes Of(int offset, IEnumerable<StridedAxis> axes)
    {
        // Axes that are one walk become one: most are a run of neighbours then, which vectors can load.
        var merged = new List<StridedAxis>();
        foreach (StridedAxis axis in axes.Where(a => a.Extent != 1))
        {
            if (merged.Count > 0 && merged[merged.Count - 1] is var last && last.Stride == axis.Stride * axis.Extent)
            {
                merged[merged.Count - 1] = new StridedAxis(last.Extent * axis.Extent, axis.Stride);
                continue;
            }

            merged.Add(axis);
        }

        return new StridedAxes(offset, merged.Count == 0 ? [new StridedAxis(1, 1)] : merged.ToEquatableArray());
    }

    /// <summary>A loop variable for each axis.</summary>
    public LoopVariable[] Variables() =>
        [.. Axes.Select((axis, n) => new LoopVariable(NameOf(Axes.Count - 1 - n), axis.Extent))];

    /// <summary>The places.</summary>
    public Index At(IReadOnlyList<LoopVariable> variables) => Part(Offset, variables, Axes.Select(a => a.Stride));

    /// <summary>The same walk through a vector that holds its elements one after the other.</summary>
    public Index InOrder(IReadOnlyList<LoopVariable> variables) => Part(0, variables, Strides(Axes.Select(a => a.Extent)));

    /// <summary>The places, one after the other.</summary>
    public IEnumerable<int> Walk()
    {
        int[] strides = Strides(Axes.Select(a => a.Extent));
        for (int n = 0; n < Count; n++)
        {
            int place = Offset;
            for (int axis = 0; axis < strides.Length; axis++)
            {
                place += n / strides[axis] % Axes[axis].Extent * Axes[axis].Stride;
            }

            yield return place;
        }
    }

    /// <summary>Row-major strides.</summary>
    public static int[] Strides(IEnumerable<int> extents)
    {
        int[] strides = [.. extents];
        int stride = 1;
        for (int axis = strides.Length - 1; axis >= 0; axis--)
        {
            (strides[axis], stride) = (stride, stride * strides[axis]);
        }

        return strides;
    }

    private static Index Part(int offset, IReadOnlyList<LoopVariable> variables, IEnumerable<int> strides) =>
        new(offset, variables.Zip(strides, (v, stride) => new IndexTerm(v, stride)).Where(t => t.Stride != 0).ToEquatableArray()) { IsPart = true };

    private static string NameOf(int fromLast) =>
        fromLast < Names.Length ? Names[fromLast] : "i" + Literal.Of(fromLast);
}

/// <param name="Stride">How far the next element along the axis is.</param>
internal readonly record struct StridedAxis(int Extent, int Stride);
