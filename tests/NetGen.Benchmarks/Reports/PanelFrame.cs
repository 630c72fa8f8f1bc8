using NetGen.Benchmarks.Measuring;
using ScottPlot;

namespace NetGen.Benchmarks.Reports;

/// <summary>
/// What the panels of a chart share: networks from top to bottom, from small to large, and a column of numbers at the
/// right. Lengths are pixels of the file, which is shown at half its size.
/// </summary>
internal sealed class PanelFrame
{
    public const int Width = 800;
    public const int Height = 520;

    private const int NameWidth = 176;
    private const int TopHeight = 62;
    private const int BottomHeight = 88;
    private const float TextSize = 23;
    private const float TitleSize = 26;
    private const double Bottom = -0.6; // below the last network, in networks
    private const double LetterWidth = 0.66; // of its height, on average

    private readonly int _rows;
    private readonly int _dataWidth;
    private double _unitsPerPixel;

    /// <param name="plot">Where to draw.</param>
    /// <param name="theme">The colours.</param>
    /// <param name="title">What is called.</param>
    /// <param name="unit">What the axis counts.</param>
    /// <param name="cells">The networks.</param>
    /// <param name="numberWidth">The width of the numbers at the right.</param>
    public PanelFrame(Plot plot, ChartTheme theme, string title, string unit, IReadOnlyList<Cell> cells, int numberWidth)
    {
        Plot = plot;
        Theme = theme;
        _rows = cells.Count;
        _dataWidth = Width - NameWidth - numberWidth;
        plot.Font.Set(Font);
        plot.FigureBackground.Color = theme.Paper;
        plot.DataBackground.Color = theme.Paper;
        plot.Axes.Color(theme.Ink);
        plot.Layout.Fixed(new PixelPadding(NameWidth, numberWidth, BottomHeight, TopHeight));
        plot.Title(title, TitleSize);
        plot.Axes.Title.Label.Bold = false;
        plot.XLabel(unit, TextSize);
        plot.Axes.Bottom.Label.Bold = false;
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual(
            [.. cells.Select((_, n) => Row(n))], [.. cells.Select(cell => cell.Shape.Name)]);
        plot.Axes.SetLimitsY(Bottom, _rows);
        plot.Axes.SetLimitsY(Bottom, _rows, plot.Axes.Right);
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Grid.XAxisStyle.MajorLineStyle.Color = theme.Faint;
        plot.Grid.XAxisStyle.MajorLineStyle.Width = 2;
        plot.Axes.Frame(false);
        foreach (IAxis axis in new IAxis[] { plot.Axes.Left, plot.Axes.Bottom, plot.Axes.Right })
        {
            axis.MajorTickStyle.Color = theme.Paper;
            axis.MajorTickStyle.Length = 6;
            axis.TickLabelStyle.FontSize = TextSize;
        }
    }

    public const string Font = "benchmarks";

    public Plot Plot { get; }

    public ChartTheme Theme { get; }

    private double HeadingRow => _rows - 0.38;

    /// <summary>The height of a network's row.</summary>
    public double Row(int network) => _rows - 1 - network;

    public void SetX(double left, double right, IReadOnlyList<(double Place, string Text)> ticks)
    {
        _unitsPerPixel = (right - left) / _dataWidth;
        Plot.Axes.SetLimitsX(left, right);
        Plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. ticks.Select(tick => tick.Place)], [.. ticks.Select(tick => tick.Text)]);
    }

    /// <summary>The line that everything is compared with.</summary>
    public void Emphasise(double x)
    {
        ScottPlot.Plottables.LinePlot line = Plot.Add.Line(x, Bottom, x, _rows + Bottom);
        line.Color = Theme.Ink;
        line.LineWidth = 3;
        line.MarkerSize = 0;
    }

    /// <summary>A line that leads the eye along a row.</summary>
    public void Guide(double y, double left, double right)
    {
        ScottPlot.Plottables.LinePlot line = Plot.Add.Line(left, y, right, y);
        line.Color = Theme.Faint;
        line.LineWidth = 1;
        line.MarkerSize = 0;
    }

    /// <summary>How long a text is on the axis.</summary>
    public double WidthOf(string text, double space) => ((text.Length * LetterWidth * TextSize) + space) * _unitsPerPixel;

    /// <summary>Writes a number for each network at the right, and above them what they are.</summary>
    public void Numbers(string heading, IReadOnlyList<string> numbers, Color color)
    {
        Plot.Axes.Right.TickGenerator = new ScottPlot.TickGenerators.NumericManual(
            [HeadingRow, .. numbers.Select((_, n) => Row(n))], [heading, .. numbers]);
        Plot.Axes.Right.TickLabelStyle.ForeColor = color;
    }

    /// <summary>A name above the first network.</summary>
    public void Name(string text, double x, Color color)
    {
        ScottPlot.Plottables.Text written = Plot.Add.Text(text, x, HeadingRow);
        written.LabelFontName = Font;
        written.LabelFontSize = TextSize;
        written.LabelFontColor = color;
        written.LabelAlignment = Alignment.MiddleCenter;
    }
}
