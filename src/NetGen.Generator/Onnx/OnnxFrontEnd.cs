namespace NetGen.Generator;

/// <summary>The front end for ONNX files: their operators become a graph. What is behind the graph knows no ONNX.</summary>
/// <param name="FileName">As the attribute names the file.</param>
/// <param name="Content">The file; empty until it was found.</param>
/// <param name="Outputs">The outputs that are wanted; all where there are none.</param>
internal sealed record OnnxFrontEnd(string FileName, EquatableArray<byte> Content, EquatableArray<string> Outputs) : FrontEnd
{
    /// <exception cref="OnnxException">The file cannot be compiled.</exception>
    public override ForwardGraph Build(CancellationToken cancellation) => OnnxImporter.Import(OnnxModel.Read([.. Content]), Outputs, cancellation);

    public override string Describe(NetworkGraph network) =>
        $"{Literal.Of(network.Input.Shape.Count)} → {Literal.Of(network.Output.Shape.Count)} from {FileText.Shown(FileName)}";
}
