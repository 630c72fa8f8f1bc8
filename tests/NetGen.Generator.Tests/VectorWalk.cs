namespace NetGen.Generator.Tests;

/// <summary>Goes through statements as they run, and meets every element that they read or write.</summary>
/// <param name="rounds">The values of a loop's variable for which its body is walked; for a loop over rows as well.</param>
/// <param name="visit">What to do with each of them.</param>
internal sealed class VectorWalk(Func<Statement, IEnumerable<int>> rounds, Action<VectorWalk.Access> visit)
{
    private readonly Dictionary<string, int> _at = [];

    public void Run(IEnumerable<Statement> statements)
    {
        foreach (Statement statement in statements)
        {
            switch (statement)
            {
                case Statement.Loop l:
                    Repeat(l, l.Variable, l.Body);
                    break;
                case Statement.RowLoop r:
                    Repeat(r, r.Variable, r.Body);
                    break;
                case Statement.Block b:
                    Run(b.Body);
                    break;
                case Statement.Declare d:
                    Read(d.Value, d.Lanes);
                    Write(d.Kept, d.Lanes);
                    break;
                case Statement.Set s:
                    Read(s.Value, s.Lanes);
                    Write(s.Kept, s.Lanes);
                    break;
                case Statement.Store s:
                    Read(s.Value, s.Lanes);
                    if (s.Operator != AssignmentOperator.Assign)
                    {
                        Read(s.Target, s.Lanes);
                    }

                    Write(s.Target, s.Lanes);
                    break;
                case Statement.ReturnUnlessBelow:
                    break;
                default:
                    throw new NotSupportedException(statement.ToString());
            }
        }
    }

    // Outside of its loop a variable has no value.
    private void Repeat(Statement loop, LoopVariable variable, EquatableArray<Statement> body)
    {
        bool isInside = _at.TryGetValue(variable.Name, out int outer);
        foreach (int at in rounds(loop))
        {
            _at[variable.Name] = at;
            Run(body);
        }

        _at.Remove(variable.Name);
        if (isInside)
        {
            _at.Add(variable.Name, outer);
        }
    }

    private void Read(Expr value, int lanes)
    {
        switch (value)
        {
            case Expr.Element element:
                visit(new Access(element, Start(element), lanes, IsWrite: false));
                break;
            case Expr.Splat splat:
                Read(splat.Value, 1);
                break;
            case Expr.Across across:
                Read(across.Value, across.Lanes);
                break;
            case Expr.AcrossEach each:
                foreach (Expr one in each.Values)
                {
                    Read(one, each.Lanes);
                }

                break;
            default:
                foreach (Expr child in value.Children())
                {
                    Read(child, lanes);
                }

                break;
        }
    }

    private void Write(Expr.Element? element, int lanes)
    {
        if (element is not null)
        {
            visit(new Access(element, Start(element), lanes, IsWrite: true));
        }
    }

    private int Start(Expr.Element element)
    {
        int start = element.Index.Offset;
        foreach (var term in element.Index.Terms)
        {
            Assert.True(_at.TryGetValue(term.Variable.Name, out int at), $"{element.Tensor} is read or written outside of the loop over {term.Variable.Name}");
            start += term.Stride * at;
        }

        return start;
    }

    /// <summary>One element of a tensor and its neighbours, in this round of the loops around.</summary>
    internal readonly record struct Access(Expr.Element Element, int Start, int Lanes, bool IsWrite);
}
