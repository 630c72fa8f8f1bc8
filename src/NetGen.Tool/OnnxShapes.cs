using System.Globalization;

namespace NetGen.Tool;

/// <summary>Shapes as an ONNX file declares them, with the names of sizes that it leaves open.</summary>
internal static class OnnxShapes
{
    public static string Show(IReadOnlyList<OnnxDimension>? shape) => shape is null ? "[…]"
        : $"[{string.Join(", ", shape.Select(d => d.Size?.ToString(CultureInfo.InvariantCulture) ?? (d.Parameter is { Length: > 0 } name ? OneLine.Name(name) : "?")))}]";
}
