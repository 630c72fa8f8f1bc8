namespace NetGen.Generator;

/// <summary>A graph has what ONNX files are not written with.</summary>
/// <param name="reason">Half a sentence that says what.</param>
internal sealed class NotExportableException(string reason) : Exception(reason);
