namespace NetGen.Generator;

/// <summary>The parameters of a planned method: it takes what it uses.</summary>
internal static class MethodSignature
{
    public static IEnumerable<(string Type, string Name)> Of(MethodPlan method)
    {
        foreach (TensorSpace space in method.Tensors.Select(t => t.Space).Where(s => s != TensorSpace.Argument).Distinct())
        {
            yield return ("float[]", ArrayOf(space));
        }

        foreach (TensorPlan argument in method.Tensors.Where(t => t.Space == TensorSpace.Argument))
        {
            bool isWritten = method.Blocks.Any(b => b.Kernel.Assignments.Any(a => a.Target == argument.Name || a.Target == argument.Argument));
            yield return (isWritten ? MemberWriter.WriteSpan : MemberWriter.ReadSpan, argument.Argument);
        }

        if (method.Blocks.SelectMany(b => b.Kernel.Assignments).SelectMany(a => a.Value.Descend()).Any(e => e is Expr.Local { Name: Programs.LearningRate }))
        {
            yield return ("float", Programs.LearningRate);
        }

        if (method.Blocks.SelectMany(b => b.Statements).Any(s => s.HasRows()))
        {
            yield return ("nuint", VectorPlanner.RowCount);
        }
    }

    public static string ArrayOf(TensorSpace space) => space switch
    {
        TensorSpace.Parameters => "parameters",
        TensorSpace.Gradients => "gradients",
        TensorSpace.Rows => "batch",
        _ => "scratch",
    };

    public static string Declaration(IEnumerable<(string Type, string Name)> parameters) =>
        string.Join(", ", parameters.Select(p => $"{p.Type} {p.Name}"));
}
