namespace NetGen.Generator;

/// <summary>
/// Writes the head of the generated file: a comment in Markdown that says what was compiled, to what, and why. Its
/// last line opens a code block, so that the whole file can be pasted into Markdown.
/// </summary>
internal sealed class HeaderWriter(ClassPlan plan, CodeWriter writer)
{
    public void Write()
    {
        writer.Line("/*");
        writer.Line($"# {plan.Model.Type.Declaration.Reference}");
        writer.Line();
        Summary();
        writer.Line();
        Layers();
        writer.Line();
        Notation();
        writer.Line();
        Decisions();
        writer.Line();
        if (plan.Vectors is { } vectors)
        {
            new VectorHeaderWriter(plan, vectors, writer).Write();
            writer.Line();
        }

        writer.Line("```mermaid");
        DataflowDiagram.Write(plan, writer);
        writer.Line("```");
        writer.Line();
        writer.Line("```csharp");
        writer.Line("*/");
    }

    private void Summary()
    {
        NetworkModel model = plan.Model;
        string sizes = model.Source.Describe(plan.Network);
        string goal = model.Training
            ? $"loss {model.Loss}, optimizer {model.Optimizer}{model.Options}"
            : $"loss {model.Loss}, prediction only";
        writer.Line($"{sizes}, {goal}. Compiled by {Tool.Name} {Tool.Version}.");
        writer.Line();

        string parameters = Bytes(plan.ParameterMemory);
        string training = model.Training ? $", gradients {parameters}, optimizer {Bytes((long)plan.ParameterMemory * model.Rule.Slots.Count)}" : "";
        string step = model.Training ? $"for the first TrainStep {Bytes(plan.SampleMemory)}, " : "";
        writer.Line($"{Count(plan.ParameterCount, "parameter")}; {Count(plan.MultiplyAdds, "multiply-add")} for one y.");
        writer.Line(
            $"Memory in bytes{(plan.Vectors is null ? "" : ", padded for vectors")}: parameters {parameters}{training}, values of a sample {Bytes(plan.SampleMemory)}; "
            + $"{step}for the first batch {Bytes(plan.BatchMemory)} more.");
    }

    private void Layers()
    {
        writer.Line("| forward | shape | parameters | multiply-adds |");
        writer.Line("|---|---|---|---|");
        foreach (Kernel kernel in plan.Of(EntryPoints.Forward).SelectMany(m => m.Blocks).Select(b => b.Kernel))
        {
            Node node = plan.Network.Graph.Nodes.Single(n => n.Name == kernel.Target);
            string parameters = string.Join(", ", plan.Network.Graph.InputsOf(node)
                .Where(n => n.Op is ParameterOp)
                .Select(p => $"{p.Name} {p.Shape}"));
            string cost = parameters.Length == 0 ? "" : Literal.Grouped(kernel.MultiplyAdds);
            writer.Line($"| {kernel.Formula.Replace("|", "\\|")} | {node.Shape} | {parameters} | {cost} |");
        }
    }

    private void Notation()
    {
        if (plan.Model.Training && plan.Network.Parameters.Count > 0)
        {
            Node weight = plan.Network.Parameters[0];
            writer.Line($"dv stands for ∂L/∂v: {plan.Network.Seed.Name} is ∂L/∂{plan.Network.Seed.Name.Substring(1)}, {weight.AdjointName} is ∂L/∂{weight.Name}. The caller's outputGradient is ∂L/∂y, inputGradient is ∂L/∂x.");
        }

        writer.Line("A name with an underscore and a word holds an intermediate result.");
        writer.Line("A matrix lies in memory row after row: element [o, i] of W [out, in] is W[o * in + i].");
        if (plan.Methods.SelectMany(m => m.Blocks).Any(b => b.Kernel.IsUnrolled))
        {
            writer.Line("A local with a number holds one element: a1_3 is a1[3].");
        }
    }

    // What the planner decided, with its reason, and for which steps.
    private void Decisions()
    {
        IEnumerable<IGrouping<(bool IsUnrolled, string Reason), string>> groups = plan.Methods
            .Where(m => m.EntryPoint != EntryPoints.Descend) // the same steps again, with parameters in place of gradients
            .SelectMany(m => m.Blocks)
            .Select(b => b.Kernel)
            .GroupBy(k => (k.IsUnrolled, k.Reason), k => k.Target);
        foreach (IGrouping<(bool IsUnrolled, string Reason), string> group in groups)
        {
            string form = group.Key.IsUnrolled ? "Written out" : "Loops";
            writer.Line($"- {form} ({group.Key.Reason}): {string.Join(", ", group.Distinct())}");
        }

        foreach (IGrouping<string, MethodPlan> parts in plan.Methods.GroupBy(m => m.EntryPoint).Where(g => g.Count() > 1))
        {
            writer.Line(
                $"- {parts.Key} is cut into {Literal.Of(parts.Count())} methods: "
                + "the just-in-time compiler gives up optimizing one that is too long");
        }
    }

    private static string Count(long count, string what) => $"{Literal.Grouped(count)} {what}{(count == 1 ? "" : "s")}";

    private static string Bytes(long floats) => Literal.Grouped(sizeof(float) * floats);
}
