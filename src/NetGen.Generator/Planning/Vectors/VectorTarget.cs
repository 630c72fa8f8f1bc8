namespace NetGen.Generator;

/// <summary>What code for one length of vector is made for.</summary>
/// <param name="lanes">The longest vector: 4, 8 or 16 floats, or 1 where there are none.</param>
/// <param name="rows">The axis of a batch's rows; null where there is one sample.</param>
/// <param name="unpadded">Tensors whose memory ends with their last element: the caller's.</param>
/// <param name="order">In which order sums are added up.</param>
/// <param name="costs">What decides between ways to carry it out.</param>
internal sealed class VectorTarget(int lanes, LoopVariable? rows, ICollection<string> unpadded, SumOrder order, CostModel costs)
{
    public int Lanes { get; } = lanes;

    public LoopVariable? Rows { get; } = rows;

    public SumOrder Order { get; } = order;

    public CostModel Costs { get; } = costs;

    public bool IsRow(LoopVariable variable) => variable == Rows;

    /// <summary>Whether whole vectors may be read and written at the end of an axis.</summary>
    public bool IsPadded(Assignment assignment, LoopVariable lane) =>
        !PanelSplit.Places(assignment).Any(e => e.Index.Stride(lane) != 0 && (e.Index.IsPart || unpadded.Contains(e.Tensor)));
}
