namespace NetGen.Generator;

/// <summary>Draws what reads what, forward and backward, as a Mermaid flowchart.</summary>
internal static class DataflowDiagram
{
    private static readonly string[] Drawn =
    [
        EntryPoints.Forward,
        EntryPoints.Loss,
        EntryPoints.LossGradient,
        EntryPoints.BackPropagate,
        EntryPoints.InputGradient,
    ];

    public static void Write(ClassPlan plan, CodeWriter writer)
    {
        Kernel[] kernels = [.. Drawn.SelectMany(plan.Of).SelectMany(m => m.Blocks).Select(b => b.Kernel)];
        ILookup<bool, Kernel> passes = kernels.ToLookup(k => IsForward(plan.Network, k));
        Dictionary<string, Shape> sources = Sources(plan.Network);
        HashSet<string> known = [.. sources.Keys, .. kernels.Select(k => k.Target)];

        writer.Line("flowchart LR");
        foreach (string source in kernels.SelectMany(k => Reads(k, known)).Distinct().Where(sources.ContainsKey))
        {
            writer.Line($"    {source}([\"{source} {sources[source]}\"])");
        }

        Group("forward", [.. passes[true]]);
        Group("backward", [.. passes[false]]);
        foreach (Kernel kernel in kernels)
        {
            writer.Line($"    {string.Join(" & ", Reads(kernel, known))} --> {kernel.Target}");
        }

        void Group(string title, Kernel[] kernels)
        {
            if (kernels.Length == 0)
            {
                return;
            }

            writer.Line($"    subgraph {title}");
            foreach (Kernel kernel in kernels)
            {
                writer.Line($"        {kernel.Target}[\"{Label(kernel.Formula)}\"]");
            }

            writer.Line("    end");
        }
    }

    // Adjoints are added to a graph after everything up to the loss.
    private static bool IsForward(NetworkGraph network, Kernel kernel) =>
        network.Graph.Nodes.Any(n => n.Name == kernel.Target && n.Id <= network.Loss.Id);

    private static Dictionary<string, Shape> Sources(NetworkGraph network) => new[] { network.Input, network.Target }
        .Concat(network.Parameters)
        .Concat(network.Constants)
        .ToDictionary(n => n.Name, n => n.Shape);

    private static IEnumerable<string> Reads(Kernel kernel, HashSet<string> known) => kernel.Assignments
        .SelectMany(a => a.Value.Descend())
        .Select(e => e is Expr.Element element ? element.Tensor : e is Expr.Local local ? local.Name : "")
        .Where(name => known.Contains(name) && name != kernel.Target)
        .Distinct();

    // Labels are HTML.
    private static string Label(string formula) => formula.Replace("<", "#lt;").Replace(">", "#gt;");
}
