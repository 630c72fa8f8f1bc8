namespace NetGen.Generator;

/// <summary>Writes the planned methods: the mathematics of the class.</summary>
internal sealed class MethodsWriter(ClassPlan plan, CSharpText csharp, CodeWriter writer)
{
    private static readonly Dictionary<string, string> Summaries = new()
    {
        [EntryPoints.Forward] = "The forward pass of the sample in scratch: x becomes y.",
        [EntryPoints.Loss] = "The loss of the last forward pass.",
        [EntryPoints.LossGradient] = "The loss of the last forward pass, and where back-propagation starts: its gradient over the last layer.",
        [EntryPoints.OutputGradient] = "Where back-propagation starts if the caller gives ∂L/∂y.",
        [EntryPoints.BackPropagate] = "The chain rule from the last layer to the first; adds ∂L/∂p to the gradients.",
        [EntryPoints.InputGradient] = "The last step of the chain rule: ∂L/∂x.",
        [EntryPoints.Descend] = "The chain rule again, with p -= lr·∂L/∂p in place of a gradient that is stored.",
    };

    public void Write(CancellationToken cancellation)
    {
        for (int i = 0; i < plan.Methods.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            MethodPlan method = plan.Methods[i];
            if (i > 0)
            {
                writer.Line();
            }

            writer.Line("// " + Summaries[method.EntryPoint]);
            string result = method.Returns is null ? "void" : "float";
            using (writer.Braces($"public static {result} {method.Name}({string.Join(", ", Parameters(method).Select(p => $"{p.Type} {p.Name}"))})"))
            {
                Write(method);
            }
        }
    }

    /// <summary>The calls that carry out an entry point, in the public members' terms.</summary>
    public static IEnumerable<string> Calls(ClassPlan plan, string entryPoint, string scratch) =>
        plan.Of(entryPoint).Select(m => $"{GeneratedMembers.Formulas}.{m.Name}({string.Join(", ", Parameters(m).Select(p => p.Name switch
        {
            "parameters" => "_parameters",
            "gradients" => "_gradients",
            "scratch" => scratch,
            "t" => "target",
            string same => same,
        }))})");

    // A method takes what it uses.
    private static IEnumerable<(string Type, string Name)> Parameters(MethodPlan method)
    {
        foreach (TensorSpace space in method.Tensors.Select(t => t.Space).Where(s => s != TensorSpace.Argument).Distinct())
        {
            yield return ("float[]", Array(space));
        }

        foreach (TensorPlan argument in method.Tensors.Where(t => t.Space == TensorSpace.Argument))
        {
            bool isWritten = method.Blocks.Any(b => b.Kernel.Assignments.Any(a => a.Target == argument.Name));
            yield return (isWritten ? MemberWriter.WriteSpan : MemberWriter.ReadSpan, argument.Name);
        }

        if (method.Blocks.SelectMany(b => b.Kernel.Assignments).SelectMany(a => a.Value.Descend()).Any(e => e is Expr.Local { Name: Planner.LearningRate }))
        {
            yield return ("float", Planner.LearningRate);
        }
    }

    private void Write(MethodPlan method)
    {
        foreach (TensorPlan tensor in method.Tensors)
        {
            string count = Literal.Of(tensor.Shape.Count);
            writer.Line(tensor.Space == TensorSpace.Argument
                ? $"{tensor.Name} = {tensor.Name}.Slice(0, {count});"
                : $"{MemberWriter.WriteSpan} {tensor.Name} = new({Array(tensor.Space)}, {Literal.Of(tensor.Offset)}, {count}); // {tensor.Shape}");
        }

        foreach (BlockPlan block in method.Blocks)
        {
            writer.Line();
            Comment(block.Kernel);
            csharp.Print(block.Statements, writer);
        }

        if (method.Returns is { } value)
        {
            writer.Line();
            writer.Line($"return {value};");
        }
    }

    private void Comment(Kernel kernel)
    {
        string formula = "// " + kernel.Formula;
        if (kernel.Note.Length == 0)
        {
            writer.Line(formula);
        }
        else if (formula.Length + kernel.Note.Length < CSharpText.LongestLine)
        {
            writer.Line($"{formula}    ({kernel.Note})");
        }
        else
        {
            writer.Line(formula);
            writer.Line($"//     ({kernel.Note})");
        }
    }

    private static string Array(TensorSpace space) => space switch
    {
        TensorSpace.Parameters => "parameters",
        TensorSpace.Gradients => "gradients",
        _ => "scratch",
    };
}
