namespace NetGen.Tool.Conversion;

/// <summary>Writes graphs as ONNX files.</summary>
internal static class OnnxOutput
{
    /// <param name="network">Its parameters have values.</param>
    /// <param name="file">The file, for messages.</param>
    public static byte[] Write(NetworkGraph network, Files.InputFile file) =>
        throw file.Error($"writing ONNX files is not supported yet; it would have {Report.Count(network.Parameters.Count, "tensor")}");
}
