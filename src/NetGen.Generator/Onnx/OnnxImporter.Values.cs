namespace NetGen.Generator;

/// <content>What the nodes of a file make and read: values by their names, constants, and what constants are as parameters.</content>
internal sealed partial class OnnxImporter
{
    private readonly Dictionary<string, ImportedValue> _values = [];
    private readonly Dictionary<(int Constant, string Form), Node> _parameters = [];
    private readonly HashSet<string> _stateNames = ["__metadata__"];
    private int _layers;
    private int _constants;

    /// <summary>The number of the layer that is being imported, as the textbook counts: behind W1 it is 1.</summary>
    public int Layer => _layers;

    /// <summary>A value by its name.</summary>
    /// <exception cref="ArgumentException">It is a constant that cannot be used, or nothing defines it.</exception>
    /// <exception cref="OnnxException">The node that should make it does not.</exception>
    public ImportedValue Value(string name)
    {
        if (!_values.TryGetValue(name, out ImportedValue? value))
        {
            value = _failures.TryGetValue(name, out OnnxException? failure) ? throw failure
                : _initializers.TryGetValue(name, out OnnxTensor? tensor) ? Constant(tensor, name)
                : throw NotMade(name);
            _values.Add(name, value);
        }

        return value;
    }

    // Operators make their first output, or all: not a mask, nor the mean that a normalization found.
    private Exception NotMade(string name) => _model.Graph.Nodes.FirstOrDefault(n => n.Outputs.Contains(name)) is { } node
        ? new OperatorCall(this, node).Error($"its output {OnnxException.Quote(name)} is not supported")
        : new ArgumentException($"{OnnxException.Quote(name)} is not defined: no input, initializer or node has that name");

    /// <summary>Whether the value is known by now.</summary>
    public bool IsDefined(string name) => _values.ContainsKey(name) || _initializers.ContainsKey(name);

    /// <summary>Whole numbers that operators have made: they are shapes and places, of which no network needs many.</summary>
    public long Made { get; set; }

    public void Define(string name, ImportedValue value) => _values[name] = value;

    /// <exception cref="ArgumentException">No network can use the tensor.</exception>
    public ImportedValue Constant(OnnxTensor tensor, string name = "") => tensor.Problem.Length > 0 ? throw new ArgumentException(tensor.Problem)
        // The other dimensions may be anything there. No axes at all are a list of none.
        : tensor.Count == 0 && tensor.Dimensions.Count != 1 ? throw NoElements()
        : new ImportedValue(tensor.Dimensions.ToEquatableArray()) with
        {
            Node = tensor.IsFloat ? Constant(tensor.Floats) : null,
            Integers = tensor.IsFloat ? null : tensor.Integers,
            Initializer = name,
        };

    public Node Constant(float[] values) => values.Length == 0
        ? throw NoElements()
        : Builder.Constant($"k{Literal.Of(++_constants)}", new TensorData(values));

    private static ArgumentException NoElements() => new("a tensor without elements is not supported");

    /// <summary>What a node is called.</summary>
    /// <param name="letter">For what kind of value.</param>
    /// <param name="output">The file's name.</param>
    public string NameOf(string letter, string output) =>
        _outputs.Count == 1 && _outputs.Contains(output) ? Result : letter + Literal.Of(_layers);

    /// <summary>The only node that reads a value; null where there is none or another, or the value is wanted itself.</summary>
    public OnnxNode? OnlyReader(string value) =>
        !_outputs.Contains(value) && _readers.TryGetValue(value, out List<OnnxNode>? readers) && readers.Count == 1 ? readers[0] : null;

    /// <summary>A node needs no import of its own any more.</summary>
    public void Skip(OnnxNode node)
    {
        _done.Add(node);
        _skipped.Add(node);
    }

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

    /// <summary>The same where it was used in this way before; null otherwise.</summary>
    public Node? KnownParameter(Node constant, string form) => _parameters.TryGetValue((constant.Id, form), out Node? parameter) ? parameter : null;

    /// <summary>Whether one node alone reads an initializer.</summary>
    public bool IsReadOnce(string initializer) => _readers.TryGetValue(initializer, out List<OnnxNode>? readers) && readers.Count == 1;

    /// <summary>What files of weights call a parameter: what the file calls it, where no other has that name.</summary>
    public string StateName(string name, string otherwise)
    {
        bool isUsable = name.Length > 0 && !name.StartsWith("optimizer.", StringComparison.Ordinal) && !name.Any(c => char.IsControl(c) || char.IsSurrogate(c));
        return isUsable && _stateNames.Add(name) ? name
            : _stateNames.Add(otherwise) ? otherwise
            : StateName("", otherwise + "_");
    }
}
