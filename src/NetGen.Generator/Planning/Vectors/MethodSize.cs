namespace NetGen.Generator;

/// <summary>Cuts the code of a batch into methods that the just-in-time compiler can still optimise.</summary>
internal static class MethodSize
{
    private const int ElementCost = 11;
    private const int StatementCost = 6;

    /// <summary>Blocks in order, in parts of about so many IL instructions as a method has room for.</summary>
    public static IEnumerable<IReadOnlyList<BlockPlan>> Cut(IEnumerable<BlockPlan> blocks)
    {
        var part = new List<BlockPlan>();
        int cost = 0;
        foreach (BlockPlan block in blocks)
        {
            int more = block.Statements.Sum(Cost);
            if (part.Count > 0 && cost + more > JitBudget.InstructionsPerMethod)
            {
                yield return part;
                part = [];
                cost = 0;
            }

            part.Add(block);
            cost += more;
        }

        yield return part;
    }

    private static int Cost(Statement statement) => StatementCost + statement switch
    {
        Statement.Declare d => Cost(d.Value),
        Statement.Set s => Cost(s.Value),
        Statement.Store s => Cost(s.Value) + Cost(s.Target),
        Statement.Loop l => l.Body.Sum(Cost),
        Statement.RowLoop r => r.Body.Sum(Cost),
        Statement.Block b => b.Body.Sum(Cost),
        _ => 0,
    };

    private static int Cost(Expr value) => value.Descend().Sum(e => e is Expr.Element ? ElementCost : 1);
}
