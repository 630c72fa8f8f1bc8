namespace NetGen.Generator;

/// <summary>Writes the planned methods: the mathematics of the class.</summary>
internal sealed class MethodsWriter(ClassPlan plan, CSharpText csharp, CodeWriter writer)
{
    public static readonly IReadOnlyDictionary<string, string> Summaries = new Dictionary<string, string>
    {
        [EntryPoints.Forward] = "The forward pass of the sample in scratch: x becomes y.",
        [EntryPoints.Loss] = "The loss of the last forward pass.",
        [EntryPoints.LossGradient] = "The loss of the last forward pass, and where back-propagation starts: its gradient over the last layer.",
        [EntryPoints.OutputGradient] = "Where back-propagation starts if the caller gives ∂L/∂y.",
        [EntryPoints.BackPropagate] = "The chain rule from the last layer to the first; adds ∂L/∂p to the gradients.",
        [EntryPoints.InputGradient] = "The last step of the chain rule: ∂L/∂x.",
        [EntryPoints.Reach] = "How large what the gradients are made of is, all together.",
        [EntryPoints.Descend] = "The chain rule again, with p -= lr·∂L/∂p in place of a gradient that is stored.",
        [EntryPoints.Predict] = "The forward pass: y for x.",
        [EntryPoints.Train] = "One sample forward and back, with p -= lr·∂L/∂p in place of a gradient that is stored. Returns what is not finite, and changes nothing, unless what the gradients are made of is finite and not too large.",
        [EntryPoints.SgdUpdate] = "A step of plain descent with the mean gradient.",
        [EntryPoints.Update] = "A step of the optimizer with the mean gradient.",
        [EntryPoints.ForwardRows] = "The forward pass of the rows of a batch.",
        [EntryPoints.OutputRows] = "The outputs of the rows, without their padding.",
        [EntryPoints.LossRows] = "The loss of each row, and where its back-propagation starts.",
        [EntryPoints.OutputGradientRows] = "Where the back-propagation of the rows starts if the caller gives ∂L/∂y.",
        [EntryPoints.BackRows] = "The chain rule from the last layer to the first; the sum of the rows' ∂L/∂p is added to the gradients, or takes their place.",
    };

    public void Write(CancellationToken cancellation)
    {
        if (!plan.HasScalarForm)
        {
            new VectorMethodsWriter(plan.Vectors!.Bodies[plan.Vectors.Bodies.Count - 1], csharp, writer).Write(0, int.MaxValue, cancellation);
            return;
        }

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
            using (writer.Braces($"public static {result} {method.Name}({MethodSignature.Declaration(MethodSignature.Of(method))})"))
            {
                Write(method);
            }
        }
    }

    /// <summary>The calls that carry out an entry point, in the public members' terms.</summary>
    /// <param name="given">Arguments that are not called as the parameter is.</param>
    public static IEnumerable<string> Calls(ClassPlan plan, string entryPoint, IReadOnlyDictionary<string, string> given)
    {
        // What only one of the two forms has is asked for where that form runs.
        if (plan.Vectors is { } vectors && vectors.EntryPoints.Contains(entryPoint))
        {
            return [Call($"{VectorSupportWriter.Dispatcher}.{entryPoint}", VectorSupportWriter.Parameters(plan, vectors, entryPoint), given)];
        }

        return ScalarCalls(plan, entryPoint, given);
    }

    /// <summary>The same where it is known that there are no vectors.</summary>
    public static IEnumerable<string> ScalarCalls(ClassPlan plan, string entryPoint, IReadOnlyDictionary<string, string> given) =>
        plan.Of(entryPoint).Select(m => Call(m.Name, MethodSignature.Of(m), given));

    private static string Call(string name, IEnumerable<(string, string)> parameters, IReadOnlyDictionary<string, string> given) =>
        $"{GeneratedMembers.Formulas}.{name}({MethodSignature.Arguments(parameters, given)})";

    private void Write(MethodPlan method)
    {
        foreach (TensorPlan tensor in method.Tensors)
        {
            string count = Literal.Of(tensor.Shape.Count);
            writer.Line(tensor.Space == TensorSpace.Argument
                ? $"{tensor.Name} = {tensor.Name}.Slice(0, {count});"
                : $"{MemberWriter.WriteSpan} {tensor.Name} = new({MethodSignature.ArrayOf(tensor)}, {Literal.Of(tensor.Offset)}, {count}); // {tensor.Shape}");
        }

        foreach (BlockPlan block in method.Blocks)
        {
            writer.Line();
            Comment(block.Kernel, writer);
            csharp.Print(block.Statements, writer);
        }

        if (method.Returns is { } value)
        {
            writer.Line();
            writer.Line($"return {value};");
        }
    }

    public static void Comment(Kernel kernel, CodeWriter writer)
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
}
