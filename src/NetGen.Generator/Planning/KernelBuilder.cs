namespace NetGen.Generator;

/// <summary>
/// Turns the nodes of an entry point into kernels. A pointwise node with a single reader that reads it once goes into
/// its reader's formula; a gradient that only feeds a sink is added there directly and never stored. A scalar is a local
/// of the method, unless another entry point reads it too or it is a parameter: then it is a tensor of one element.
/// </summary>
internal sealed class KernelBuilder
{
    private static readonly LoopVariable One = new("n", 1);

    // Operations and operands. Those that people write are ten times shorter.
    private const int LongestFormula = 500;

    private readonly Graph _graph;
    private readonly EntryPoint _entry;
    private readonly ICollection<int> _kept;
    private readonly IPlacement _placement;
    private readonly IReadOnlyList<Node> _computed;
    private readonly HashSet<int> _inlined = [];

    private KernelBuilder(Graph graph, EntryPoint entry, ICollection<int> kept, IPlacement placement)
    {
        _graph = graph;
        _entry = entry;
        _kept = kept;
        _placement = placement;
        _computed = entry.Computed(graph);

        // Readers first: what feeds a sum that is drained part by part can be drained as well.
        foreach (Node node in _computed.Reverse())
        {
            if (!kept.Contains(node.Id) && !entry.Roots.Contains(node) && IsInlined(node))
            {
                _inlined.Add(node.Id);
            }
        }

        LimitFormulas();

        // What is drained is read late: a formula must not read a parameter that may be overwritten by then. All that
        // went into a formula is known only now.
        foreach (Node node in _computed.Where(n => _inlined.Contains(n.Id) && IsDrained(n)))
        {
            if (Reads(node).Any(input => entry.Sinks.Any(s => s.Parameter == input)))
            {
                _inlined.Remove(node.Id);
            }
        }
    }

    /// <param name="kept">Nodes that other entry points read: they are stored.</param>
    /// <param name="placement">Where elements lie.</param>
    public static IReadOnlyList<Kernel> Build(Graph graph, EntryPoint entry, ICollection<int> kept, IPlacement placement) =>
        new KernelBuilder(graph, entry, kept, placement).Build();

    // A formula that reads its input several times, in a chain of such formulas, would double with every link.
    private void LimitFormulas()
    {
        var sizes = new Dictionary<int, int>();
        foreach (Node node in _computed.Where(n => n.Op is ElementwiseOp))
        {
            Node[] links = [.. _graph.InputsOf(node).Where(i => sizes.ContainsKey(i.Id) && _inlined.Contains(i.Id) && !IsDrained(i))];
            int size = ((ElementwiseOp)node.Op).Value.Descend().Sum(e => e is Expr.Argument a && links.Contains(_graph[node.Inputs[a.Index]]) ? sizes[node.Inputs[a.Index]] : 1);
            if (size > LongestFormula)
            {
                _inlined.ExceptWith(links.Select(l => l.Id));
                size = LongestFormula;
            }

            sizes[node.Id] = size;
        }
    }

    private List<Kernel> Build()
    {
        var kernels = new List<Kernel>();
        var open = new List<Sink>(_entry.Sinks);
        var done = new HashSet<int>();
        AddReadySinks();
        foreach (Node node in _computed)
        {
            if (!_inlined.Contains(node.Id))
            {
                kernels.Add(Compute(node));
            }

            done.Add(node.Id);
            AddReadySinks();
        }

        return Read(kernels);

        void AddReadySinks()
        {
            foreach (Sink sink in open.Where(IsReady).ToList())
            {
                open.Remove(sink);
                kernels.AddRange(Drain(sink));
            }
        }

        // Results come before what is made of them: a loss before its gradient. A parameter is overwritten only after
        // its last reader.
        bool IsReady(Sink sink) => _entry.Roots.All(IsKnown) && IsKnown(sink.Value) && !_computed.Any(n =>
            sink.Parameter is { } p && !done.Contains(n.Id) && !_inlined.Contains(n.Id) && Reads(n).Contains(p));

        bool IsKnown(Node node) =>
            node.Op is SourceOp || done.Contains(node.Id) || _entry.Available.Contains(node.Id)
            || (_inlined.Contains(node.Id) && _graph.InputsOf(node).All(IsKnown));
    }

    // A formula may have lost what it was made of: if (a < a) b else c reads c alone. What nobody reads is not computed.
    private List<Kernel> Read(List<Kernel> kernels)
    {
        HashSet<string> read =
        [
            .. _entry.Roots.Select(r => r.Name),
            .. _kept.Select(id => _graph[id].Name),
            .. _entry.Sinks.Select(s => s.Target),
        ];
        var needed = new List<Kernel>();
        foreach (Kernel kernel in kernels.AsEnumerable().Reverse().Where(k => read.Contains(k.Target)))
        {
            needed.Add(kernel);
            foreach (Expr e in kernel.Assignments.SelectMany(a => a.Value.Descend()))
            {
                if (e is Expr.Element element)
                {
                    read.Add(element.Tensor);
                }
                else if (e is Expr.Local local)
                {
                    read.Add(local.Name);
                }
            }
        }

        needed.Reverse();
        return needed;
    }

    private Kernel Compute(Node node)
    {
        var notation = new Notation(this, node, node.Name, AssignmentOperator.Assign, null, IsInMemory(node));
        node.Op.Define(notation);
        return notation.ToKernel($"{node.Name} = {DescribeInlined(node)}", node.Note);
    }

    private IEnumerable<Kernel> Drain(Sink sink)
    {
        string sign = sink.Operator switch
        {
            AssignmentOperator.Assign => "=",
            AssignmentOperator.Add => "+=",
            _ => "−=",
        };
        string scale = sink.Scale is Expr.Local local ? local.Name + "·" : "";

        if (!_inlined.Contains(sink.Value.Id))
        {
            LoopVariable[] axes = sink.Value.Shape.Axes();
            Expr value = Read(sink.Value, axes);
            axes = axes.Length == 0 ? [One] : axes;
            yield return new Kernel(
                sink.Target,
                $"{sink.Target} {sign} {scale}{sink.Value.Name}",
                "",
                [new Assignment(_placement.Place(sink.Target, sink.Value.Shape, axes), axes.ToEquatableArray(), sink.Operator, Scaled(value, sink.Scale))],
                false,
                "");
            yield break;
        }

        if (IsDrainedInParts(sink.Value))
        {
            foreach (Node part in _graph.InputsOf(sink.Value))
            {
                foreach (Kernel kernel in Drain(sink with { Value = part }))
                {
                    yield return kernel;
                }
            }

            yield break;
        }

        var notation = new Notation(this, sink.Value, sink.Target, sink.Operator, sink.Scale, inMemory: true);
        sink.Value.Op.Define(notation);
        yield return notation.ToKernel($"{sink.Target} {sign} {scale}{DescribeInlined(sink.Value)}", sink.Value.Note);
    }

    private static Expr Scaled(Expr value, Expr? scale) => scale is null ? value : value switch
    {
        // (s·a)·b: what does not change in the inner loop is multiplied outside of it.
        Expr.Binary { Operator: BinaryOperator.Multiply } m => scale * m.Left * m.Right,
        _ => scale * value,
    };

    private string DescribeInlined(Node node) => node.Op.Describe(node, [.. _graph.InputsOf(node).Select(Name)]);

    private string Name(Node input) => _inlined.Contains(input.Id) || input.Op is ConstantOp ? $"{DescribeInlined(input)}" : input.Name;

    private bool IsInlined(Node node)
    {
        Sink[] sinks = [.. _entry.Sinks.Where(s => s.Value == node)];
        Node[] readers = [.. _computed.Where(n => n.Inputs.Contains(node.Id))];
        if (sinks.Length + readers.Length != 1)
        {
            return false;
        }

        // What is defined by one formula can be added to the sink directly.
        return IsDrained(node)
            ? IsOneFormula(node)
            : node.Op.IsPointwise && readers[0].Op.ReadsOnce && !(node.Shape.Rank == 0 && readers[0].Shape.Rank > 0);
    }

    private bool IsDrained(Node node) =>
        _entry.Sinks.Any(s => s.Value == node) || _computed.Any(reader => reader.Inputs.Contains(node.Id) && IsDrainedInParts(reader));

    // A parameter that is used twice has a gradient of two parts, which are added to memory one after the other. What is
    // assigned is one formula: the second part would overwrite the first.
    private bool IsDrainedInParts(Node node) =>
        node.Op.IsSum
        && _inlined.Contains(node.Id)
        && _entry.Sinks.Any(s => s.Value == node && s.Operator != AssignmentOperator.Assign)
        && _graph.InputsOf(node).All(part => part.Shape == node.Shape);

    private bool IsOneFormula(Node node)
    {
        var notation = new Notation(this, node, node.Name, AssignmentOperator.Assign, null, inMemory: false);
        node.Op.Define(notation);
        return notation.HasOneFormula;
    }

    private bool IsInMemory(Node node) =>
        node.Op is SourceOp || _kept.Contains(node.Id) || _entry.Available.Contains(node.Id);

    // What is read when the node is computed: also by the formulas that went into its own.
    private IEnumerable<Node> Reads(Node node) => _graph.InputsOf(node)
        .SelectMany(input => _inlined.Contains(input.Id) ? Reads(input) : [input]);

    private Expr Read(Node node, LoopVariable[] axes)
    {
        if (node.Op is ConstantOp constant)
        {
            return constant.Value;
        }

        if (_inlined.Contains(node.Id))
        {
            var notation = new Notation(this, node, node.Name, AssignmentOperator.Assign, null, inMemory: false);
            node.Op.Define(notation);
            return notation.Single(axes);
        }

        return node.Shape.Rank == 0 && !IsInMemory(node)
            ? new Expr.Local(node.Name)
            : _placement.Place(node.Name, node.Shape, axes);
    }

    private sealed class Notation(
        KernelBuilder owner,
        Node node,
        string target,
        AssignmentOperator @operator,
        Expr? scale,
        bool inMemory) : IIndexNotation
    {
        private readonly List<Assignment> _assignments = [];

        public Shape Shape => node.Shape;

        public int InputCount => node.Inputs.Count;

        public Shape InputShape(int input) => owner._graph[node.Inputs[input]].Shape;

        public Expr Read(int input, params LoopVariable[] axes) => owner.Read(owner._graph[node.Inputs[input]], axes);

        public Expr ReadAt(int input, Index place) => new Expr.Element(owner._graph[node.Inputs[input]].Name, place);

        public Expr ReadResult(params LoopVariable[] axes) => Place(axes);

        public Expr Let(string name, Expr value)
        {
            string local = $"{target}_{name}";
            _assignments.Add(new Assignment(new Expr.Element(local, Index.At(0)), [], AssignmentOperator.Assign, value));
            return new Expr.Local(local);
        }

        public void Assign(LoopVariable[] axes, Expr value)
        {
            LoopVariable[] domain = axes.Length == 0 && inMemory ? [One] : axes;
            _assignments.Add(new Assignment(Place(domain), domain.ToEquatableArray(), @operator, Scaled(value, scale)));
        }

        public void AssignAt(Index place, LoopVariable[] axes, Expr value) =>
            _assignments.Add(new Assignment(new Expr.Element(target, place), axes.ToEquatableArray(), @operator, Scaled(value, scale)));

        private Expr.Element Place(LoopVariable[] axes) => owner._placement.Place(target, Shape, axes);

        public bool HasOneFormula => _assignments.Count == 1;

        public Kernel ToKernel(string formula, string note) =>
            new(target, formula, note, _assignments.ToEquatableArray(), false, "");

        /// <summary>The one formula, at the reader's indices.</summary>
        public Expr Single(LoopVariable[] axes)
        {
            Assignment only = _assignments.Single();
            return only.Value.Rewrite(e => e is Expr.Element element ? element with { Index = Rename(element.Index) } : null);

            Index Rename(Index index)
            {
                for (int axis = 0; axis < axes.Length; axis++)
                {
                    index = index.Rename(only.Domain[axis], axes[axis]);
                }

                return index;
            }
        }
    }
}
