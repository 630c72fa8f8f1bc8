namespace NetGen.Generator;

/// <summary>Writes the planned methods: the mathematics of the class.</summary>
internal sealed class MethodsWriter(ClassPlan plan, CSharpText csharp, CodeWriter writer)
{
    private static readonly Dictionary<string, string> Summaries = new()
    {
        [EntryPoints.Forward] = "The forward pass of the sample in scratch: x becomes y.",
        [EntryPoints.Loss] = "The loss of the last forward pass.",
        [EntryPoints.LossGradient] = "The loss of the last forward pass, and where back-propagation starts: its gradient over the last layer.",
        [EntryPoints.OutputGradient] = "Where back-propagation starts if the caller gives dL/dy.",
        [EntryPoints.BackPropagate] = "The chain rule from the last layer to the first; adds dL/dp to the gradients.",
        [EntryPoints.InputGradient] = "The last step of the chain rule: dL/dx.",
        [EntryPoints.Descend] = "The chain rule again, with p -= lr·dL/dp in place of a gradient that is stored.",
    };

    public void Write()
    {
        foreach (MethodPlan method in plan.Methods)
        {
            writer.Line();
            writer.Line("// " + Summaries[method.EntryPoint]);
            string result = method.Returns is null ? "void" : "float";
            using (writer.Braces($"private static {result} {method.Name}({Signature(method.EntryPoint)})"))
            {
                Write(method);
            }
        }
    }

    /// <summary>The call of an entry point, in the public members' terms.</summary>
    public static IEnumerable<string> Calls(ClassPlan plan, string entryPoint, string scratch)
    {
        foreach (MethodPlan method in plan.Of(entryPoint))
        {
            yield return $"{method.Name}({Arguments(entryPoint, scratch)})";
        }
    }

    private static string Signature(string entryPoint)
    {
        const string Arrays = "float[] parameters, float[] scratch";
        return entryPoint switch
        {
            EntryPoints.Loss or EntryPoints.LossGradient => $"{Arrays}, global::System.ReadOnlySpan<float> t",
            EntryPoints.OutputGradient => $"{Arrays}, global::System.ReadOnlySpan<float> outputGradient",
            EntryPoints.BackPropagate => $"{Arrays}, float[] gradients",
            EntryPoints.InputGradient => $"{Arrays}, global::System.Span<float> inputGradient",
            EntryPoints.Descend => $"{Arrays}, float {Planner.LearningRate}",
            _ => Arrays,
        };
    }

    private static string Arguments(string entryPoint, string scratch)
    {
        string arrays = $"_parameters, {scratch}";
        return entryPoint switch
        {
            EntryPoints.Loss or EntryPoints.LossGradient => $"{arrays}, target",
            EntryPoints.OutputGradient => $"{arrays}, outputGradient",
            EntryPoints.BackPropagate => $"{arrays}, _gradients",
            EntryPoints.InputGradient => $"{arrays}, inputGradient",
            EntryPoints.Descend => $"{arrays}, {Planner.LearningRate}",
            _ => arrays,
        };
    }

    private void Write(MethodPlan method)
    {
        foreach (TensorPlan tensor in method.Tensors)
        {
            string count = Literal.Of(tensor.Shape.Count);
            writer.Line(tensor.Space == TensorSpace.Argument
                ? $"{tensor.Name} = {tensor.Name}.Slice(0, {count});"
                : $"var {tensor.Name} = new global::System.Span<float>({Array(tensor.Space)}, {Literal.Of(tensor.Offset)}, {count}); // {tensor.Shape}");
        }

        foreach (BlockPlan block in method.Blocks)
        {
            writer.Line();
            writer.Line("// " + block.Kernel.Formula + (block.Kernel.Note.Length > 0 ? $"    ({block.Kernel.Note})" : ""));
            foreach (Statement statement in block.Statements)
            {
                csharp.Print(statement, writer);
            }
        }

        if (method.Returns is { } value)
        {
            writer.Line();
            writer.Line($"return {value};");
        }
    }

    private static string Array(TensorSpace space) => space switch
    {
        TensorSpace.Parameters => "parameters",
        TensorSpace.Gradients => "gradients",
        _ => "scratch",
    };
}
