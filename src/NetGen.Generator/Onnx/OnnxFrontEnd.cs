namespace NetGen.Generator;

/// <summary>The front end for ONNX files: their operators become a graph. What is behind the graph knows no ONNX.</summary>
/// <param name="FileName">As the attribute names the file.</param>
/// <param name="Content">The file; empty until it was found.</param>
/// <param name="Settings">Which outputs are wanted, and what the file leaves open.</param>
internal sealed record OnnxFrontEnd(string FileName, EquatableArray<byte> Content, OnnxSettings Settings) : FrontEnd
{
    /// <summary>The resource that the build embeds the file as; empty where it does not.</summary>
    public string Resource { get; init; } = "";

    public override EmbeddedFile? Embedded => Resource.Length > 0 ? new EmbeddedFile(Resource, Content) : null;

    /// <exception cref="OnnxException">The file cannot be compiled.</exception>
    public override ForwardGraph Build(CancellationToken cancellation)
    {
        ForwardGraph graph = new OnnxOutputs(OnnxModel.Read([.. Content]), Settings, cancellation).Import();
        long parameters = graph.Builder.Nodes.Where(n => n.Op is ParameterOp).Sum(n => (long)n.Shape.Count);
        return SizeLimits.Fault(parameters) is { } fault ? throw new OnnxException(fault) : graph;
    }

    public override string Describe(NetworkGraph network) =>
        $"{Literal.Of(network.Input.Shape.Count)} → {Literal.Of(network.Output.Shape.Count)} from {FileText.Shown(FileName)}";
}
