namespace NetGen.Generator;

/// <summary>The parameters of a planned method: it takes what it uses.</summary>
internal static class MethodSignature
{
    private const string Memory = "float[]";

    public static IEnumerable<(string Type, string Name)> Of(MethodPlan method)
    {
        foreach (string array in method.Tensors.Where(t => t.Space != TensorSpace.Argument).Select(ArrayOf).Distinct())
        {
            yield return (Memory, array);
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

        var asked = new Asked();
        foreach (BlockPlan block in method.Blocks)
        {
            asked.Read(block.Statements);
        }

        if (asked.HasPart)
        {
            yield return ("int", OptimizerSteps.First);
            yield return ("int", OptimizerSteps.End);
        }

        foreach (string condition in asked.Conditions)
        {
            yield return ("bool", condition);
        }

        if (asked.HasRows)
        {
            yield return ("nuint", VectorPlanner.RowCount);
        }
    }

    /// <summary>What a member passes: what it says itself, the field of that name for memory, and else a local of that name.</summary>
    public static string Arguments(IEnumerable<(string Type, string Name)> parameters, IReadOnlyDictionary<string, string> given) =>
        string.Join(", ", parameters.Select(p => given.TryGetValue(p.Name, out string? own) ? own : p.Type == Memory ? "_" + p.Name : p.Name));

    public static string ArrayOf(TensorPlan tensor) => tensor.Space switch
    {
        TensorSpace.Optimizer => tensor.Argument,
        TensorSpace.Parameters => "parameters",
        TensorSpace.Constants => "constants",
        TensorSpace.Gradients => "gradients",
        TensorSpace.Rows => "batch",
        _ => "scratch",
    };

    public static string Declaration(IEnumerable<(string Type, string Name)> parameters) =>
        string.Join(", ", parameters.Select(p => $"{p.Type} {p.Name}"));

    // What statements ask the caller for beside numbers and memory.
    private sealed class Asked
    {
        public bool HasPart { get; private set; }

        public bool HasRows { get; private set; }

        public SortedSet<string> Conditions { get; } = new(StringComparer.Ordinal);

        public void Read(EquatableArray<Statement> statements)
        {
            foreach (Statement statement in statements)
            {
                HasPart |= statement is Statement.Loop { IsPart: true };
                HasRows |= statement is Statement.RowLoop;
                if (statement is Statement.Block { Condition: { } condition })
                {
                    Conditions.Add(condition);
                }

                Read(statement.Inner);
            }
        }
    }
}
