namespace NetGen.Generator;

/// <summary>
/// Walks the nodes of a file and adds what they compute to a graph, for a batch of one. What the wanted outputs do not need
/// is never looked at.
/// </summary>
internal sealed partial class OnnxImporter
{
    /// <summary>No value may have more elements: what a file claims must not take more memory than the file.</summary>
    public const int MostElements = 1 << 20;

    // What is compiled is planned and written out step by step, and no policy comes near.
    public const int MostSteps = 1000;

    // Nodes that ask for what their operators do not have: each may have cost much before it failed.
    private const int MostFaults = 64;

    public const string Result = "y";

    private readonly OnnxModel _model;
    private readonly Dictionary<string, List<OnnxNode>> _readers = [];
    private readonly HashSet<OnnxNode> _done = [];
    private readonly HashSet<string> _outputs;
    private readonly OnnxSettings _settings;

    // Those of the graph, and of the branches that are taken.
    private readonly Dictionary<string, OnnxTensor> _initializers;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<string> _known = [];

    // What cannot be had, and why: the first reason on the way to it.
    private readonly Dictionary<string, OnnxException> _failures = [];

    // What the node that is being imported has taken over.
    private readonly List<OnnxNode> _skipped = [];

    private OnnxNode[] _live = [];
    private int _faults;
    private int _checkedSteps;

    public OnnxImporter(OnnxModel model, IReadOnlyList<string> outputs, OnnxSettings settings, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _model = model;
        Wanted = outputs;
        _outputs = [.. outputs];
        _settings = settings;
        _initializers = model.Graph.Initializers.ToDictionary(i => i.Key, i => i.Value);
    }

    public GraphBuilder Builder { get; } = new();

    /// <summary>The outputs, by the file's names.</summary>
    public IReadOnlyList<string> Wanted { get; }

    /// <summary>x, once the nodes are imported.</summary>
    public Node? X { get; private set; }

    /// <summary>The inputs that nodes read, one after the other in x.</summary>
    public List<Port> Inputs { get; } = [];

    public int Opset => _model.Opset;

    /// <summary>The network of all outputs of a file that can be computed.</summary>
    /// <param name="outputs">Those that are wanted; where there are none, what the file has.</param>
    /// <exception cref="OnnxException">The file cannot be compiled.</exception>
    public static NetworkGraph Import(OnnxModel model, IReadOnlyList<string> outputs, LossRow loss) =>
        Import(model, outputs, CancellationToken.None).Train(loss);

    /// <summary>The same up to the outputs, without adjoints.</summary>
    public static ForwardGraph Import(OnnxModel model, IReadOnlyList<string> outputs, CancellationToken cancellation) =>
        new OnnxOutputs(model, new OnnxSettings(outputs.ToEquatableArray()), cancellation).Import();

    /// <summary>Imports the nodes that the outputs need. What one of them lacks is kept, as its failure and that of all that need it.</summary>
    /// <exception cref="OnnxException">The graph is too large, or an input has no size.</exception>
    public void ImportNodes()
    {
        _live = Live(Wanted);
        AddReaders(_live);
        ImportInputs();

        // What is known comes first, so that a layer finds the bias that is added to it further on.
        foreach (OnnxNode node in _live.Where(IsKnownBefore).Concat(_live))
        {
            _cancellation.ThrowIfCancellationRequested();
            if (_done.Add(node))
            {
                Import(node);
                CheckSteps();
            }
        }
    }

    /// <summary>Imports the nodes of a branch, which are computed where the call stands.</summary>
    public void ImportBranch(OnnxGraph branch, OperatorCall call)
    {
        if (branch.Nodes.SelectMany(n => n.Outputs).Concat(branch.Initializers.Keys).FirstOrDefault(name => name.Length > 0 && (IsDefined(name) || _failures.ContainsKey(name))) is { } twice)
        {
            throw call.Error($"its branch defines {OnnxException.Quote(twice)}, which there is already");
        }

        foreach (KeyValuePair<string, OnnxTensor> initializer in branch.Initializers)
        {
            _initializers.Add(initializer.Key, initializer.Value);
        }

        AddReaders(branch.Nodes);
        foreach (OnnxNode node in branch.Nodes)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (_done.Add(node))
            {
                Import(node);
                CheckSteps();
            }
        }
    }

    private void AddReaders(IEnumerable<OnnxNode> nodes)
    {
        foreach (OnnxNode node in nodes)
        {
            foreach (string input in node.Reads.Distinct())
            {
                (_readers.TryGetValue(input, out List<OnnxNode>? readers) ? readers : _readers[input] = []).Add(node);
            }
        }
    }

    private void Import(OnnxNode node)
    {
        _skipped.Clear();
        if (!OnnxOperators.IsSupported(node))
        {
            Fail(node, OnnxOperators.Missing(this, node));
        }
        else if (node.Inputs.FirstOrDefault(_failures.ContainsKey) is { } input)
        {
            Fail(node, _failures[input]);
        }
        else
        {
            try
            {
                OnnxOperators.Import(new OperatorCall(this, node));
            }
            catch (OnnxException e)
            {
                if (++_faults > MostFaults)
                {
                    throw;
                }

                _skipped.ForEach(skipped => Fail(skipped, e));
                Fail(node, e);
            }
        }
    }

    private void Fail(OnnxNode node, OnnxException reason)
    {
        foreach (string output in node.Outputs.Where(o => o.Length > 0))
        {
            _failures[output] = reason;
        }
    }

    /// <summary>Why a wanted output cannot be computed; null where it can.</summary>
    public OnnxException? Failure(string output)
    {
        if (!_failures.TryGetValue(output, out OnnxException? failure) && !_values.ContainsKey(output))
        {
            try
            {
                Value(output);
            }
            catch (ArgumentException e)
            {
                failure = new OnnxException($"output {OnnxException.Quote(output)}: {e.Message}");
            }
            catch (OnnxException e)
            {
                failure = e;
            }
        }

        return failure;
    }

    /// <summary>Whether a wanted output that can be computed is the same whatever the input is.</summary>
    public bool IsKnown(string output) => Value(output).IsKnown;

    /// <summary>Floats on the way to the outputs that could be outputs instead, the nearest first. Where something fails, those that it needs.</summary>
    public IEnumerable<string> Inner() => _live.AsEnumerable().Reverse()
        .SelectMany(node => node.Outputs.Reverse())
        .Where(name => _values.TryGetValue(name, out ImportedValue? value) && value is { Node: not null, IsKnown: false } && !_outputs.Contains(name)
            && (_failures.Count == 0 || (_readers.TryGetValue(name, out List<OnnxNode>? readers) && readers.Exists(r => r.Outputs.Any(_failures.ContainsKey)))));

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

    // ---- Inputs.

    private void ImportInputs()
    {
        var inputs = new OnnxInputs(_model.Graph, _settings);
        OnnxValue[] read = [.. _model.Graph.Inputs.Where(i => _readers.ContainsKey(i.Name) || _outputs.Contains(i.Name))];
        int total = 0;
        foreach (OnnxValue input in read)
        {
            if (inputs.Problem(input) is { } problem)
            {
                _failures.Add(input.Name, problem);
            }
            else if (inputs.Constant(input) is { } tensor)
            {
                _values.Add(input.Name, Constant(tensor));
                _known.Add(input.Name);
            }
            else
            {
                int[] shape = inputs.ShapeOf(input);
                Inputs.Add(new Port(input.Name, total, CountOf(shape, $"input {OnnxException.Quote(input.Name)}"), $"[{string.Join(", ", shape)}]"));
                total = CountOf([total + Inputs[Inputs.Count - 1].Count], "the inputs together");
                _values.Add(input.Name, new ImportedValue(shape.ToEquatableArray()));
            }
        }

        inputs.RequireSizes();
        X = Builder.Input("x", Shape.Vector(Math.Max(1, total)));
        for (int i = 0; i < Inputs.Count; i++)
        {
            Port port = Inputs[i];
            var places = new StridedAxes(port.Offset, [new StridedAxis(port.Count, 1)]);
            Node part = Builder.View($"x{Literal.Of(i + 1)}", places, X, $"the input {FileText.Shown(port.Name)}");
            _values[port.Name] = _values[port.Name] with { Node = part };
        }
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

    /// <summary>The elements as a vector, also where they are one scalar.</summary>
    public Node Vector(ImportedValue value, string name) =>
        value.Node!.Shape.Rank == 1 ? value.Node : Builder.Add(name, new BroadcastOp(Shape.Vector(1)), [value.Node]);

    // ---- Order.

    /// <summary>The nodes that some values need, in order.</summary>
    public OnnxNode[] Live(IEnumerable<string> values)
    {
        var needed = new HashSet<string>(values);
        var live = new List<OnnxNode>();
        foreach (OnnxNode node in _model.Graph.Nodes.Reverse())
        {
            if (node.Outputs.Any(needed.Contains))
            {
                live.Add(node);
                needed.UnionWith(node.Reads);
            }
        }

        live.Reverse();
        return [.. live];
    }

    private bool IsKnownBefore(OnnxNode node)
    {
        bool isKnown = node.Reads.All(input => input.Length == 0 || _known.Contains(input) || _model.Graph.Initializers.ContainsKey(input));
        if (isKnown)
        {
            _known.UnionWith(node.Outputs);
        }

        return isKnown;
    }
}
