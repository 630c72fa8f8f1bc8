using SkiaSharp;

namespace Drawing;

/// <summary>Text and lines in the colours of the pictures.</summary>
internal sealed class Pen : IDisposable
{
    public static readonly SKColor Ink = new(0x1F, 0x29, 0x37);
    public static readonly SKColor Faint = new(0x6B, 0x72, 0x80);
    public static readonly SKColor Grid = new(0xD9, 0xDD, 0xE3);
    public static readonly SKColor Blue = new(0x25, 0x63, 0xEB);
    public static readonly SKColor Orange = new(0xD9, 0x5F, 0x02);

    // The font comes along: a server or a container often has none, and text would silently be missing.
    private readonly SKTypeface _typeface = SKTypeface.FromStream(
        typeof(Pen).Assembly.GetManifestResourceStream("font"));

    public void Text(
        SKCanvas canvas,
        string text,
        float x,
        float baseline,
        float size,
        SKColor color,
        SKTextAlign align = SKTextAlign.Left)
    {
        using SKFont font = Font(size);
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawText(text, x, baseline, align, font, paint);
    }

    public float WidthOf(string text, float size)
    {
        using SKFont font = Font(size);
        return font.MeasureText(text);
    }

    public void Line(SKCanvas canvas, SKPoint from, SKPoint to, SKColor color, float width = 1, bool isDashed = false)
    {
        using SKPathEffect? dash = isDashed ? SKPathEffect.CreateDash([4, 4], 0) : null;
        using var paint = new SKPaint { Color = color, StrokeWidth = width, IsAntialias = true, PathEffect = dash };
        canvas.DrawLine(from, to, paint);
    }

    public void Polyline(SKCanvas canvas, SKPoint[] points, SKColor color)
    {
        using var paint = new SKPaint
        {
            Color = color,
            StrokeWidth = 2,
            Style = SKPaintStyle.Stroke,
            StrokeJoin = SKStrokeJoin.Round,
            IsAntialias = true,
        };
        using var path = new SKPath();
        path.AddPoly(points, close: false);
        canvas.DrawPath(path, paint);
    }

    public void Dot(SKCanvas canvas, SKPoint center, SKColor color)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawCircle(center, 2, paint);
    }

    public void Dispose() => _typeface.Dispose();

    private SKFont Font(float size) => new(_typeface, size)
    {
        Edging = SKFontEdging.Antialias,
        Hinting = SKFontHinting.None,
        LinearMetrics = true,
        Subpixel = true,
    };
}
