namespace NetGen.Numerics.Tests.Onnx;

/// <summary>What ExportOnnx writes, which is no member of the interface.</summary>
internal static class ExportedFile
{
    public static byte[] Of(IPredictor network)
    {
        using var file = new MemoryStream();
        network.GetType().GetMethod("ExportOnnx", [typeof(Stream)])!.CreateDelegate<Action<Stream>>(network)(file);
        return file.ToArray();
    }
}
