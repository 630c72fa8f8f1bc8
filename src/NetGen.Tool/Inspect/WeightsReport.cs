using NetGen.SafeTensors;
using NetGen.Tool.Chains;
using NetGen.Tool.Files;

namespace NetGen.Tool.Inspect;

/// <summary>What is in a safetensors file.</summary>
internal sealed class WeightsReport(WeightsSource source, ToolContext context)
{
    private readonly Report _report = new(context);

    public void Write()
    {
        _report.Heading($"{source.File.Shown}: safetensors, {Report.Count(source.Header.Tensors.Count, "tensor")}, {Report.Count(source.Header.DataLength, "byte")}");
        if (source.Header.Metadata.Count > 0)
        {
            _report.Heading("Metadata");
            _report.Table(["key", "value"], [.. source.Header.Metadata.Select(m => (string[])[OneLine.Name(m.Key), OneLine.Name(m.Value)])]);
        }

        _report.Heading("Tensors");
        _report.Table(
            ["name", "type", "shape", "count#", "bytes#"],
            [
                .. source.Header.Tensors.Values.OrderBy(t => t.Begin).ThenBy(t => t.End).Select(t => (string[])
                [
                    OneLine.Name(t.Name),
                    OneLine.Name(t.ElementType),
                    OneLine.Name($"[{string.Join(", ", t.Shape)}]"),
                    ElementTypes.Size(t.ElementType) is > 0 and var size ? Literal.Grouped((t.End - t.Begin) / size) : "?",
                    Literal.Grouped(t.End - t.Begin),
                ]),
            ]);

        (DenseChain? chain, string problem) = ChainOfWeights.Find(source, ActivationNames.Linear, ActivationNames.Linear);
        if (chain is null)
        {
            _report.Heading("Layers");
            _report.Line($"  This is no chain of dense layers: {problem}.");
            return;
        }

        LayerChain layers = chain.ToModel();
        NetworkGraph network = layers.Build(CancellationToken.None).Train(Losses.All[0]);
        _report.Heading("As a chain of dense layers");
        _report.Line($"  {layers.Describe(network)}, in the order that fits the names and shapes; activations are not in the file, and count for nothing below");
        new NetworkReport(layers, network, _report, context.Machine).Write();
    }
}
