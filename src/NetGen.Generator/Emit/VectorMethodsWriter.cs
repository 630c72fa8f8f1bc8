namespace NetGen.Generator;

/// <summary>Writes the planned methods of one width of vectors, or of single elements in their place.</summary>
internal sealed class VectorMethodsWriter(VectorBody body, CSharpText csharp, CodeWriter writer)
{
    /// <summary>Writes methods from <paramref name="first"/> on until the file is long.</summary>
    /// <param name="longFile">Characters after which no further method is begun.</param>
    /// <returns>How many there were, at least one.</returns>
    public int Write(int first, int longFile, CancellationToken cancellation)
    {
        if (first == 0)
        {
            writer.Generated();
        }

        int next = first;
        using (writer.Braces($"public static partial class {body.Name}"))
        {
            do
            {
                cancellation.ThrowIfCancellationRequested();
                if (next > first)
                {
                    writer.Line();
                }

                Write(body.Methods[next]);
                next++;
            }
            while (next < body.Methods.Count && writer.Length < longFile);
        }

        return next - first;
    }

    private void Write(MethodPlan method)
    {
        writer.Line("// " + MethodsWriter.Summaries[method.EntryPoint]);
        if (method.IsOptimizedAtOnce && !IsScalar)
        {
            writer.Line("[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]");
        }

        string result = method.Returns is null ? "void" : "float";
        using (writer.Braces($"public static {result} {method.Name}({MethodSignature.Declaration(MethodSignature.Of(method))})"))
        {
            if (IsScalar)
            {
                Spans(method);
            }
            else
            {
                References(method);
            }

            IReadOnlyList<EquatableArray<Statement>> statements = IsScalar ? [.. method.Blocks.Select(b => b.Statements)] : PlaceNames.Give(method);
            for (int i = 0; i < statements.Count; i++)
            {
                writer.Line();
                MethodsWriter.Comment(method.Blocks[i].Kernel, writer);
                csharp.Print(statements[i], writer);
            }

            if (method.Returns is { } value)
            {
                writer.Line();
                writer.Line($"return {value};");
            }
        }
    }

    // Lengths are checked by the public members, places by the plan: no index is checked again here.
    private void References(MethodPlan method)
    {
        foreach (string array in method.Tensors.Where(t => t.Space != TensorSpace.Argument).Select(MethodSignature.ArrayOf).Distinct())
        {
            writer.Line($"ref float {First(array)} = ref {MemberWriter.Aligned}.First({array});");
        }

        foreach (TensorPlan tensor in method.Tensors)
        {
            writer.Line($"ref float {tensor.Name} = ref {Start(tensor)}; // {tensor.Shape}");
        }
    }

    private void Spans(MethodPlan method)
    {
        ILookup<string, string> types = MethodSignature.Of(method).ToLookup(p => p.Name, p => p.Type);
        foreach (TensorPlan tensor in method.Tensors)
        {
            if (tensor.Space != TensorSpace.Argument)
            {
                string array = $"{MemberWriter.Aligned}.Span({MethodSignature.ArrayOf(tensor)})";
                writer.Line($"{MemberWriter.WriteSpan} {tensor.Name} = {array}.Slice({Literal.Of(tensor.Offset)}, {Literal.Of(tensor.Length)}); // {tensor.Shape}");
            }
            else if (tensor.Name != tensor.Argument)
            {
                writer.Line($"{types[tensor.Argument].First()} {tensor.Name} = {tensor.Argument};");
            }
        }
    }

    private bool IsScalar => body.Lanes == 1;

    private static string Start(TensorPlan tensor) => tensor.Space == TensorSpace.Argument
        ? $"global::System.Runtime.InteropServices.MemoryMarshal.GetReference({tensor.Argument})"
        : tensor.Offset == 0 ? First(MethodSignature.ArrayOf(tensor))
        : $"{VectorText.Reference}.Add(ref {First(MethodSignature.ArrayOf(tensor))}, {Literal.Of(tensor.Offset)})";

    private static string First(string array) => array + "Start";
}
