using SkiaSharp;

namespace Digits;

/// <summary>A named line of a chart, one value for each epoch.</summary>
internal sealed record Curve(string Name, SKColor Color, double[] Values);

/// <summary>Curves over the epochs, with axes.</summary>
internal sealed record Chart(Pen Pen, string Title, SKRect Area, int Epochs, bool IsLogarithmic)
{
    private const float TickSize = 12;

    public void Draw(SKCanvas canvas, Curve[] curves, int bestEpoch)
    {
        // What is not finite or has no logarithm leaves a gap.
        double[] values = [.. curves.SelectMany(curve => curve.Values).Where(CanBeDrawn)];
        if (values.Length == 0)
        {
            return;
        }

        double[] ticks = IsLogarithmic
            ? LogarithmicTicks(values.Min(), values.Max())
            : LinearTicks(values.Min(), values.Max());
        var axis = (Low: Position(ticks[0]), High: Position(ticks[^1]));
        foreach (double tick in ticks)
        {
            float y = Y(tick);
            Pen.Line(canvas, new SKPoint(Area.Left, y), new SKPoint(Area.Right, y), Pen.Grid);
            Pen.Text(canvas, $"{tick:G3}", Area.Left - 8, y + 4, TickSize, Pen.Faint, SKTextAlign.Right);
        }

        int step = Epochs <= 10 ? 1 : Epochs <= 30 ? 5 : 10;
        for (int epoch = 1; epoch <= Epochs; epoch++)
        {
            if (epoch == 1 || epoch % step == 0)
            {
                Pen.Text(canvas, $"{epoch}", X(epoch), Area.Bottom + 18, TickSize, Pen.Faint, SKTextAlign.Center);
            }
        }

        if (bestEpoch > 0)
        {
            Pen.Line(
                canvas,
                new SKPoint(X(bestEpoch), Area.Top),
                new SKPoint(X(bestEpoch), Area.Bottom),
                Pen.Faint,
                isDashed: true);
        }

        foreach (Curve curve in curves)
        {
            Pen.Polyline(
                canvas,
                [.. curve.Values.Index().Where(point => CanBeDrawn(point.Item)).Select(point => new SKPoint(X(point.Index + 1), Y(point.Item)))],
                curve.Color);
        }

        DrawHeading(canvas, curves, bestEpoch);

        float X(int epoch) => Area.Left + (Epochs == 1 ? 0 : Area.Width * (epoch - 1) / (Epochs - 1));

        float Y(double value) =>
            (float)(Area.Bottom - (Area.Height * (Position(value) - axis.Low) / (axis.High - axis.Low)));
    }

    /// <summary>The title and, from right to left, what each line is.</summary>
    private void DrawHeading(SKCanvas canvas, Curve[] curves, int bestEpoch)
    {
        float baseline = Area.Top - 8;
        Pen.Text(canvas, Title, Area.Left, baseline, 13, Pen.Ink);
        float right = Area.Right;
        if (bestEpoch > 0)
        {
            Entry("best epoch", Pen.Faint, isDashed: true);
        }

        foreach (Curve curve in curves.Reverse())
        {
            Entry(curve.Name, curve.Color, isDashed: false);
        }

        void Entry(string name, SKColor color, bool isDashed)
        {
            Pen.Text(canvas, name, right, baseline, TickSize, Pen.Ink, SKTextAlign.Right);
            right -= Pen.WidthOf(name, TickSize) + 6;
            Pen.Line(canvas, new SKPoint(right - 20, baseline - 4), new SKPoint(right, baseline - 4), color, 2, isDashed);
            right -= 36;
        }
    }

    private bool CanBeDrawn(double value) => double.IsFinite(value) && (!IsLogarithmic || value > 0);

    private double Position(double value) => IsLogarithmic ? Math.Log10(value) : value;

    /// <summary>1, 2 and 5 in every decade from below the lowest value to above the highest.</summary>
    private static double[] LogarithmicTicks(double low, double high)
    {
        List<double> ticks = [];
        for (int decade = (int)Math.Floor(Math.Log10(low)); decade <= Math.Log10(high) + 1; decade++)
        {
            ticks.AddRange(new[] { 1, 2, 5 }.Select(digit => digit * Math.Pow(10, decade)));
        }

        double first = ticks.Last(tick => tick <= low);
        double last = ticks.First(tick => tick >= high && tick > first);
        return [.. ticks.Where(tick => tick >= first && tick <= last)];
    }

    /// <summary>About four round numbers from below the lowest value to above the highest.</summary>
    private static double[] LinearTicks(double low, double high)
    {
        double span = Math.Max(high - low, 1e-3);
        double decade = Math.Pow(10, Math.Floor(Math.Log10(span / 4)));
        double step = decade * ((span / 4 / decade) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
        double first = Math.Floor(low / step) * step;
        int count = Math.Max(1, (int)Math.Ceiling((high - first) / step));
        return [.. Enumerable.Range(0, count + 1).Select(i => first + (i * step))];
    }
}
