namespace NetGen.Tool.Conversion;

/// <summary>Writes graphs as ONNX files.</summary>
internal static class OnnxOutput
{
    /// <param name="network">Its parameters have values.</param>
    /// <param name="file">The file, for messages.</param>
    public static byte[] Write(NetworkGraph network, Files.InputFile file)
    {
        try
        {
            return OnnxExporter.Export(network, Path.GetFileNameWithoutExtension(file.Path), "netgen", "").ToArray(network.Parameters.Select(p => ((ParameterOp)p.Op).Values!));
        }
        catch (NotExportableException e)
        {
            throw file.Error($"it has no form as an ONNX file: {e.Message}");
        }
    }
}
