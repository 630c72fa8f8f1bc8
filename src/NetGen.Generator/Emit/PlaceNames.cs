namespace NetGen.Generator;

/// <summary>
/// Names what several statements of a loop count their places from: <c>ref float at = ref Add(ref W, (i * 32) + j)</c>
/// once, in place of the same sum in each of them. Nothing else that a user's build compiles costs as much as arithmetic
/// of native integers, and addresses that differ by constants are the processor's own.
/// </summary>
internal sealed class PlaceNames
{
    private readonly HashSet<string> _taken;

    private PlaceNames(IEnumerable<string> taken) => _taken = [.. taken];

    /// <summary>The statements of a method with such names.</summary>
    public static IReadOnlyList<EquatableArray<Statement>> Give(MethodPlan method)
    {
        var names = new PlaceNames(method.Tensors.Select(t => t.Name).Concat(MethodSignature.Of(method).Select(p => p.Name)));
        foreach (BlockPlan block in method.Blocks)
        {
            names.Take(block.Statements);
        }

        return [.. method.Blocks.Select(b => names.Name(b.Statements))];
    }

    // The names that the method has already. It may be long: no enumerators.
    private void Take(EquatableArray<Statement> statements)
    {
        foreach (Statement statement in statements)
        {
            switch (statement)
            {
                case Statement.Declare d:
                    _taken.Add(d.Local);
                    break;
                case Statement.Loop l:
                    _taken.Add(l.Variable.Name);
                    break;
                case Statement.RowLoop r:
                    _taken.Add(r.Variable.Name);
                    break;
            }

            Take(statement.Inner);
        }
    }

    // In one round of a loop its variable has one value: blocks belong to the round, loops in it have variables of their own.
    private EquatableArray<Statement> Name(EquatableArray<Statement> round)
    {
        Expr.Element[][] uses = [.. round.Select(statement => Places(statement).ToArray())];
        Dictionary<Place, string> names = uses.SelectMany(of => of).GroupBy(Place.Of).Where(IsWorthIt)
            .ToDictionary(g => g.Key, g => Unique(g.Key.Tensor + "At"));
        var named = new List<Statement>(round.Count + names.Count);
        var declared = new HashSet<Place>();
        for (int i = 0; i < uses.Length; i++)
        {
            bool isNamed = round[i].Inner.Count > 0;
            foreach (Expr.Element use in uses[i])
            {
                if (names.TryGetValue(Place.Of(use), out string? name))
                {
                    isNamed = true;
                    if (declared.Add(Place.Of(use)))
                    {
                        named.Add(new Statement.Refer(name, new Expr.Element(use.Tensor, new Index(0, use.Index.Terms))));
                    }
                }
            }

            named.Add(isNamed ? InNames(round[i], names) : round[i]);
        }

        return named.ToEquatableArray();
    }

    private Statement InNames(Statement statement, Dictionary<Place, string> names) => statement switch
    {
        Statement.Loop l => l with { Body = Name(l.Body) },
        Statement.RowLoop r => r with { Body = Name(r.Body) },
        Statement.Block b => b with { Body = b.Body.Select(s => InNames(s, names)).ToEquatableArray() },
        _ when names.Count == 0 => statement,
        _ => StatementRewriter.Rewrite(statement, value => value.Rewrite(e =>
            e is Expr.Element element && names.TryGetValue(Place.Of(element), out string? name) ? new Expr.Element(name, Index.At(element.Index.Offset)) : null)),
    };

    // A variable by itself is as short as a name.
    private static bool IsWorthIt(IGrouping<Place, Expr.Element> uses) =>
        uses.Key.Terms.Count > 0
        && uses.Key.Terms.All(t => t.Stride > 0)
        && uses.Count(e => e.Index.Offset != 0 || uses.Key.Terms.Count > 1 || uses.Key.Terms[0].Stride != 1) > 1;

    private static IEnumerable<Expr.Element> Places(Statement statement) => statement switch
    {
        Statement.Declare d => Places(d.Value),
        Statement.Set s => Places(s.Value),
        Statement.Store s => Places(s.Value).Append(s.Target),
        Statement.Block b => b.Body.SelectMany(Places),
        _ => [],
    };

    private static IEnumerable<Expr.Element> Places(Expr value) => value.Descend().OfType<Expr.Element>();

    private string Unique(string name)
    {
        string unique = name;
        for (int i = 2; !_taken.Add(unique); i++)
        {
            unique = name + Literal.Of(i);
        }

        return unique;
    }

    /// <summary>What places that differ by a constant have in common.</summary>
    private readonly record struct Place(string Tensor, EquatableArray<IndexTerm> Terms)
    {
        public static Place Of(Expr.Element element) => new(element.Tensor, element.Index.Terms);
    }
}
