using System.Globalization;
using NetGen.Tool.Files;

namespace NetGen.Tool.Inspect;

/// <summary>What is in an ONNX file.</summary>
internal sealed class OnnxReport(OnnxSource source, ToolContext context)
{
    private readonly Report _report = new(context);

    private OnnxGraph Graph => source.Model.Graph;

    public void Write()
    {
        string producer = source.Model.Producer.Length == 0 ? "" : $", written by {OneLine.Name(source.Model.Producer)}";
        _report.Heading($"{source.File.Shown}: ONNX, opset {Literal.Of(source.Model.Opset)}{producer}");
        Ports("Inputs", Graph.Inputs);
        Ports("Outputs", Graph.Outputs);
        if (source.Network is { } network)
        {
            if (network.LeftOut.Count > 0)
            {
                _report.Heading("Left out");
                _report.Line($"  {OneLine.Message(string.Join(", ", network.LeftOut))}: {OneLine.Message(network.Reason)}");
                Operators();
            }

            if (source.Constants.Length > 0)
            {
                _report.Heading("Left out, as they are constants");
                _report.Line($"  {OneLine.Message(string.Join(", ", source.Constants))}");
            }

            new NetworkReport(new OnnxFrontEnd(source.File.Name, [], source.Settings), network, _report, context.Machine).Write();
            return;
        }

        Nodes();
        Operators();
        Initializers();
        throw source.File.Error(source.Refusal);
    }

    private void Ports(string heading, IReadOnlyList<OnnxValue> values)
    {
        _report.Heading(heading);
        _report.Table(
            ["name", "shape", "type"],
            [.. values.Select(v => (string[])[OneLine.Name(v.Name), OnnxShapes.Show(v.Shape), v.Type.ToString()])]);
    }

    private void Nodes()
    {
        _report.Heading("Nodes");
        _report.Table(
            ["operator", "inputs", "outputs", "name"],
            [.. Graph.Nodes.Select(n => (string[])[Operator(n), Names(n.Inputs), Names(n.Outputs), OneLine.Name(n.Name)])]);
    }

    private void Operators()
    {
        _report.Heading("Operators");
        _report.Table(
            ["operator", "nodes#", "supported"],
            [
                .. Graph.Nodes
                    .GroupBy(n => (n.Domain, n.Operator))
                    .OrderBy(g => g.Key)
                    .Select(g => (string[])[Operator(g.First()), Literal.Grouped(g.Count()), IsSupported(g.First()) ? "yes" : "no"]),
            ]);
    }

    private void Initializers()
    {
        if (Graph.Initializers.Count > 0)
        {
            _report.Heading("Initializers");
            _report.Table(
                ["name", "shape", "type", "count#"],
                [
                    .. Graph.Initializers.Select(i => (string[])
                    [
                        OneLine.Name(i.Key),
                        $"[{string.Join(", ", i.Value.Dimensions.Select(d => d.ToString(CultureInfo.InvariantCulture)))}]",
                        i.Value.Type.ToString(),
                        Literal.Grouped(i.Value.Count),
                    ]),
                ]);
        }
    }

    private static bool IsSupported(OnnxNode node) => node.Domain.Length == 0 && OnnxOperators.Names.Contains(node.Operator);

    private static string Operator(OnnxNode node) => OneLine.Name(node.Domain.Length == 0 ? node.Operator : $"{node.Domain}.{node.Operator}");

    private static string Names(IReadOnlyList<string> names) => OneLine.Name(string.Join(", ", names));
}
