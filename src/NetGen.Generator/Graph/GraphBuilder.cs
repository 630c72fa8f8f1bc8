namespace NetGen.Generator;

/// <summary>
/// Adds nodes to a graph. Shapes are inferred and checked here; the same operation on the same inputs is one node,
/// whatever it was asked to be called; and what is made of constants alone is computed here, and is a constant.
/// </summary>
internal sealed class GraphBuilder
{
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<(Op Op, EquatableArray<int> Inputs), Node> _byMeaning = [];
    private readonly HashSet<string> _names = [];
    private readonly Dictionary<string, int> _numbers = [];

    // What a few bytes of a file ask for may take the compiler a minute and all memory.
    private const int MostFolded = 1 << 23;
    private long _folded;

    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>Keeps a name from nodes, for memory that outlives them.</summary>
    public void Reserve(string name) => _names.Add(name);

    public Graph ToGraph() => new([.. _nodes]);

    public Node Input(string name, Shape shape) => Add(name, new InputOp(name, shape), []);

    /// <param name="stateName">What files of weights call it; null for its name.</param>
    public Node Parameter(string name, Shape shape, string initializer = "Zeros", string? stateName = null) =>
        Add(name, new ParameterOp(name, shape, initializer) { StateName = stateName ?? name }, []);

    public Node Constant(float value) => Add("c", new ConstantOp(value), []);

    public Node Constant(string name, TensorData values) => Add(name, new ConstantVectorOp(values), []);

    /// <summary>W·x + b, or W·x where <paramref name="bias"/> is null.</summary>
    public Node Affine(string name, Node weight, Node input, Node? bias) =>
        Add(name, new AffineOp(), bias is null ? [weight, input] : [weight, input, bias]);

    /// <summary>Elements of a vector in another order; the vector itself where that is all of it as it is.</summary>
    /// <param name="what">What it is, for comments.</param>
    public Node View(string name, StridedAxes places, Node vector, string what) =>
        places.IsWhole(vector.Shape[0]) ? vector : Add(name, new ViewOp(places, what), [vector]);

    /// <summary>Vectors one after the other.</summary>
    public Node Join(string name, IReadOnlyList<Node> parts)
    {
        var places = new List<StridedAxes>();
        int length = 0;
        foreach (Node part in parts)
        {
            places.Add(new StridedAxes(length, [new StridedAxis(part.Shape[0], 1)]));
            length += part.Shape[0];
        }

        return parts.Count == 1 ? parts[0] : Add(name, new AssembleOp(length, places.ToEquatableArray()), parts);
    }

    /// <summary>Sums over some axes of a row-major tensor of any rank, one after the other.</summary>
    public Node SumAxes(string name, IReadOnlyList<SummedAxis> axes, Node vector, string note = "")
    {
        List<SummedAxis> left = AxisSumOp.Merge(axes);
        for (int axis = left.Count - 1; axis >= 0; axis--)
        {
            if (left[axis].IsSummed)
            {
                var only = AxisSumOp.Merge(left.Select((a, n) => a with { IsSummed = n == axis }));
                left.RemoveAt(axis);
                vector = Add(left.Exists(a => a.IsSummed) ? name + "_part" : name, new AxisSumOp(only.ToEquatableArray()), [vector], note);
            }
        }

        return vector;
    }

    /// <summary>
    /// f of each element, over nodes of one shape and scalars, which stand for every element. What neither f nor a slope
    /// reads is no input of the node: x⁰ does not depend on x.
    /// </summary>
    /// <param name="value">f, over one <see cref="Expr.Argument"/> for each input.</param>
    /// <param name="slopes">∂f/∂input for each input, over the inputs and then f itself; none where f is never differentiated.</param>
    public Node Elementwise(string name, Expr value, EquatableArray<Expr> slopes, IReadOnlyList<Node> inputs, string note = "")
    {
        Shape shape = inputs.Select(i => i.Shape).FirstOrDefault(s => s.Rank > 0) ?? Shape.Scalar;
        if (slopes.Count > 0)
        {
            (value, slopes, inputs) = Read(value, slopes, inputs);
        }

        // Without slopes the node ends the chain rule: what is known about its inputs may go into the formula.
        if (slopes.Count == 0)
        {
            (value, inputs) = Fold(value, inputs);
        }

        Node node = value switch
        {
            Expr.Constant constant when slopes.Count == 0 => Constant(constant.Value),
            Expr.Argument argument when slopes.Count == 0 => inputs[argument.Index],
            _ => Add(name, new ElementwiseOp(value, slopes), inputs, note),
        };
        return node.Shape == shape ? node : Add(name, new BroadcastOp(shape), [node], note);
    }

    public Node Add(string name, Op op, IReadOnlyList<Node> inputs, string note = "")
    {
        EquatableArray<int> ids = inputs.Select(i => i.Id).ToEquatableArray();
        if (_byMeaning.TryGetValue((op, ids), out Node? same))
        {
            return same;
        }

        Shape shape = op.InferShape([.. inputs.Select(i => i.Shape)]);
        if (inputs.Count > 0 && op is not BroadcastOp && inputs.All(i => i.Op is ConstantOp or ConstantVectorOp))
        {
            _folded += Math.Max(shape.Count, inputs.Max(i => i.Shape.Count));
            if (_folded > MostFolded)
            {
                throw new ArgumentException($"constants made of constants have more than {Literal.Grouped(MostFolded)} elements by now");
            }

            TensorData values = ConstantFolding.Evaluate(op, shape, inputs);
            return shape.Rank == 0 ? Constant(values[0]) : Constant(name, values);
        }

        var node = new Node(_nodes.Count, Unique(name), op, ids, shape, note);
        _nodes.Add(node);
        _byMeaning.Add((op, ids), node);
        return node;
    }

    private static (Expr Value, EquatableArray<Expr> Slopes, IReadOnlyList<Node> Inputs) Read(Expr value, EquatableArray<Expr> slopes, IReadOnlyList<Node> inputs)
    {
        int[] read = [.. Enumerable.Range(0, inputs.Count).Where(i => value.UsesArgument(i) || slopes.Any(s => s.UsesArgument(i)))];
        if (read.Length == inputs.Count)
        {
            return (value, slopes, inputs);
        }

        // Behind the inputs comes the result.
        Expr[] arguments = [.. Enumerable.Range(0, inputs.Count).Select(i => (Expr)new Expr.Argument(Array.IndexOf(read, i))), new Expr.Argument(read.Length)];
        return (value.Apply(arguments), read.Select(i => slopes[i].Apply(arguments)).ToEquatableArray(), [.. read.Select(i => inputs[i])]);
    }

    // Constants go into the formula, and a broadcast scalar is read as the scalar that it repeats.
    private (Expr Value, IReadOnlyList<Node> Inputs) Fold(Expr value, IReadOnlyList<Node> inputs)
    {
        var kept = new List<Node>();
        var arguments = new List<Expr>();
        foreach (Node input in inputs)
        {
            Node source = input.Op is BroadcastOp ? _nodes[input.Inputs[0]] : input;
            float? constant = source.Op is ConstantOp scalar ? scalar.Value : (source.Op as ConstantVectorOp)?.Values.Uniform;
            if (constant is { } known)
            {
                arguments.Add(known);
                continue;
            }

            int place = kept.IndexOf(source);
            if (place < 0)
            {
                place = kept.Count;
                kept.Add(source);
            }

            arguments.Add(new Expr.Argument(place));
        }

        Expr folded = value.Apply(arguments).MergeFactors();
        var used = Enumerable.Range(0, kept.Count).Where(folded.UsesArgument).ToList();
        Expr renumbered = folded.Rewrite(e => e is Expr.Argument a ? new Expr.Argument(used.IndexOf(a.Index)) : null);
        return (renumbered, [.. used.Select(i => kept[i])]);
    }

    private string Unique(string name)
    {
        string unique = name;

        // Never name_2: that is how code calls an element of a vector. Files may have thousands of nodes of one name, so
        // each is numbered on from the last.
        for (int i = _numbers.TryGetValue(name, out int next) ? next : 2; !_names.Add(unique); i++)
        {
            unique = $"{name}v{Literal.Of(i)}";
            _numbers[name] = i + 1;
        }

        return unique;
    }
}
