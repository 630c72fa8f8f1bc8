namespace NetGen.Numerics.Tests.Onnx;

/// <summary>What ExportOnnx writes.</summary>
internal static class ExportedFile
{
    public static byte[] Of(IPredictor network)
    {
        using var file = new MemoryStream();
        network.ExportOnnx(file);
        return file.ToArray();
    }
}
