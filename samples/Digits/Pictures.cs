using Drawing;
using NetGen;
using SkiaSharp;

namespace Digits;

/// <summary>The pictures: the learning curve, the misread digits, and both side by side.</summary>
internal static class Pictures
{
    // Drawn at twice the size: sharp on high-resolution screens.
    private const int Scale = 2;
    private const int MisreadColumns = 3;
    private const int MisreadRows = 3;

    private static readonly SKSize CurvesSize = new(640, 460);
    private static readonly SKSize MisreadSize = new(400, 460);

    /// <summary>Writes the pictures into a folder and returns their full paths.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static string[] Write(
        string folder,
        IReadOnlyList<TrainingProgress> epochs,
        int bestEpoch,
        DigitSet digits,
        Reading[] readings,
        Reading[] misread)
    {
        using var pen = new Pen();
        Marker? best = bestEpoch > 0 ? new("best epoch", bestEpoch) : null;
        var both = new SKSize(CurvesSize.Width + MisreadSize.Width, CurvesSize.Height);
        return
        [
            Save("loss.png", CurvesSize, DrawCurves),
            Save("misread.png", MisreadSize, DrawMisread),
            Save("digits.png", both, canvas =>
            {
                DrawCurves(canvas);
                canvas.Translate(CurvesSize.Width, 0);
                DrawMisread(canvas);
            }),
        ];

        string Save(string name, SKSize size, Action<SKCanvas> draw)
        {
            using var bitmap = new SKBitmap((int)size.Width * Scale, (int)size.Height * Scale);
            using var canvas = new SKCanvas(bitmap);
            canvas.Scale(Scale);
            canvas.Clear(SKColors.White);
            draw(canvas);

            string path = Path.Combine(folder, name);
            using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
            using FileStream file = File.Create(path);
            png.SaveTo(file);
            return path;
        }

        void DrawCurves(SKCanvas canvas)
        {
            string title = $"{DigitReader.ParameterCount:N0} parameters: {Reading.Accuracy(readings):P1} of the test digits read correctly";
            pen.Text(canvas, title, 24, 34, 15, Pen.Ink);

            var loss = new Chart(pen, "loss (log scale)", new SKRect(76, 72, 616, 252), epochs.Count, IsLogarithmic: true);
            loss.Draw(
                canvas,
                [
                    new("training, shifted copies too", Pen.Blue, [.. epochs.Select(epoch => (double)epoch.TrainingLoss)]),
                    new("validation", Pen.Orange, [.. epochs.Select(epoch => (double)(epoch.ValidationLoss ?? float.NaN))]),
                ],
                best);

            var accuracy = new Chart(pen, "accuracy, %", new SKRect(76, 306, 616, 406), epochs.Count, IsLogarithmic: false);
            accuracy.Draw(
                canvas,
                [new("validation", Pen.Orange, [.. epochs.Select(epoch => 100 * epoch.GetMetric("accuracy") ?? double.NaN)])],
                best);
            pen.Text(canvas, "epoch", 346, 446, 13, Pen.Ink, SKTextAlign.Center);
        }

        void DrawMisread(SKCanvas canvas)
        {
            pen.Text(
                canvas,
                misread.Length == 0 ? "No test digit was misread" : $"{misread.Length} of {readings.Length} test digits were misread",
                24,
                34,
                15,
                Pen.Ink);

            const float Cell = 124;
            const float Side = 96;
            foreach ((int i, Reading reading) in misread.Take(MisreadColumns * MisreadRows).Index())
            {
                float x = 24 + (i % MisreadColumns * Cell);
                float y = 56 + (i / MisreadColumns * (Cell + 10));
                DrawDigit(canvas, digits.Image(reading.Index), new SKRect(x, y, x + Side, y + Side));
                pen.Text(
                    canvas,
                    $"{reading.Truth} as {reading.Answer} ({reading.Confidence:P0})",
                    x + (Side / 2),
                    y + Side + 18,
                    12,
                    Pen.Ink,
                    SKTextAlign.Center);
            }
        }
    }

    private static void DrawDigit(SKCanvas canvas, ReadOnlySpan<float> image, SKRect area)
    {
        using var paint = new SKPaint();
        float pixel = area.Width / DigitData.Side;
        for (int i = 0; i < image.Length; i++)
        {
            byte grey = (byte)(255 - (image[i] * 255));
            paint.Color = new SKColor(grey, grey, grey);
            canvas.DrawRect(
                area.Left + (i % DigitData.Side * pixel),
                area.Top + (i / DigitData.Side * pixel),
                pixel,
                pixel,
                paint);
        }

        paint.Style = SKPaintStyle.Stroke;
        paint.Color = Pen.Grid;
        canvas.DrawRect(area, paint);
    }
}
