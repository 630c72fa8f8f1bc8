namespace NetGen.Tool.Conversion;

/// <summary>Writes graphs as ONNX files.</summary>
internal static class OnnxOutput
{
    /// <param name="network">Its parameters have values.</param>
    /// <param name="file">The file, for messages.</param>
    public static byte[] Write(NetworkGraph network, Files.InputFile file) =>
        OnnxExporter.Export(network, Path.GetFileNameWithoutExtension(file.Path), "netgen", "")?.ToArray(network.Parameters.Select(p => ((ParameterOp)p.Op).Values!))
        ?? throw file.Error("its graph has an operation that ONNX files are not written with");
}
