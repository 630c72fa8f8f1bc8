namespace NetGen.Generator;

/// <summary>The parameters of a planned method: it takes what it uses.</summary>
internal static class MethodSignature
{
    public static IEnumerable<(string Type, string Name)> Of(MethodPlan method)
    {
        foreach (string array in method.Tensors.Where(t => t.Space != TensorSpace.Argument).Select(ArrayOf).Distinct())
        {
            yield return ("float[]", array);
        }

        foreach (TensorPlan argument in method.Tensors.Where(t => t.Space == TensorSpace.Argument))
        {
            bool isWritten = method.Blocks.Any(b => b.Kernel.Assignments.Any(a => a.Target == argument.Name || a.Target == argument.Argument));
            yield return (isWritten ? MemberWriter.WriteSpan : MemberWriter.ReadSpan, argument.Argument);
        }

        foreach (string scalar in method.Scalars)
        {
            yield return ("float", scalar);
        }

        if (method.Blocks.SelectMany(b => b.Statements).Any(s => s.HasRows()))
        {
            yield return ("nuint", VectorPlanner.RowCount);
        }
    }

    public static string ArrayOf(TensorPlan tensor) => tensor.Space switch
    {
        TensorSpace.Optimizer => tensor.Argument,
        TensorSpace.Parameters => "parameters",
        TensorSpace.Gradients => "gradients",
        TensorSpace.Rows => "batch",
        _ => "scratch",
    };

    public static string Declaration(IEnumerable<(string Type, string Name)> parameters) =>
        string.Join(", ", parameters.Select(p => $"{p.Type} {p.Name}"));
}
