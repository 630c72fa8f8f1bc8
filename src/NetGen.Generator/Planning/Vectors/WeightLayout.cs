namespace NetGen.Generator;

/// <summary>
/// How a weight W [outputs, inputs] lies in memory that vectors stream. Element [o, i] is at
/// (o / Panel)·PanelStride + (o % Panel)·OutputStride + i·InputStride; where inputs are cut into panels, the same with
/// o and i exchanged.
/// </summary>
/// <param name="Length">With the padding, which is zero and stays so.</param>
/// <param name="Form">The layout in words.</param>
internal sealed record WeightLayout(
    int Outputs,
    int Inputs,
    int Panel,
    int PanelStride,
    int OutputStride,
    int InputStride,
    int Length,
    string Form)
{
    /// <summary>Why it lies so.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Inputs are cut into panels in place of outputs.</summary>
    public bool IsOfInputs { get; init; }

    public bool IsRows => InputStride == 1;

    /// <summary>
    /// Outputs side by side: a vector holds neighbouring outputs, and the input is the same in all lanes. More than
    /// fit the registers are cut into panels of equal width, each contiguous in the order in which it is read.
    /// </summary>
    public static WeightLayout Panels(int outputs, int inputs, CostModel costs)
    {
        int count = (outputs + costs.PanelWidth - 1) / costs.PanelWidth;
        int width = Piece.Padded((outputs + count - 1) / count);
        return new WeightLayout(
            outputs,
            inputs,
            width,
            inputs * width,
            1,
            width,
            count * inputs * width,
            count == 1 ? $"[in][out], {Literal.Of(width)} outputs side by side" : $"{Literal.Of(count)} panels of [in][out], {Literal.Of(width)} outputs side by side");
    }

    /// <summary>The same with inputs side by side.</summary>
    public static WeightLayout PanelsOfInputs(int outputs, int inputs, CostModel costs)
    {
        WeightLayout turned = Panels(inputs, outputs, costs);
        return turned with
        {
            Outputs = outputs,
            Inputs = inputs,
            OutputStride = turned.InputStride,
            InputStride = 1,
            IsOfInputs = true,
            Form = turned.Form.Replace("[in][out]", "[out][in]").Replace("outputs", "inputs"),
        };
    }

    /// <summary>Inputs side by side: a vector holds neighbouring inputs, and its lanes are added up at the end.</summary>
    public static WeightLayout Rows(int outputs, int inputs)
    {
        int pitch = Piece.Padded(inputs);
        return new WeightLayout(outputs, inputs, outputs, 0, pitch, 1, outputs * pitch, $"[out][in], {Literal.Of(pitch)} inputs side by side");
    }

    /// <summary>Side by side lies what costs a single sample less.</summary>
    /// <param name="flowsBack">Gradients go through the weight to the inputs.</param>
    public static WeightLayout Choose(int outputs, int inputs, bool flowsBack, CostModel costs)
    {
        int rows = costs.OfRows(outputs, inputs, flowsBack);
        int panels = costs.OfPanels(outputs, inputs, flowsBack);
        string reason = $"about {Literal.Grouped(Math.Min(rows, panels))} steps {(flowsBack ? "forward and back" : "forward")}, the other way {Literal.Grouped(Math.Max(rows, panels))}";
        return (rows < panels ? Rows(outputs, inputs) : Panels(outputs, inputs, costs)) with { Reason = reason };
    }

    public Index Place(LoopVariable output, LoopVariable input) => IsOfInputs
        ? new Index(0, [new IndexTerm(output, OutputStride), Cut(input, InputStride)])
        : new Index(0, [Cut(output, OutputStride), new IndexTerm(input, InputStride)]);

    private IndexTerm Cut(LoopVariable axis, int stride) =>
        Panel >= axis.Extent ? new IndexTerm(axis, stride) : new IndexTerm(axis, stride, Panel, PanelStride);
}
