namespace NetGen.Generator;

/// <summary>Cuts code into methods that the just-in-time compiler can still optimise.</summary>
internal static class MethodSize
{
    private const int ElementCost = 11;
    private const int StatementCost = 6;

    /// <summary>Blocks in order, in parts of about so many IL instructions as a method has room for.</summary>
    public static IReadOnlyList<IReadOnlyList<BlockPlan>> Cut(IReadOnlyList<BlockPlan> blocks)
    {
        if (blocks.Sum(Cost) <= JitBudget.InstructionsPerMethod)
        {
            return [blocks];
        }

        var parts = new List<List<BlockPlan>> { new() };
        int cost = 0;
        foreach (List<BlockPlan> run in Inseparable(blocks))
        {
            int more = run.Sum(Cost);
            if (cost > 0 && cost + more > JitBudget.InstructionsPerMethod)
            {
                parts.Add([]);
                cost = 0;
            }

            parts[parts.Count - 1].AddRange(run);
            cost += more;
        }

        return parts;
    }

    // What a block declares outside of its loops may be read by later ones, which then stay with it.
    private static IEnumerable<List<BlockPlan>> Inseparable(IReadOnlyList<BlockPlan> blocks)
    {
        var lastReader = new Dictionary<string, int>();
        for (int i = 0; i < blocks.Count; i++)
        {
            foreach (string local in blocks[i].Statements.SelectMany(Read))
            {
                lastReader[local] = i;
            }
        }

        var run = new List<BlockPlan>();
        int end = 0;
        for (int i = 0; i < blocks.Count; i++)
        {
            run.Add(blocks[i]);
            IEnumerable<string> declared = blocks[i].Statements.OfType<Statement.Declare>().Select(d => d.Local);
            end = declared.Aggregate(end, (e, local) => lastReader.TryGetValue(local, out int reader) ? Math.Max(e, reader) : e);
            if (i >= end)
            {
                yield return run;
                run = [];
            }
        }
    }

    private static IEnumerable<string> Read(Statement statement) => statement switch
    {
        Statement.Declare d => Read(d.Value),
        Statement.Set s => Read(s.Value),
        Statement.Store s => Read(s.Value),
        Statement.ReturnUnlessBelow r => [r.Local],
        _ => statement.Inner.SelectMany(Read),
    };

    private static IEnumerable<string> Read(Expr value) => value.Descend().OfType<Expr.Local>().Select(l => l.Name);

    private static int Cost(BlockPlan block) => block.Statements.Sum(Cost);

    private static int Cost(Statement statement) => StatementCost + statement switch
    {
        Statement.Declare d => Cost(d.Value),
        Statement.Set s => Cost(s.Value),
        Statement.Store s => Cost(s.Value) + Cost(s.Target),
        _ => statement.Inner.Sum(Cost),
    };

    private static int Cost(Expr value)
    {
        int cost = 0;
        foreach (Expr e in value.Descend())
        {
            cost += e is Expr.Element ? ElementCost : 1;
        }

        return cost;
    }
}
