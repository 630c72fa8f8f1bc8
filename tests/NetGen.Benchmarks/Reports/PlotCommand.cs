using NetGen.Benchmarks.Measuring;
using ScottPlot;

namespace NetGen.Benchmarks.Reports;

/// <summary>Draws what the table says: how NetGen compares with each peer, and with what the machine can do.</summary>
internal static class PlotCommand
{
    private const int RatioNumbers = 122;
    private const int BoundNumbers = 186;

    // One sample at the left, batches at the right.
    private static readonly Operation[] Places = [Operation.Forward, Operation.ForwardBatch, Operation.TrainStep, Operation.TrainBatch];

    private static readonly Dictionary<Operation, string> Titles = new()
    {
        [Operation.Forward] = "Forward, one sample",
        [Operation.TrainStep] = "Training step, one sample",
        [Operation.ForwardBatch] = $"Forward, batch of {Problem.Rows}",
        [Operation.TrainBatch] = $"Training step, batch of {Problem.Rows}",
    };

    /// <summary>From the results that the table wrote to a file, or from new ones.</summary>
    public static int Run(string? results)
    {
        IReadOnlyList<Cell> cells = results is null ? TableCommand.Measure() : Results.Read(results).Cells;

        // The font comes along: a server or a container often has none, and text would silently be missing.
        Fonts.AddFontFile(PanelFrame.Font, Path.Combine(AppContext.BaseDirectory, "DejaVuSans-subset.ttf"));
        foreach (ChartTheme theme in ChartTheme.All)
        {
            Save("benchmarks", "times as fast as each peer", theme, cells, RatioNumbers, (frame, row) =>
                RatioPanel.Draw(frame, row, cells));
            Save("benchmarks-bound", "of what the machine can do", theme, cells, BoundNumbers, BoundPanel.Draw);
        }

        return 0;
    }

    private static void Save(string name, string unit, ChartTheme theme, IReadOnlyList<Cell> cells, int numberWidth, Action<PanelFrame, Cell[]> draw)
    {
        var panels = new Multiplot { Layout = new ScottPlot.MultiplotLayouts.Grid(2, 2) };
        panels.AddPlots(Places.Length);
        for (int place = 0; place < Places.Length; place++)
        {
            Operation operation = Places[place];
            Cell[] row = [.. cells.Where(cell => cell.Operation == operation)];
            draw(new PanelFrame(panels.GetPlot(place), theme, Titles[operation], unit, row, numberWidth), row);
        }

        string path = Path.Combine(Repository.Root, "docs", name + theme.Suffix + ".png");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        panels.SavePng(path, 2 * PanelFrame.Width, 2 * PanelFrame.Height);
        Console.WriteLine(path);
    }
}
