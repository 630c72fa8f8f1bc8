using System.Reflection;
using System.Text.Json;

namespace NetGen.Testing.Onnx;

/// <summary>The files of <c>tests/onnx</c>, which PyTorch wrote.</summary>
internal static class OnnxCorpus
{
    private const string Folder = "onnx/";

    private static readonly Assembly Assembly = typeof(OnnxCorpus).Assembly;
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    /// <summary>Without <c>.onnx</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Folder, StringComparison.Ordinal) && n.EndsWith(".onnx", StringComparison.Ordinal))
            .Select(n => n[Folder.Length..^".onnx".Length])
            .Order(StringComparer.Ordinal),
    ];

    public static byte[] Read(string name) => Bytes(name + ".onnx");

    /// <summary>Inputs, and what PyTorch makes of them.</summary>
    public static OnnxVectors Vectors(string name) => JsonSerializer.Deserialize<OnnxVectors>(Bytes(name + ".json"), Options)!;

    private static byte[] Bytes(string file)
    {
        using Stream stream = Assembly.GetManifestResourceStream(Folder + file)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
