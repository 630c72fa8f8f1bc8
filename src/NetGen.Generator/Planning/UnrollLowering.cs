namespace NetGen.Generator;

/// <summary>
/// Writes the kernels of one method out, element by element. An element of a vector that is used more than once has a
/// local, <c>a1_3</c>, which the whole method shares.
/// </summary>
internal sealed class UnrollLowering
{
    private readonly HashSet<string> _inLocals;
    private readonly HashSet<string> _written;
    private readonly ICollection<string> _stored;

    // Elements that are in a local, by tensor and place; and the locals that hold the beginning of a long sum.
    private readonly HashSet<(string Tensor, int Place)> _known = [];
    private readonly HashSet<string> _partials = [];

    /// <param name="kernels">All kernels of the method, also those that loop.</param>
    /// <param name="stored">Tensors that must be in memory.</param>
    public UnrollLowering(IReadOnlyList<Kernel> kernels, ICollection<string> stored)
    {
        _stored = stored;
        _written = [.. kernels.SelectMany(k => k.Assignments).Select(a => a.Target)];
        _inLocals =
        [
            .. kernels.Where(k => k.IsUnrolled).SelectMany(k => k.Assignments).SelectMany(a => a.Value.Descend())
                .OfType<Expr.Element>().Select(e => e.Tensor),
        ];
    }

    public List<Statement> Lower(Kernel kernel)
    {
        var statements = new List<Statement>();
        for (int i = 0; i < kernel.Assignments.Count; i++)
        {
            Assignment assignment = kernel.Assignments[i];
            HashSet<int> later = [.. kernel.Assignments.Skip(i + 1).Where(a => a.Target == assignment.Target).SelectMany(Offsets)];
            foreach (LoopIndex[] place in Places(assignment.Domain))
            {
                bool isLast = !later.Contains(IndexAt(assignment.Place.Index, place).Offset);
                Write(assignment, place, isLast, statements);
            }
        }

        return statements;
    }

    /// <summary>
    /// Loads elements that the method reads more than once, and never writes, before the first block that reads them.
    /// </summary>
    /// <param name="blocks">The lowered kernels of the method, in order; those that loop stay as they are.</param>
    public void Load(IReadOnlyList<List<Statement>> blocks)
    {
        List<Expr.Element[]>[] reads = [.. blocks.Select(block => block.Select(s => Reads(s).ToArray()).ToList())];
        var counts = new Dictionary<(string, int), int>();
        foreach (Expr.Element element in reads.SelectMany(block => block).SelectMany(r => r))
        {
            counts[Key(element)] = counts.TryGetValue(Key(element), out int count) ? count + 1 : 1;
        }

        for (int i = 0; i < blocks.Count; i++)
        {
            var loaded = new List<Statement>();
            foreach (Expr.Element element in reads[i].SelectMany(r => r))
            {
                if (counts[Key(element)] > 1 && _known.Add(Key(element)))
                {
                    loaded.Add(new Statement.Declare(LocalName(element), element));
                }
            }

            for (int j = 0; j < reads[i].Count; j++)
            {
                if (Array.Exists(reads[i][j], element => _known.Contains(Key(element))))
                {
                    blocks[i][j] = AtPlace(blocks[i][j]);
                }
            }

            blocks[i].InsertRange(0, loaded);
        }

        DropUnread(blocks);

        Statement AtPlace(Statement statement) => statement switch
        {
            Statement.Declare d => d with { Value = At(d.Value, []) },
            Statement.Set s => s with { Value = At(s.Value, []) },
            Statement.Store s => s with { Value = At(s.Value, []) },
            Statement other => other,
        };
    }

    // The compiler warns of a constant that nobody reads: the zeros around what a gradient puts together.
    private static void DropUnread(IReadOnlyList<List<Statement>> blocks)
    {
        Statement[] all = [.. blocks.SelectMany(block => block).SelectMany(WithInner)];
        HashSet<string> used =
        [
            .. all.SelectMany(Values).SelectMany(v => v.Descend()).OfType<Expr.Local>().Select(l => l.Name),
            .. all.OfType<Statement.Set>().Select(s => s.Local),
        ];
        foreach (List<Statement> block in blocks)
        {
            block.RemoveAll(s => s is Statement.Declare { Value: Expr.Constant, Kept: null } d && !used.Contains(d.Local));
        }

        static IEnumerable<Statement> WithInner(Statement statement) => statement.Inner.SelectMany(WithInner).Prepend(statement);
    }

    private void Write(Assignment assignment, LoopIndex[] place, bool isLast, List<Statement> statements)
    {
        Expr value = At(assignment.Value, place);
        if (assignment.Domain.Count == 0)
        {
            if (value is Expr.Reduce { Reduction: Reduction.Max } max)
            {
                Maximum(max, assignment.Target, statements);
                return;
            }

            value = Expand(value, assignment.Target, statements);
            value = Sharing.Bind(value, "_" + assignment.Target, statements);
            statements.Add(new Statement.Declare(assignment.Target, value));
            return;
        }

        Expr.Element target = assignment.Place;
        target = target with { Index = IndexAt(target.Index, place) };
        string local = LocalName(target);
        value = Sharing.Bind(Expand(value, local, statements), "_" + local, statements);
        bool keepsLocal = assignment.Operator == AssignmentOperator.Assign && (_inLocals.Contains(assignment.Target) || !isLast);
        if (!keepsLocal && !_known.Contains(Key(target)))
        {
            statements.Add(new Statement.Store(target, assignment.Operator, value));
            return;
        }

        Expr.Element? kept = isLast && _stored.Contains(assignment.Target) ? target : null;
        statements.Add(_known.Add(Key(target))
            ? new Statement.Declare(local, value, kept)
            : new Statement.Set(local, AssignmentOperator.Assign, value, kept));
    }

    // A sum becomes one expression, in pieces where it is long; a maximum a few comparisons.
    private Expr Expand(Expr value, string name, List<Statement> statements)
    {
        if (value is Expr.Binary { Operator: BinaryOperator.Add, Right: Expr.Reduce { Reduction: Reduction.Sum } last } add)
        {
            return Add(add.Left, last, name, statements);
        }

        return value.Rewrite(e => e switch
        {
            Expr.Reduce { Reduction: Reduction.Sum } sum => Total(sum),
            Expr.Reduce max => Maximum(max, name + "_largest", statements),
            _ => null,
        });

        Expr Total(Expr.Reduce sum)
        {
            Expr total = Add(null, sum, name, statements);
            if (ReferenceEquals(sum, value) || sum.Over.Extent == 1)
            {
                return total;
            }

            statements.Add(new Statement.Declare(name + "_total", total));
            return new Expr.Local(name + "_total");
        }
    }

    private Expr Add(Expr? start, Expr.Reduce sum, string name, List<Statement> statements)
    {
        Expr? total = start;
        string partial = name + "_partial";
        for (int k = 0; k < sum.Over.Extent; k++)
        {
            Expr term = At(sum.Body, [new LoopIndex(sum.Over, k)]);
            term = Sharing.Bind(term, $"_{name}_{Literal.Of(k)}", statements);
            total = total is null ? term : total + term;
            bool isFull = (k + 1) % JitBudget.TermsPerStatement == 0 && k + 1 < sum.Over.Extent;
            if (isFull)
            {
                statements.Add(_partials.Add(partial)
                    ? new Statement.Declare(partial, total)
                    : new Statement.Set(partial, AssignmentOperator.Assign, total));
                total = new Expr.Local(partial);
            }
        }

        return total ?? 0;
    }

    private Expr Maximum(Expr.Reduce max, string name, List<Statement> statements)
    {
        var largest = new Expr.Local(name);
        for (int k = 0; k < max.Over.Extent; k++)
        {
            Expr term = At(max.Body, [new LoopIndex(max.Over, k)]);
            Expr next = Sharing.Bind(k == 0 ? term : Expr.IfLess(largest, term, term, largest), $"_{name}_{Literal.Of(k)}", statements);
            statements.Add(k == 0
                ? new Statement.Declare(name, next)
                : new Statement.Set(name, AssignmentOperator.Assign, next));
        }

        return largest;
    }

    private IEnumerable<Expr.Element> Reads(Statement statement) => Values(statement)
        .SelectMany(v => v.Descend())
        .OfType<Expr.Element>()
        .Where(e => e.Index.IsConstant && !_written.Contains(e.Tensor));

    private static IEnumerable<Expr> Values(Statement statement) => statement switch
    {
        Statement.Declare d => [d.Value],
        Statement.Set s => [s.Value],
        Statement.Store s => [s.Value],
        _ => [],
    };

    private static string LocalName(Expr.Element element) => $"{element.Tensor}_{Literal.Of(element.Index.Offset)}";

    private static (string, int) Key(Expr.Element element) => (element.Tensor, element.Index.Offset);

    // The formula at a place, with locals for what is known there.
    private Expr At(Expr value, LoopIndex[] place) => value.Rewrite(e =>
    {
        if (e is not Expr.Element element)
        {
            return null;
        }

        Index index = IndexAt(element.Index, place);
        Expr.Element there = ReferenceEquals(index, element.Index) ? element : element with { Index = index };
        return index.IsConstant && _known.Contains(Key(there)) ? new Expr.Local(LocalName(there)) : there;
    });

    private static Index IndexAt(Index index, LoopIndex[] place)
    {
        foreach (LoopIndex p in place)
        {
            index = index.Substitute(p.Variable, p.Value);
        }

        return index;
    }

    // Where an assignment writes.
    private static IEnumerable<int> Offsets(Assignment assignment) =>
        Places(assignment.Domain).Select(place => IndexAt(assignment.Place.Index, place).Offset);

    private static IEnumerable<LoopIndex[]> Places(EquatableArray<LoopVariable> domain)
    {
        IEnumerable<LoopIndex[]> places = [[]];
        foreach (LoopVariable variable in domain)
        {
            places = places.SelectMany(p => Enumerable.Range(0, variable.Extent).Select(v => (LoopIndex[])[.. p, new LoopIndex(variable, v)]));
        }

        return places;
    }

    private readonly record struct LoopIndex(LoopVariable Variable, int Value);
}
