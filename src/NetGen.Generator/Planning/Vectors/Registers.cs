namespace NetGen.Generator;

/// <summary>
/// Lets code that is written out read from registers what code before it has just stored. Blocks are opened, so that
/// their locals are seen by what follows; loops stay as they are.
/// </summary>
internal sealed class Registers
{
    private readonly HashSet<string> _names;
    private readonly HashSet<string> _changing;
    private readonly Dictionary<(string Tensor, int Offset, int Lanes), string> _known = [];
    private readonly Dictionary<string, string> _same = [];
    private readonly Dictionary<string, string> _originals = [];

    private Registers(IEnumerable<string> names, IEnumerable<Statement> statements)
    {
        _names = [.. names];
        _changing = [.. Sets(statements)];
    }

    /// <param name="blocks">The blocks of a method, in order.</param>
    /// <param name="names">What its arguments and tensors are called.</param>
    public static IReadOnlyList<BlockPlan> Use(IReadOnlyList<BlockPlan> blocks, IEnumerable<string> names)
    {
        IEnumerable<string> outer = blocks.SelectMany(b => b.Statements).OfType<Statement.Declare>().Select(d => d.Local);
        var registers = new Registers(names.Concat(outer), blocks.SelectMany(b => b.Statements));
        return [.. blocks.Select(b => b with { Statements = registers.Visit(b.Statements).ToEquatableArray() })];
    }

    private List<Statement> Visit(IEnumerable<Statement> statements)
    {
        var visited = new List<Statement>();
        foreach (Statement statement in Open(statements))
        {
            switch (statement)
            {
                case Statement.Store s:
                    Store(s with { Value = Read(s.Value, s.Lanes) }, visited);
                    break;
                case Statement.Declare d when Read(d.Value, d.Lanes) is Expr.Local known && !_changing.Contains(d.Local) && !_changing.Contains(Original(d.Local)):
                    _same[d.Local] = known.Name;
                    break;
                case Statement.Declare d:
                    visited.Add(d with { Value = Read(d.Value, d.Lanes) });
                    break;
                case Statement.Set s:
                    visited.Add(s with { Value = Read(s.Value, s.Lanes) });
                    break;
                default:
                    Forget(statement);
                    visited.Add(_same.Count == 0 ? statement : StatementRewriter.Rewrite(statement, value =>
                        value.Rewrite(e => e is Expr.Local local && _same.TryGetValue(local.Name, out string? same) ? new Expr.Local(same) : null)));
                    break;
            }
        }

        return visited;
    }

    private void Store(Statement.Store store, List<Statement> visited)
    {
        Forget(store);
        if (store.Operator != AssignmentOperator.Assign || !store.Target.Index.IsConstant)
        {
            visited.Add(store);
            return;
        }

        Expr value = store.Value;
        if (value is not Expr.Local)
        {
            string name = Unique($"{store.Target.Tensor}_{Literal.Of(store.Target.Index.Offset)}");
            visited.Add(new Statement.Declare(name, value) { Lanes = store.Lanes });
            value = new Expr.Local(name);
        }

        visited.Add(store with { Value = value });
        _known[(store.Target.Tensor, store.Target.Index.Offset, store.Lanes)] = ((Expr.Local)value).Name;
    }

    private Expr Read(Expr value, int lanes) => value.Rewrite(e => e switch
    {
        Expr.Local local when _same.TryGetValue(local.Name, out string? same) => new Expr.Local(same),
        Expr.Splat splat => new Expr.Splat(Read(splat.Value, 1)),
        Expr.Across across => across with { Value = Read(across.Value, across.Lanes) },
        Expr.AcrossEach each => each with { Values = each.Values.Select(v => Read(v, each.Lanes)).ToEquatableArray() },
        Expr.Element element when element.Index.IsConstant && _known.TryGetValue((element.Tensor, element.Index.Offset, lanes), out string? local) => new Expr.Local(local),
        _ => null,
    });

    // What a statement writes is known no longer.
    private void Forget(Statement statement)
    {
        foreach (Statement.Store store in Stores(statement))
        {
            int from = store.Target.Index.Offset;
            foreach ((string Tensor, int Offset, int Lanes) place in _known.Keys.Where(k => k.Tensor == store.Target.Tensor).ToList())
            {
                if (!store.Target.Index.IsConstant || (from < place.Offset + place.Lanes && place.Offset < from + store.Lanes))
                {
                    _known.Remove(place);
                }
            }
        }
    }

    private static IEnumerable<Statement.Store> Stores(Statement statement) => statement switch
    {
        Statement.Store s => [s],
        _ => statement.Inner.SelectMany(Stores),
    };

    // Blocks without their braces; names that are taken get others, in loops as well. What is declared outside of blocks
    // keeps its name.
    private IEnumerable<Statement> Open(IEnumerable<Statement> statements) => statements.SelectMany(statement => statement switch
    {
        Statement.Block { Condition: null } block => RenameAll(block.Body, []).SelectMany(Flatten),
        Statement.Block or Statement.Loop or Statement.RowLoop => [Rename(statement, [])],
        _ => (Statement[])[statement],
    });

    private static IEnumerable<Statement> Flatten(Statement statement) =>
        statement is Statement.Block { Condition: null } block ? block.Body.SelectMany(Flatten) : [statement];

    private List<Statement> RenameAll(IEnumerable<Statement> statements, Dictionary<string, string> renamed)
    {
        var result = new List<Statement>();
        foreach (Statement statement in statements)
        {
            result.Add(Rename(statement, renamed));
        }

        return result;
    }

    private Statement Rename(Statement statement, Dictionary<string, string> renamed)
    {
        switch (statement)
        {
            case Statement.Declare d:
                Expr value = InNewNames(d.Value, renamed);
                string name = Unique(d.Local);
                renamed[d.Local] = name;
                return d with { Local = name, Value = value };
            case Statement.Set s:
                return s with { Local = renamed.TryGetValue(s.Local, out string? local) ? local : s.Local, Value = InNewNames(s.Value, renamed) };
            case Statement.Store s:
                return s with { Value = InNewNames(s.Value, renamed) };
            case Statement.Loop l:
                return l with { Body = RenameAll(l.Body, new(renamed)).ToEquatableArray() };
            case Statement.RowLoop r:
                return r with { Body = RenameAll(r.Body, new(renamed)).ToEquatableArray() };
            case Statement.Block b:
                return b with { Body = RenameAll(b.Body, new(renamed)).ToEquatableArray() };
            default:
                return statement;
        }
    }

    private static Expr InNewNames(Expr value, Dictionary<string, string> renamed) => renamed.Count == 0 ? value
        : value.Rewrite(e => e is Expr.Local local && renamed.TryGetValue(local.Name, out string? name) ? new Expr.Local(name) : null);

    private static IEnumerable<string> Sets(IEnumerable<Statement> statements) => statements.SelectMany(s => s switch
    {
        Statement.Set set => [set.Local],
        _ => Sets(s.Inner),
    });

    // The name before it was made unique.
    private string Original(string name) => _originals.TryGetValue(name, out string? original) ? original : name;

    private string Unique(string name)
    {
        string unique = name;
        for (int i = 2; !_names.Add(unique); i++)
        {
            unique = $"{name}v{Literal.Of(i)}";
        }

        _originals[unique] = name;
        return unique;
    }
}
