using Drawing;
using SkiaSharp;

namespace CartPole;

/// <summary>The picture of the rides.</summary>
internal static class Pictures
{
    // Drawn at twice the size: sharp on high-resolution screens.
    private const int Scale = 2;

    private static readonly SKSize Size = new(640, 320);

    /// <summary>Draws how long each ride lasted into a folder and returns the file's full path.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static string Write(string folder, RideLog log, TimeSpan time)
    {
        using var pen = new Pen();
        using var bitmap = new SKBitmap((int)Size.Width * Scale, (int)Size.Height * Scale);
        using var canvas = new SKCanvas(bitmap);
        canvas.Scale(Scale);
        canvas.Clear(SKColors.White);
        string outcome = log.IsSolved ? $"solved after {log.Count} rides and {time.TotalSeconds:F2} s" : $"not solved in {log.Count} rides";
        pen.Text(canvas, $"{Policy.ParameterCount} parameters learn to balance a pole: {outcome}", 24, 34, 15, Pen.Ink);
        new Chart(pen, "steps before it fell", new SKRect(76, 78, 616, 260), log.Count, IsLogarithmic: false).Draw(
            canvas,
            [
                new("a ride", Pen.Blue, [.. log.Steps.Select(steps => (double)steps)]) { IsDots = true },
                new($"mean of the last {RideLog.Window}", Pen.Orange, [.. log.Means]),
            ],
            marker: null);
        pen.Text(canvas, "ride", 346, 302, 13, Pen.Ink, SKTextAlign.Center);

        string path = Path.Combine(folder, "returns.png");
        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        using FileStream file = File.Create(path);
        png.SaveTo(file);
        return path;
    }
}
