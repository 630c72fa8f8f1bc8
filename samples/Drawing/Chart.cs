using SkiaSharp;

namespace Drawing;

/// <summary>A named line of a chart, or its dots, one value for each epoch or ride: 1, 2, 3 and so on.</summary>
internal sealed record Curve(string Name, SKColor Color, double[] Values)
{
    public bool IsDots { get; init; }
}

/// <summary>A place that stands out, such as the best epoch.</summary>
internal sealed record Marker(string Name, int Place);

/// <summary>Curves over places from 1 to <paramref name="Count"/>, with axes.</summary>
internal sealed record Chart(Pen Pen, string Title, SKRect Area, int Count, bool IsLogarithmic)
{
    private const float TickSize = 12;

    public void Draw(SKCanvas canvas, Curve[] curves, Marker? marker)
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

        int step = StepBetweenLabels();
        for (int place = 1; place <= Count; place++)
        {
            if (place == 1 || place % step == 0)
            {
                Pen.Text(canvas, $"{place}", X(place), Area.Bottom + 18, TickSize, Pen.Faint, SKTextAlign.Center);
            }
        }

        if (marker is not null)
        {
            Pen.Line(
                canvas,
                new SKPoint(X(marker.Place), Area.Top),
                new SKPoint(X(marker.Place), Area.Bottom),
                Pen.Faint,
                isDashed: true);
        }

        foreach (Curve curve in curves)
        {
            SKPoint[] points =
                [.. curve.Values.Index().Where(point => CanBeDrawn(point.Item)).Select(point => new SKPoint(X(point.Index + 1), Y(point.Item)))];
            if (!curve.IsDots)
            {
                Pen.Polyline(canvas, points, curve.Color);
                continue;
            }

            foreach (SKPoint point in points)
            {
                Pen.Dot(canvas, point, curve.Color);
            }
        }

        DrawHeading(canvas, curves, marker);

        float X(int place) => Area.Left + (Count == 1 ? 0 : Area.Width * (place - 1) / (Count - 1));

        float Y(double value) =>
            (float)(Area.Bottom - (Area.Height * (Position(value) - axis.Low) / (axis.High - axis.Low)));
    }

    /// <summary>The title and, from right to left, what each line is.</summary>
    private void DrawHeading(SKCanvas canvas, Curve[] curves, Marker? marker)
    {
        float baseline = Area.Top - 8;
        Pen.Text(canvas, Title, Area.Left, baseline, 13, Pen.Ink);
        float right = Area.Right;
        if (marker is not null)
        {
            Entry(marker.Name, Pen.Faint, isDashed: true);
        }

        foreach (Curve curve in curves.Reverse())
        {
            Entry(curve.Name, curve.Color, isDots: curve.IsDots);
        }

        void Entry(string name, SKColor color, bool isDashed = false, bool isDots = false)
        {
            Pen.Text(canvas, name, right, baseline, TickSize, Pen.Ink, SKTextAlign.Right);
            right -= Pen.WidthOf(name, TickSize) + 6;
            if (isDots)
            {
                Pen.Dot(canvas, new SKPoint(right - 4, baseline - 4), color);
                right -= 20;
                return;
            }

            Pen.Line(canvas, new SKPoint(right - 20, baseline - 4), new SKPoint(right, baseline - 4), color, 2, isDashed);
            right -= 36;
        }
    }

    // Some ten labels.
    private int StepBetweenLabels()
    {
        int step = 1;
        foreach (int next in (int[])[5, 10, 25, 50, 100, 250, 500])
        {
            step = Count > 10 * step ? next : step;
        }

        return step;
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
