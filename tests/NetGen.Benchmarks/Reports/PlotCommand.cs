using NetGen.Benchmarks.Measuring;
using ScottPlot;

namespace NetGen.Benchmarks.Reports;

/// <summary>Draws what the table says: how NetGen compares with each peer, and with what the machine can do.</summary>
internal static class PlotCommand
{
    private const int PanelWidth = 620;
    private const int PanelHeight = 330;
    private const double GroupWidth = 0.8;
    private const double Headroom = 1.25; // for the legend
    private const string Font = "benchmarks";

    // The same colour for a peer in every panel.
    private static readonly (string Peer, Color Color)[] Peers =
    [
        ("C++", Color.FromHex("#2563EB")),
        ("Eigen", Color.FromHex("#60A5FA")),
        ("ONNX", Color.FromHex("#D95F02")),
        ("PyTorch", Color.FromHex("#7C3AED")),
        ("FANN", Color.FromHex("#9CA3AF")),
    ];

    private static readonly Color Own = Color.FromHex("#2563EB");
    private static readonly Color Ink = Color.FromHex("#1F2937");

    private static readonly Dictionary<Operation, string> Titles = new()
    {
        [Operation.Forward] = "Forward, one sample",
        [Operation.TrainStep] = "TrainStep, one sample",
        [Operation.ForwardBatch] = $"ForwardBatch, {Problem.Rows} samples",
        [Operation.TrainBatch] = $"TrainBatch, {Problem.Rows} samples",
    };

    /// <summary>From the results that the table wrote to a file, or from new ones.</summary>
    public static int Run(string? results)
    {
        IReadOnlyList<Cell> cells = results is null ? TableCommand.Measure() : Results.Read(results);

        // The font comes along: a server or a container often has none, and text would silently be missing.
        Fonts.AddFontFile(Font, Path.Combine(AppContext.BaseDirectory, "DejaVuSans-subset.ttf"));
        Save("benchmarks.png", cells, DrawRatios);
        Save("benchmarks-bound.png", cells, DrawBounds);
        return 0;
    }

    private static void Save(string file, IReadOnlyList<Cell> cells, Action<Plot, Cell[]> draw)
    {
        var panels = new Multiplot { Layout = new ScottPlot.MultiplotLayouts.Grid(2, 2) };
        panels.AddPlots(OperationCost.All.Count);
        foreach (Operation operation in OperationCost.All)
        {
            Plot plot = panels.GetPlot((int)operation);
            Cell[] row = [.. cells.Where(cell => cell.Operation == operation)];
            draw(plot, row);
            plot.Title(Titles[operation], size: 15);
            plot.Axes.Title.Label.Bold = false;
            plot.Font.Set(Font);
            plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual(
                [.. row.Select((_, index) => (double)index)], [.. row.Select(cell => cell.Shape.Name)]);
            plot.Axes.Bottom.MajorTickStyle.Width = 0;
            plot.Axes.SetLimitsX(-0.5, row.Length - 0.5);
            plot.Grid.XAxisStyle.IsVisible = false;
        }

        string path = Path.Combine(Repository.Root, "docs", file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        panels.SavePng(path, 2 * PanelWidth, 2 * PanelHeight);
        Console.WriteLine(path);
    }

    // Bars on a logarithmic scale that start at 1: upwards NetGen is faster.
    private static void DrawRatios(Plot plot, Cell[] cells)
    {
        (string Peer, Color Color)[] shown = [.. Peers.Where(peer => cells.Any(cell => cell.Ratio(peer.Peer) is not null))];
        double width = GroupWidth / shown.Length;
        var values = new List<double> { 0 };
        for (int p = 0; p < shown.Length; p++)
        {
            var bars = new List<Bar>();
            for (int n = 0; n < cells.Length; n++)
            {
                if (cells[n].Ratio(shown[p].Peer) is { } ratio)
                {
                    values.Add(Math.Log10(ratio));
                    bars.Add(Bar(n + ((p + 0.5) * width) - (GroupWidth / 2), values[^1], width, shown[p].Color));
                }
            }

            plot.Add.Bars(bars).LegendText = "x " + shown[p].Peer;
        }

        plot.Add.HorizontalLine(0, 1.5f, Ink);
        double[] ticks = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3000, 10000];
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual(
            [.. ticks.Select(Math.Log10)], [.. ticks.Select(tick => Format.Number(tick, tick < 0.1 ? 2 : tick < 1 ? 1 : 0))]);
        plot.Axes.SetLimitsY(values.Min() - 0.1, values.Min() - 0.1 + ((values.Max() - values.Min() + 0.1) * Headroom));
        plot.YLabel("times as fast");
        plot.ShowLegend(Alignment.UpperRight, Orientation.Horizontal);
    }

    private static void DrawBounds(Plot plot, Cell[] cells)
    {
        const double Giga = 1e9;
        double[] bounds = [.. cells.Select(cell => cell.FlopsPerSecond / Giga / cell.Bound.Share)];
        plot.Add.Bars(cells.Select((cell, n) => Bar(n, cell.FlopsPerSecond / Giga, GroupWidth, Own)).ToList()).LegendText = "NetGen";
        for (int n = 0; n < cells.Length; n++)
        {
            var line = plot.Add.Line(n - (GroupWidth / 2), bounds[n], n + (GroupWidth / 2), bounds[n]);
            line.Color = Ink;
            line.LineWidth = 2;
            line.MarkerSize = 0;
            line.LegendText = n == 0 ? "the machine's bound" : "";
        }

        plot.Axes.SetLimitsY(0, bounds.Max() * Headroom);
        plot.YLabel("GFLOP/s");
        plot.ShowLegend(Alignment.UpperRight, Orientation.Horizontal);
    }

    private static Bar Bar(double position, double value, double width, Color color) =>
        new() { Position = position, Value = value, ValueBase = 0, Size = width, FillColor = color, LineWidth = 0 };
}
