using NetGen.Benchmarks.Measuring;
using ScottPlot;

namespace NetGen.Benchmarks.Reports;

/// <summary>
/// How many times as fast as each peer: a row for each network with a dot for each peer, whose name stands above its first. Right
/// of the line at 1 NetGen is faster. All panels have one scale.
/// </summary>
internal static class RatioPanel
{
    private const double Space = 16; // between names, in pixels

    /// <summary>Draws the cells of one operation; the axis spans <paramref name="all"/>.</summary>
    public static void Draw(PanelFrame frame, IReadOnlyList<Cell> cells, IReadOnlyList<Cell> all)
    {
        ChartTheme theme = frame.Theme;
        (string Name, Color Color)[] shown = [.. theme.Peers.Where(peer => cells.Any(cell => cell.Ratio(peer.Name) is not null))];
        double[] values = [.. theme.Peers.SelectMany(peer => all.Select(cell => cell.Ratio(peer.Name))).OfType<double>().Select(Math.Log10)];
        double left = Math.Min(0, values.Min()) - 0.15;
        double right = values.Max() + 0.15;
        frame.SetX(left, right, [.. Enumerable.Range(0, 6).Select(power => (double)power).Where(power => power < right).Select(power => (power, Times(Math.Pow(10, power), 0)))]);
        frame.Emphasise(0);

        // The eye goes along a network's row: nothing lies between two networks.
        for (int n = 0; n < cells.Count; n++)
        {
            frame.Guide(frame.Row(n), left, right);
        }

        foreach ((string name, Color color) in shown)
        {
            (double X, double Y)[] dots = [.. cells.Select((cell, n) => (Ratio: cell.Ratio(name), Y: frame.Row(n))).Where(dot => dot.Ratio is not null).Select(dot => (Math.Log10(dot.Ratio!.Value), dot.Y))];
            ScottPlot.Plottables.Scatter peer = frame.Plot.Add.Scatter(dots.Select(dot => dot.X).ToArray(), dots.Select(dot => dot.Y).ToArray(), color);
            peer.LineWidth = 0;
            peer.MarkerSize = 17;
            peer.MarkerShape = MarkerShape.FilledCircle;
        }

        // A name stands above its peer's first dot, or beside it where another stands there.
        (string Name, Color Color, double X)[] names =
        [
            .. shown.Select(peer => (peer.Name, peer.Color, X: Math.Log10(cells.Select(cell => cell.Ratio(peer.Name)).OfType<double>().First()))).OrderBy(peer => peer.X),
        ];
        double[] places = Spread([.. names.Select(peer => peer.X)], [.. names.Select(peer => frame.WidthOf(peer.Name, Space))], left, right);
        for (int i = 0; i < names.Length; i++)
        {
            frame.Name(names[i].Name, places[i], names[i].Color);
        }

        frame.Numbers("vs " + ChartTheme.Nearest, [.. cells.Select(cell => cell.Ratio(ChartTheme.Nearest) is { } ratio ? Times(ratio, 2) : "")], theme.Own);
    }

    private static string Times(double ratio, int digits) => Format.Number(ratio, digits) + "×";

    // Centres of names that do not overlap: from the left each as near its place as the one before allows, and from the
    // right so that the last stays inside.
    private static double[] Spread(double[] wanted, double[] widths, double left, double right)
    {
        double[] centres = [.. wanted];
        double free = left;
        for (int i = 0; i < centres.Length; i++)
        {
            centres[i] = Math.Max(centres[i], free + (widths[i] / 2));
            free = centres[i] + (widths[i] / 2);
        }

        free = right;
        for (int i = centres.Length - 1; i >= 0; i--)
        {
            centres[i] = Math.Min(centres[i], free - (widths[i] / 2));
            free = centres[i] - (widths[i] / 2);
        }

        return centres;
    }
}
