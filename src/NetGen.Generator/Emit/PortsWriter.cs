namespace NetGen.Generator;

/// <summary>Writes Forward with a span for each of several inputs and outputs, which x and y hold one after the other.</summary>
internal sealed class PortsWriter(ClassPlan plan, CodeWriter writer) : MemberWriter(plan, writer)
{
    // What the parameters are called must not hide it.
    private const string Memory = "this._ports";

    private readonly IReadOnlyList<Port> _inputs = Ports(plan.Network.Inputs, Port.OnlyInput, plan.InputCount);
    private readonly IReadOnlyList<Port> _outputs = Ports(plan.Network.Outputs, Port.OnlyOutput, plan.OutputCount);

    public void Write()
    {
        if (!Plan.HasPorts)
        {
            return;
        }

        string parameters = string.Join(", ", [
            .. _inputs.Select(p => $"{ReadSpan} {p.Name}"),
            .. _outputs.Select(p => $"{WriteSpan} {p.Name}"),
        ]);
        using (Member(
            $"public void Forward({parameters})",
            "Computes the outputs for one sample, each input and output in a span of its own.",
            [.. _inputs.Concat(_outputs).Select(p => (p.Name.TrimStart('@'), p.Shape))],
            throws: Spans))
        {
            foreach (Port port in _inputs.Concat(_outputs))
            {
                Writer.Line($"global::NetGen.CompilerServices.Check.Length({port.Name}.Length, {Literal.Of(port.Count)}, \"{port.Name.TrimStart('@')}\");");
            }

            foreach (Port port in _inputs)
            {
                Writer.Line($"{port.Name}.CopyTo({Span(WriteSpan, port.Offset, port.Count)});");
            }

            Writer.Line($"this.Forward({Span(ReadSpan, 0, Plan.InputCount)}, {Span(WriteSpan, Plan.InputCount, Plan.OutputCount)});");
            foreach (Port port in _outputs)
            {
                Writer.Line($"{Span(ReadSpan, Plan.InputCount + port.Offset, port.Count)}.CopyTo({port.Name});");
            }
        }
    }

    private static IReadOnlyList<Port> Ports(EquatableArray<Port> several, string only, int count) =>
        several.Count > 0 ? several : [new Port(only, 0, count, $"[{Literal.Of(count)}]")];

    private static string Span(string type, int offset, int count) => $"new {type}({Memory}, {Literal.Of(offset)}, {Literal.Of(count)})";
}
