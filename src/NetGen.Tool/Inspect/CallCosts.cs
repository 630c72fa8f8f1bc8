namespace NetGen.Tool.Inspect;

/// <summary>
/// Counts what a planned method does: the statements of the plan are the generated code, so nothing here is guessed but what
/// one operation costs.
/// </summary>
/// <param name="weights">The names of the parameters.</param>
internal sealed class CallCosts(IReadOnlySet<string> weights)
{
    // Divisions and square roots take the unit that does them as long as so many multiplications.
    private const int SlowOperation = 8;

    // Of a product's sums some are added up at the end, and the next layer reads what was just stored.
    private const int EndOfProduct = 6;

    private readonly Dictionary<string, (double Operations, double Depth)> _functions = [];

    /// <summary>Vectors of weights that are read, each for a multiply-add.</summary>
    public double Streamed { get; private set; }

    /// <summary>Other operations on vectors.</summary>
    public double Operations { get; private set; }

    /// <summary>The same, after what was counted before.</summary>
    /// <param name="blocks">What follows each other: each waits for the one before.</param>
    /// <param name="speed">What each takes.</param>
    /// <returns>Seconds.</returns>
    public double Add(IEnumerable<BlockPlan> blocks, MachineSpeed speed)
    {
        double seconds = 0;
        foreach (BlockPlan block in blocks)
        {
            (double streamed, double operations) = (Streamed, Operations);
            double depth = 0;
            foreach (Statement statement in block.Statements)
            {
                Count(statement, 1, ref depth);
            }

            seconds += Math.Max(((Streamed - streamed) * speed.Stream) + ((Operations - operations) * speed.Operation), depth * speed.Latency);
        }

        return seconds;
    }

    private void Count(Statement statement, double times, ref double depth)
    {
        double rounds = statement is Statement.Loop loop ? (loop.To - loop.From + loop.Step - 1) / loop.Step : 1;
        foreach (Statement inner in statement.Inner)
        {
            Count(inner, times * rounds, ref depth);
        }

        Expr? value = statement switch
        {
            Statement.Declare d => d.Value,
            Statement.Set s => s.Value,
            Statement.Store s => s.Value,
            _ => null,
        };
        if (value is null)
        {
            return;
        }

        if (value.Descend().OfType<Expr.Element>().Any(e => weights.Contains(e.Tensor)))
        {
            depth = Math.Max(depth, EndOfProduct);
            Streamed += times * value.Descend().OfType<Expr.Element>().Count(e => weights.Contains(e.Tensor));
            return;
        }

        (double operations, double longest) = Of(value, []);
        Operations += times * operations;
        depth = Math.Max(depth, longest);
    }

    // Operations, and how many of them wait for each other.
    private (double Operations, double Depth) Of(Expr value, Dictionary<string, double> locals)
    {
        double operations = 0, depth = 0;
        foreach (Expr child in value.Children())
        {
            (double more, double longest) = Of(child, locals);
            operations += more;
            depth = Math.Max(depth, longest);
        }

        (double own, double wait) = value switch
        {
            Expr.Binary { Operator: BinaryOperator.Divide } or Expr.Unary { Operator: UnaryOperator.Sqrt } => (SlowOperation, SlowOperation / 2),
            Expr.Across across => (2 * Math.Log2(across.Lanes), 2 * Math.Log2(across.Lanes)),
            Expr.AcrossEach each => (2 * each.Values.Count, 2 * Math.Log2(each.Lanes)),
            Expr.FunctionCall call => OfFunction(call.Function),
            Expr.Binary or Expr.Unary or Expr.Select or Expr.MultiplyAdd => (1, 1),
            _ => (0, 0),
        };
        double before = value is Expr.Local local ? locals.GetValueOrDefault(local.Name) : 0;
        return (operations + own, depth + wait + before);
    }

    private (double Operations, double Depth) OfFunction(string name)
    {
        if (!_functions.TryGetValue(name, out (double Operations, double Depth) found))
        {
            FunctionRow row = Functions.Get(name);
            var locals = new Dictionary<string, double>();
            foreach (FunctionStep step in row.Steps)
            {
                (double more, double longest) = Of(step.Value, locals);
                locals[step.Name] = longest;
                found.Operations += more;
            }

            (double last, double depth) = Of(row.Result, locals);
            _functions.Add(name, found = (found.Operations + last, depth));
        }

        return found;
    }
}
