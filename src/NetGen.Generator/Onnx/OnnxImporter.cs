namespace NetGen.Generator;

/// <summary>
/// Walks the nodes of a file and adds what they compute to a graph, for a batch of one: dimensions that the file leaves
/// open are 1. What the wanted outputs do not need is never looked at.
/// </summary>
internal sealed class OnnxImporter
{
    /// <summary>No value may have more elements: what a file claims must not take more memory than the file.</summary>
    public const int MostElements = 1 << 20;

    // What is compiled is planned and written out step by step, and no policy comes near.
    public const int MostSteps = 1000;

    private const string Result = "y";

    private readonly OnnxModel _model;
    private readonly Dictionary<string, ImportedValue> _values = [];
    private readonly Dictionary<string, List<OnnxNode>> _readers = [];
    private readonly HashSet<OnnxNode> _done = [];
    private readonly Dictionary<(int Constant, string Form), Node> _parameters = [];
    private readonly HashSet<string> _outputs;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<string> _known = [];
    private readonly HashSet<string> _stateNames = ["__metadata__"];
    private int _checkedSteps;
    private int _layers;
    private int _constants;

    private OnnxImporter(OnnxModel model, IReadOnlyList<OnnxValue> outputs, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _model = model;
        _outputs = [.. outputs.Select(o => o.Name)];
    }

    public GraphBuilder Builder { get; } = new();

    public int Opset => _model.Opset;

    /// <summary>The number of the layer that is being imported, as the textbook counts: behind W1 it is 1.</summary>
    public int Layer => _layers;

    /// <param name="outputs">Those that are wanted. Where there are none, all that can be computed: policies have outputs that draw an action, beside those that say which.</param>
    public static NetworkGraph Import(OnnxModel model, IReadOnlyList<string> outputs, LossRow loss) =>
        Import(model, outputs, CancellationToken.None).Train(loss);

    /// <summary>The same up to the outputs, without adjoints.</summary>
    public static ForwardGraph Import(OnnxModel model, IReadOnlyList<string> outputs, CancellationToken cancellation)
    {
        IReadOnlyList<OnnxValue> all = model.Graph.Outputs;
        if (all.Count == 0)
        {
            throw new OnnxException("the graph has no outputs");
        }

        if (outputs.Count > 0)
        {
            return Import(
                [.. outputs.Select(name => all.FirstOrDefault(o => o.Name == name) ?? throw new OnnxException(
                    $"there is no output {OnnxException.Quote(name)}; the file has {string.Join(", ", all.Select(o => OnnxException.Quote(o.Name)))}"))]);
        }

        try
        {
            return Import(all);
        }
        catch (OnnxException e) when (e.IsOperator && all.Count > 1)
        {
            OnnxValue[] possible = [.. all.Where(IsPossible)];
            try
            {
                return Import(possible) with { LeftOut = all.Except(possible).Select(o => o.Name).ToEquatableArray(), Reason = e.Message };
            }
            catch (OnnxException)
            {
                // Nothing but constants is left: what was in the way is the reason.
                throw e;
            }
        }

        ForwardGraph Import(IReadOnlyList<OnnxValue> wanted) => new OnnxImporter(model, wanted, cancellation).Import(wanted);

        bool IsPossible(OnnxValue output)
        {
            try
            {
                new OnnxImporter(model, [output], cancellation).ImportNodes();
                return true;
            }
            catch (OnnxException e) when (e.IsOperator)
            {
                return false;
            }
        }
    }

    private ForwardGraph Import(IReadOnlyList<OnnxValue> outputs)
    {
        (Node x, Port[] inputs) = ImportNodes();
        (Node y, Port[] wanted) = Outputs(outputs, x);

        // They are the parameters of one method, where a single input or output has its own name.
        string[] single = [.. inputs.Length == 1 ? [Port.OnlyInput] : (string[])[], .. wanted.Length == 1 ? [Port.OnlyOutput] : (string[])[]];
        Port[] named = Identifiers.Of([.. inputs, .. wanted], single);
        (Node cut, string activation) = LastActivation(y);
        return new ForwardGraph(Builder, x, cut, y, activation)
        {
            Inputs = inputs.Length > 1 ? named.Take(inputs.Length).ToEquatableArray() : [],
            Outputs = wanted.Length > 1 ? named.Skip(inputs.Length).ToEquatableArray() : [],
            InputNames = inputs.Select(p => p.Name).ToEquatableArray(),
            OutputNames = wanted.Select(p => p.Name).ToEquatableArray(),
        };
    }

    private (Node X, Port[] Inputs) ImportNodes()
    {
        OnnxNode[] live = Live();
        foreach (OnnxNode node in live)
        {
            foreach (string input in node.Inputs.Distinct())
            {
                (_readers.TryGetValue(input, out List<OnnxNode>? readers) ? readers : _readers[input] = []).Add(node);
            }
        }

        (Node, Port[]) inputs = Inputs();

        // What is known comes first, so that a layer finds the bias that is added to it further on.
        foreach (OnnxNode node in live.Where(IsKnown).Concat(live))
        {
            _cancellation.ThrowIfCancellationRequested();
            if (_done.Add(node))
            {
                OnnxOperators.Import(new OperatorCall(this, node));
                CheckSteps();
            }
        }

        return inputs;
    }

    private void CheckSteps()
    {
        if (Builder.Nodes.Count > _checkedSteps + MostSteps)
        {
            _checkedSteps = Builder.Nodes.Count(n => n.Op is SourceOp);
            if (Builder.Nodes.Count > _checkedSteps + MostSteps)
            {
                throw new OnnxException($"the graph has more than {Literal.Grouped(MostSteps)} steps");
            }
        }
    }

    // ---- Values.

    /// <summary>A value by its name, which is known to be defined.</summary>
    public ImportedValue Value(string name)
    {
        if (!_values.TryGetValue(name, out ImportedValue? value))
        {
            value = _model.Graph.Initializers.TryGetValue(name, out OnnxTensor? tensor) ? Constant(tensor, name) : throw NotMade(name);
            _values.Add(name, value);
        }

        return value;
    }

    // Operators make their first output, or all: not a mask, nor the mean that a normalization found.
    private OnnxException NotMade(string name)
    {
        OnnxNode node = _model.Graph.Nodes.First(n => n.Outputs.Contains(name));
        return new OperatorCall(this, node).Error($"its output {OnnxException.Quote(name)} is not supported");
    }

    /// <summary>Whether the value is known by now.</summary>
    public bool IsDefined(string name) => _values.ContainsKey(name) || _model.Graph.Initializers.ContainsKey(name);

    /// <summary>Whole numbers that operators have made: they are shapes and places, of which no network needs many.</summary>
    public long Made { get; set; }

    public void Define(string name, ImportedValue value) => _values[name] = value;

    public ImportedValue Constant(OnnxTensor tensor, string name = "") => tensor.Count == 0 && tensor.Dimensions.Count != 1
        // The other dimensions may be anything there. No axes at all are a list of none.
        ? throw NoElements()
        : new ImportedValue(tensor.Dimensions.ToEquatableArray()) with
        {
            Node = tensor.IsFloat ? Constant(tensor.Floats) : null,
            Integers = tensor.IsFloat ? null : tensor.Integers,
            Initializer = name,
        };

    public Node Constant(float[] values) => values.Length == 0
        ? throw NoElements()
        : Builder.Constant($"k{Literal.Of(++_constants)}", new TensorData(values));

    private static OnnxException NoElements() => new("a tensor without elements is not supported");

    /// <summary>What a node is called.</summary>
    /// <param name="letter">For what kind of value.</param>
    /// <param name="output">The file's name.</param>
    public string NameOf(string letter, string output) =>
        _outputs.Count == 1 && _outputs.Contains(output) ? Result : letter + Literal.Of(_layers);

    /// <summary>The only node that reads a value; null where there is none or another, or the value is wanted itself.</summary>
    public OnnxNode? OnlyReader(string value) =>
        !_outputs.Contains(value) && _readers.TryGetValue(value, out List<OnnxNode>? readers) && readers.Count == 1 ? readers[0] : null;

    /// <summary>A node needs no import of its own any more.</summary>
    public void Skip(OnnxNode node) => _done.Add(node);

    /// <summary>Begins a layer: the next number for W, b and z.</summary>
    public void BeginLayer() => _layers++;

    /// <summary>What a constant is as a parameter, the same for all that use it in the same way.</summary>
    /// <param name="constant">The node of the constant.</param>
    /// <param name="form">How it is used.</param>
    public Node Parameter(Node constant, string form, Func<Node> make)
    {
        if (!_parameters.TryGetValue((constant.Id, form), out Node? parameter))
        {
            _parameters.Add((constant.Id, form), parameter = make());
        }

        return parameter;
    }

    /// <summary>What files of weights call a parameter: what the file calls it, where no other has that name.</summary>
    public string StateName(string name, string otherwise)
    {
        bool isUsable = name.Length > 0 && !name.StartsWith("optimizer.", StringComparison.Ordinal) && !name.Any(c => char.IsControl(c) || char.IsSurrogate(c));
        return isUsable && _stateNames.Add(name) ? name
            : _stateNames.Add(otherwise) ? otherwise
            : StateName("", otherwise + "_");
    }

    // ---- The ends of the graph.

    private (Node X, Port[] Ports) Inputs()
    {
        var ports = new List<Port>();
        var shapes = new List<int[]>();
        int total = 0;
        foreach (OnnxValue input in _model.Graph.Inputs.Where(i => _readers.ContainsKey(i.Name) || _outputs.Contains(i.Name)))
        {
            int[] shape = ShapeOf(input);
            int count = CountOf(shape, $"input {OnnxException.Quote(input.Name)}");
            ports.Add(new Port(input.Name, total, count, $"[{string.Join(", ", shape)}]"));
            shapes.Add(shape);
            total = CountOf([total + count], "the inputs together");
        }

        Node x = Builder.Input("x", Shape.Vector(Math.Max(1, total)));
        for (int i = 0; i < ports.Count; i++)
        {
            var places = new StridedAxes(ports[i].Offset, [new StridedAxis(ports[i].Count, 1)]);
            Node part = Builder.View($"x{Literal.Of(i + 1)}", places, x, $"the input {FileText.Shown(ports[i].Name)}");
            _values.Add(ports[i].Name, new ImportedValue(shapes[i].ToEquatableArray()) { Node = part });
        }

        return (x, [.. ports]);
    }

    private static int[] ShapeOf(OnnxValue input)
    {
        string place = $"input {OnnxException.Quote(input.Name)}";
        if (input.Type is not (OnnxElementType.Float or OnnxElementType.Double))
        {
            throw new OnnxException($"{place} is of type {input.Type}: only float inputs are supported");
        }

        if (input.Shape is null)
        {
            throw new OnnxException($"{place} has no shape");
        }

        return [.. input.Shape.Select(d => d.Size switch
        {
            null => 1,
            < 1 or > MostElements => throw new OnnxException($"{place} has a dimension of {d.Size}"),
            { } size => (int)size,
        })];
    }

    /// <summary>The number of elements of a shape.</summary>
    public static int CountOf(IEnumerable<int> shape, string what)
    {
        long count = 1;
        foreach (int dimension in shape)
        {
            count *= dimension;
            if (count is < 1 or > MostElements)
            {
                throw new OnnxException($"{what} has {(count < 1 ? "no" : "more than " + Literal.Grouped(MostElements))} elements");
            }
        }

        return (int)count;
    }

    private (Node Y, Port[] Ports) Outputs(IReadOnlyList<OnnxValue> outputs, Node x)
    {
        var parts = new List<Node>();
        var ports = new List<Port>();
        int total = 0;
        foreach (OnnxValue output in outputs)
        {
            ImportedValue value = Value(output.Name);
            if (value.Node is null)
            {
                throw new OnnxException($"output {OnnxException.Quote(output.Name)} is of whole numbers: only float outputs are supported; choose others with Outputs");
            }

            Node part = Vector(value, Result);
            parts.Add(part);
            ports.Add(new Port(output.Name, total, value.Count, value.Shape));
            total = CountOf([total + value.Count], "the outputs together");
        }

        Node y = Builder.Join(Result, parts);

        // The memory of the output is its own.
        if (y.Op is SourceOp)
        {
            y = Builder.Add(Result, new ElementwiseOp(Expr.X, [1]), [y]);
        }

        return y.Op is ConstantVectorOp || !DependsOn(y, x)
            ? throw new OnnxException("the outputs do not depend on an input")
            : (y, [.. ports]);
    }

    private bool DependsOn(Node node, Node other)
    {
        var needed = new HashSet<int> { node.Id };
        for (int id = node.Id; id >= 0; id--)
        {
            if (needed.Contains(id))
            {
                needed.UnionWith(Builder.Nodes[id].Inputs);
            }
        }

        return needed.Contains(other.Id);
    }

    /// <summary>The elements as a vector, also where they are one scalar.</summary>
    public Node Vector(ImportedValue value, string name) =>
        value.Node!.Shape.Rank == 1 ? value.Node : Builder.Add(name, new BroadcastOp(Shape.Vector(1)), [value.Node]);

    // A loss may be computed from the pre-activation of the last layer.
    private (Node PreActivation, string Activation) LastActivation(Node y)
    {
        ActivationRow? row = Activations.Find(y.Op);
        return row is not null && Builder.Nodes[y.Inputs[0]] is { Op: not SourceOp } z ? (z, row.Name) : (y, Activations.All[0].Name);
    }

    // ---- Order.

    private OnnxNode[] Live()
    {
        var needed = new HashSet<string>(_outputs);
        var live = new List<OnnxNode>();
        foreach (OnnxNode node in _model.Graph.Nodes.Reverse())
        {
            if (node.Outputs.Any(needed.Contains))
            {
                live.Add(node);
                needed.UnionWith(node.Inputs);
            }
        }

        live.Reverse();
        return [.. live];
    }

    private bool IsKnown(OnnxNode node)
    {
        bool isKnown = node.Inputs.All(input => input.Length == 0 || _known.Contains(input) || _model.Graph.Initializers.ContainsKey(input));
        if (isKnown)
        {
            _known.UnionWith(node.Outputs);
        }

        return isKnown;
    }

}
