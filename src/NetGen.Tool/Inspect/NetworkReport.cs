namespace NetGen.Tool.Inspect;

/// <summary>What a network computes and what that costs: its layers, its parameters, its memory and about its time.</summary>
internal sealed class NetworkReport(FrontEnd source, NetworkGraph network, Report report, IMachine machine)
{
    // What a plan costs grows with the square of its steps, and nobody reads so many.
    private const int MostSteps = 500;

    // Nor is a sample of so many numbers a small network's: the plan of one takes more memory than its file.
    private const int MostElements = 1 << 20;

    public void Write()
    {
        Node[] steps = [.. network.Graph.Nodes.Where(n => n.Id <= network.Output.Id && n.Op is not SourceOp)];
        int elements = steps.Max(n => n.Shape.Count);
        if (steps.Length > MostSteps || elements > MostElements)
        {
            string why = steps.Length > MostSteps
                ? $"{Literal.Grouped(steps.Length)} steps are more than the {Literal.Grouped(MostSteps)}"
                : $"{Literal.Grouped(elements)} elements of one value are more than the {Literal.Grouped(MostElements)}";
            Parameters();
            report.Heading("Layers");
            report.Line($"  {why} that are planned here: layers, memory and time are left out.");
            return;
        }

        ClassPlan plan = Plan(training: false);
        Layers(plan);
        Parameters();
        Memory(plan);
        Time(plan);
    }

    private ClassPlan Plan(bool training)
    {
        var model = new NetworkModel(
            new TypeModel("", [], new TypeDeclaration("class", "Network", [])),
            source,
            Losses.All[0].Name,
            Optimizers.All[0].Name,
            training,
            UnrollMode.Auto,
            SimdMode.Auto);
        return Planner.Plan(model, network, machine.Lanes > 1 ? [machine.Lanes] : [], CostModel.Default);
    }

    // As the head of the generated file has it.
    private void Layers(ClassPlan plan)
    {
        report.Heading("Layers");
        var nodes = network.Graph.Nodes.ToDictionary(n => n.Name);
        report.Table(
            ["forward", "shape", "parameters", "multiply-adds#"],
            [
                .. plan.Of(EntryPoints.Forward).SelectMany(m => m.Blocks).Select(b => b.Kernel).Select(kernel =>
                {
                    Node node = nodes[kernel.Target];
                    string parameters = string.Join(", ", network.Graph.InputsOf(node).Where(n => n.Op is ParameterOp).Select(p => $"{p.Name} {p.Shape}"));
                    string cost = parameters.Length == 0 ? "" : Literal.Grouped(kernel.MultiplyAdds);
                    return (string[])[OneLine.Message(kernel.Formula), node.Shape.ToString(), parameters, cost];
                }),
            ]);
    }

    private void Parameters()
    {
        report.Heading("Parameters");
        if (network.Parameters.Count == 0)
        {
            report.Line("  none");
            return;
        }

        report.Table(
            ["name", "in formulas", "shape", "count#"],
            [.. network.Parameters.Select(p => (string[])[OneLine.Name(((ParameterOp)p.Op).StateName), p.Name, p.Shape.ToString(), Literal.Grouped(p.Shape.Count)])]);
        report.Heading("Totals");
        report.Figures(
        [
            ("parameters", Literal.Grouped(network.Parameters.Sum(p => (long)p.Shape.Count)), ""),
            ("multiply-adds", Literal.Grouped(network.Parameters.Where(p => p.Shape.Rank == 2).Sum(p => (long)p.Shape.Count)), "with weights, for one sample"),
        ]);
    }

    private void Memory(ClassPlan prediction)
    {
        ClassPlan training = Plan(training: true);
        long parameters = Parameters(prediction);
        string optimizers = string.Join("; ", Optimizers.All
            .GroupBy(row => row.Slots.Count)
            .OrderBy(g => g.Key)
            .Select(g => $"{string.Join(", ", g.Select(row => row.Name))} {Literal.Grouped(g.Key * parameters)}"));
        long constants = Bytes(prediction.Vectors?.ConstantLength ?? prediction.ConstantCount);
        report.Heading("Memory in bytes");
        report.Figures(
        [
            ("parameters", Literal.Grouped(parameters), prediction.Vectors is null ? "" : $"as they lie in memory, with padding; without {Literal.Grouped(Bytes(prediction.ParameterCount))}"),
            .. constants == 0 ? [] : ((string, string, string)[])[("constants", Literal.Grouped(constants), "for all instances together")],
            ("values of a sample", Literal.Grouped(Scratch(prediction)), "input, activations and output"),
            .. Rows("values of a batch", prediction),
            ("to train: gradients", Literal.Grouped(parameters), ""),
            ("to train: values of a sample", Literal.Grouped(Scratch(training)), "in place of those above"),
            .. Rows("to train: values of a batch", training),
            ("to train: optimizer", "", optimizers),
        ]);
    }

    private void Time(ClassPlan plan)
    {
        MachineSpeed speed = machine.Measure(Parameters(plan));
        var costs = new CallCosts(network.Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal));
        IEnumerable<MethodPlan> methods = plan.Vectors is { } vectors ? vectors.All(EntryPoints.Predict) : plan.Of(EntryPoints.Forward);
        double seconds = costs.Add(methods.SelectMany(m => m.Blocks), speed);
        int level = machine.Caches.TakeWhile(size => size < Parameters(plan)).Count();
        string place = machine.Caches.Count == 0 ? ""
            : level < machine.Caches.Count ? $"; the weights fit the level {Literal.Of(level + 1)} cache ({Literal.Grouped(machine.Caches[level])} bytes)"
            : "; the weights fit no cache";
        string unit = machine.Lanes > 1 ? $"vectors of {Literal.Of(machine.Lanes)} floats" : "floats (the machine has no vectors)";
        report.Heading("Time of a call");
        report.Line($"  Forward takes about {Durations.Show(seconds)} on this machine, once it is compiled and warm.");
        report.Line($"  An estimate, not a measurement of the network. Counted: of weights {Literal.Grouped((long)costs.Streamed)} {unit}, and");
        report.Line($"  {Literal.Grouped((long)costs.Operations)} other operations{place}.");
        report.Line($"  Measured now, for some milliseconds: {Durations.Show(speed.Stream)} to read and multiply one from as much memory as the weights take,");
        report.Line($"  {Durations.Show(speed.Operation)} for an operation, {Durations.Show(speed.Latency)} where it waits for the one before.");
    }

    private static IEnumerable<(string Name, string Value, string Remark)> Rows(string name, ClassPlan plan) =>
        plan.Vectors is { } vectors ? [(name, Literal.Grouped(Bytes(plan.BatchMemory)), $"of up to {Literal.Of(vectors.BatchRows)} rows at once")] : [];

    private static long Parameters(ClassPlan plan) => Bytes(plan.ParameterMemory);

    private static long Scratch(ClassPlan plan) => Bytes(plan.SampleMemory);

    private static long Bytes(long floats) => sizeof(float) * floats;
}
