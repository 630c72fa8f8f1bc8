namespace NetGen.Generator;

/// <summary>Writes out loops over scalars that run only a few rounds.</summary>
internal static class ShortLoops
{
    private const int Rounds = 4;
    private const int Statements = 3;

    public static EquatableArray<Statement> WriteOut(IEnumerable<Statement> statements) =>
        statements.SelectMany(s => s.Contains(IsShort) ? Visit(s) : [s]).ToEquatableArray();

    private static bool IsShort(Statement statement) => statement is Statement.Loop { Step: 1 } l && l.To - l.From <= Rounds;

    private static IEnumerable<Statement> Visit(Statement statement)
    {
        switch (statement)
        {
            case Statement.Loop l when IsShort(l) && l.Body.Count <= Statements && l.Body.All(s => s.Lanes == 1 && s is not (Statement.Loop or Statement.RowLoop)):
                for (int i = l.From; i < l.To; i++)
                {
                    int at = i;
                    IEnumerable<Statement> round = l.Body.Select(s => StatementRewriter.Rewrite(s, value => VectorCode.At(value, l.Variable, at, isFixed: true)));
                    foreach (Statement written in VectorCode.Apart(round))
                    {
                        yield return written;
                    }
                }

                break;
            case Statement.Loop l when WriteOut(l.Body) is var body && l.Step == 1 && l.To - l.From == 1:
                yield return VectorCode.InScope(body.Select(s => StatementRewriter.Rewrite(s, value => VectorCode.At(value, l.Variable, l.From, isFixed: true))));
                break;
            case Statement.Loop l:
                yield return l with { Body = WriteOut(l.Body) };
                break;
            case Statement.RowLoop r:
                yield return r with { Body = WriteOut(r.Body) };
                break;
            case Statement.Block b:
                yield return b with { Body = WriteOut(b.Body) };
                break;
            default:
                yield return statement;
                break;
        }
    }
}
