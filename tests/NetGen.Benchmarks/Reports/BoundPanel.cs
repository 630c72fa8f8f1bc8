using NetGen.Benchmarks.Measuring;
using ScottPlot;

namespace NetGen.Benchmarks.Reports;

/// <summary>How much NetGen reaches of what the machine can do: a bar for each network, up to the line at 100 %.</summary>
internal static class BoundPanel
{
    private const double BarHeight = 0.62;

    public static void Draw(PanelFrame frame, IReadOnlyList<Cell> cells)
    {
        frame.SetX(0, 1.02, [.. new[] { 0, 0.25, 0.5, 0.75, 1 }.Select(share => (share, Format.Percent(share)))]);
        frame.Plot.Add.Bars(cells.Select((cell, n) => new Bar
        {
            Position = frame.Row(n),
            Value = cell.Bound.Share,
            Size = BarHeight,
            Orientation = Orientation.Horizontal,
            FillColor = frame.Theme.Own,
            LineWidth = 0,
        }).ToList());
        frame.Emphasise(1);
        frame.Numbers("", [.. cells.Select(cell => $"{Format.Percent(cell.Bound.Share)} of {Format.Name(cell.Bound.Limit)}")], frame.Theme.Ink);
    }
}
