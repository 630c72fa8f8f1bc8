namespace NetGen.Generator;

/// <summary>Writes the planned methods of one width of vectors.</summary>
internal sealed class VectorMethodsWriter(VectorBody body, VectorText csharp, CodeWriter writer)
{
    public void Write(CancellationToken cancellation)
    {
        writer.Generated();
        using (writer.Braces($"public static class {body.Name}"))
        {
            for (int i = 0; i < body.Methods.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (i > 0)
                {
                    writer.Line();
                }

                Write(body.Methods[i]);
            }
        }
    }

    private void Write(MethodPlan method)
    {
        writer.Line("// " + MethodsWriter.Summaries[method.EntryPoint]);
        string result = method.Returns is null ? "void" : "float";
        using (writer.Braces($"public static {result} {method.Name}({MethodSignature.Declaration(MethodSignature.Of(method))})"))
        {
            // Lengths are checked by the public members, places by the plan: no index is checked again here.
            foreach (string array in method.Tensors.Where(t => t.Space != TensorSpace.Argument).Select(MethodSignature.ArrayOf).Distinct())
            {
                writer.Line($"ref float {First(array)} = ref {MemberWriter.Aligned}.First({array});");
            }

            foreach (TensorPlan tensor in method.Tensors)
            {
                writer.Line($"ref float {tensor.Name} = ref {Start(tensor)}; // {tensor.Shape}");
            }

            foreach (BlockPlan block in method.Blocks)
            {
                writer.Line();
                MethodsWriter.Comment(block.Kernel, writer);
                csharp.Print(block.Statements, writer);
            }

            if (method.Returns is { } value)
            {
                writer.Line();
                writer.Line($"return {value};");
            }
        }
    }

    private static string Start(TensorPlan tensor) => tensor.Space == TensorSpace.Argument
        ? $"global::System.Runtime.InteropServices.MemoryMarshal.GetReference({tensor.Argument})"
        : tensor.Offset == 0 ? First(MethodSignature.ArrayOf(tensor))
        : $"{VectorText.Reference}.Add(ref {First(MethodSignature.ArrayOf(tensor))}, {Literal.Of(tensor.Offset)})";

    private static string First(string array) => array + "Start";
}
