namespace NetGen.Generator;

/// <summary>
/// Writes the forward pass of a graph as an ONNX file of opset 17. Values have an open batch in front: a vector is
/// [batch, n], and a scalar [batch, 1].
/// </summary>
internal sealed class OnnxExporter
{
    public const int Opset = 17;

    // Fields of onnx.proto.
    private const int IrVersion = 8;
    private const int FloatType = 1;
    private const int Int64Type = 7;
    private const string Batch = "batch";

    private readonly NetworkGraph _network;
    private readonly List<Action<ProtoWriter>> _nodes = [];
    private readonly List<Action<ProtoWriter>> _initializers = [];
    private readonly List<string> _described = [];
    private readonly Dictionary<int, string> _names = [];
    private readonly HashSet<string> _taken = [];
    private int _made;

    private readonly IReadOnlyList<(string Name, int Count)> _inputs;
    private readonly IReadOnlyList<(string Name, int Count)> _outputs;

    private OnnxExporter(NetworkGraph network)
    {
        _network = network;
        _outputs = [.. Ends(network.OutputNames, network.Outputs, network.Output)];
        _inputs = [.. Ends(network.InputNames, network.Inputs, network.Input)];
    }

    /// <summary>The file.</summary>
    /// <exception cref="NotExportableException">The graph has an operation that no front end makes.</exception>
    public static OnnxExport Export(NetworkGraph network, string name, string producer, string version)
    {
        var exporter = new OnnxExporter(network);
        exporter.Walk();
        return exporter.Write(name, producer, version);
    }

    // ---- The file.

    private OnnxExport Write(string name, string producer, string version)
    {
        ProtoWriter model = new ProtoWriter()
            .Integer(1, IrVersion)
            .Text(2, producer)
            .Text(3, version)
            .Message(8, opset => opset.Text(1, "").Integer(2, Opset));
        model.Message(7, graph =>
        {
            Each(graph, 1, _nodes);
            graph.Text(2, name);
            Each(graph, 5, _initializers);
            foreach ((string input, int count) in _inputs)
            {
                graph.Message(11, value => Value(value, input, count));
            }

            foreach ((string output, int count) in _outputs)
            {
                graph.Message(12, value => Value(value, output, count));
            }
        });
        return new OnnxExport(model.Bytes.ToEquatableArray(), model.Holes.ToEquatableArray(), _described.ToEquatableArray());

        static void Each(ProtoWriter graph, int field, List<Action<ProtoWriter>> messages) => messages.ForEach(m => graph.Message(field, m));
    }

    private static void Value(ProtoWriter value, string name, int count) => value
        .Text(1, name)
        .Message(2, type => type.Message(1, tensor => tensor
            .Integer(1, FloatType)
            .Message(2, shape => shape
                .Message(1, dimension => dimension.Text(2, Batch))
                .Message(1, dimension => dimension.Integer(1, count)))));

    private IEnumerable<(string Name, int Count)> Ends(EquatableArray<string> names, EquatableArray<Port> ports, Node only)
    {
        IEnumerable<int> counts = ports.Count > 0 ? ports.Select(p => p.Count) : [only.Shape.Count];
        return counts.Select((count, i) => (Reserve(i < names.Count ? names[i] : only.Name), count));
    }

    // ---- The graph.

    private void Walk()
    {
        HashSet<int> live = Live();
        foreach (Node parameter in _network.Parameters)
        {
            string name = Reserve(((ParameterOp)parameter.Op).StateName);
            _names.Add(parameter.Id, name);
            _initializers.Add(tensor => Tensor(tensor, name, FloatType, DimensionsOf(parameter)).Hole(9, parameter.Shape.Count));
        }

        foreach (Node node in _network.Graph.Nodes.Where(n => live.Contains(n.Id) && !_names.ContainsKey(n.Id)))
        {
            if (node == _network.Output && IsJoined)
            {
                continue;
            }

            string name = Add(node);

            // An operation that changes nothing here may be all that makes the output.
            bool isMissing = node == _network.Output && _network.Outputs.Count == 0 && name != _outputs[0].Name;
            _names.Add(node.Id, isMissing ? Node("Identity", [name], _outputs[0].Name) : name);
        }

        Outputs();
    }

    // PyTorch's shape of a bias, where that repeats over the batch by itself.
    private EquatableArray<int> DimensionsOf(Node parameter) =>
        parameter.Shape.Rank != 1 || _network.Graph.Nodes.Where(n => n.Inputs.Contains(parameter.Id)).All(n => n.Op is AffineOp or ElementwiseOp)
            ? parameter.Shape.Dimensions
            : [1, parameter.Shape[0]];

    // Several outputs are put together to y; a file has them apart.
    private bool IsJoined => _network.Outputs.Count > 0 && _network.Output.Op is AssembleOp assemble && assemble.Parts.Count == _network.Outputs.Count;

    private void Outputs()
    {
        Node y = _network.Output;
        bool isJoined = IsJoined;
        for (int i = 0; i < _network.Outputs.Count; i++)
        {
            Port port = _network.Outputs[i];
            string name = _outputs[i].Name;
            if (isJoined)
            {
                Node("Identity", [_names[y.Inputs[i]]], name);
            }
            else
            {
                Node("Gather", [_names[y.Id], Integers(Enumerable.Range(port.Offset, port.Count).Select(n => (long)n))], name, ("axis", 1L));
            }
        }
    }

    private HashSet<int> Live()
    {
        var live = new HashSet<int>();
        var open = new Stack<Node>([_network.Output]);
        while (open.Count > 0)
        {
            Node node = open.Pop();
            if (live.Add(node.Id))
            {
                foreach (Node input in _network.Graph.InputsOf(node))
                {
                    open.Push(input);
                }
            }
        }

        return live;
    }

    private string Add(Node node)
    {
        string[] inputs = [.. node.Inputs.Select(id => _names[id])];
        switch (node.Op)
        {
            case InputOp when _network.Inputs.Count == 0:
                return _inputs[0].Name;
            case InputOp:
                // Each part is an input of its own, and the whole is made only for those who read it.
                return ReadsWhole(node) ? Node("Concat", [.. _inputs.Select(i => i.Name)], Name(node), ("axis", 1L)) : "";
            case ConstantOp constant:
                return Floats([constant.Value]);
            case ConstantVectorOp vector:
                return Floats(vector.Values.Values.ToArray());
            case AffineOp:
                return Node("Gemm", [inputs[1], inputs[0], .. inputs.Skip(2)], Name(node), ("transB", 1L));
            case TransposedProductOp:
                return Node("Gemm", [inputs[1], inputs[0]], Name(node));
            case SoftmaxOp:
                return Node("Softmax", inputs, Name(node), ("axis", -1L));
            case LogSoftmaxOp:
                return Node("LogSoftmax", inputs, Name(node), ("axis", -1L));
            case ReduceOp reduce:
                return Reduce(reduce.IsMean ? "ReduceMean" : "ReduceSum", inputs[0], [1], Name(node));
            case BroadcastOp broadcast:
                return broadcast.Target.Count == 1 ? inputs[0] : Node("Expand", [inputs[0], Integers([1, broadcast.Target.Count])], Name(node));
            case ViewOp view when PortOf(node, view) is var port and >= 0:
                return _inputs[port].Name;
            case ViewOp view:
                return Node("Gather", [inputs[0], Integers(view.Places.Walk().Select(n => (long)n))], Name(node), ("axis", 1L));
            case AxisSumOp sum:
                return AxisSum(node, sum, inputs[0]);
            case AssembleOp assemble:
                return Assemble(node, assemble, inputs);
            case ElementwiseOp op when OnnxActivations.Find(op) is { } activation:
                return Node(activation.Operator, inputs, Name(node), [.. activation.Attributes.Select(a => (a.Name, (object)a.Value))]);
            case ElementwiseOp op:
                return Formula(op.Value, inputs, Name(node));
            default:
                throw new NotExportableException($"'{node.Name}' is computed by {node.Op.GetType().Name}");
        }
    }

    private bool ReadsWhole(Node input) => _network.Graph.Nodes.Any(n => n.Inputs.Contains(input.Id) && !(n.Op is ViewOp view && PortOf(n, view) >= 0));

    // The input that a view of x is; −1 for none.
    private int PortOf(Node node, ViewOp view) => node.Inputs[0] != _network.Input.Id ? -1
        : Array.FindIndex([.. _network.Inputs], p => view.Places.Offset == p.Offset && view.Places.Axes is [{ Stride: 1 } run] && run.Extent == p.Count);

    private string Reduce(string @operator, string input, long[] axes, string name) => @operator == "ReduceSum"
        ? Node(@operator, [input, Integers(axes)], name)
        : Node(@operator, [input], name, ("axes", axes));

    private string AxisSum(Node node, AxisSumOp sum, string input)
    {
        string shaped = Node("Reshape", [input, Integers([0, .. sum.Axes.Select(a => (long)a.Extent)])], Made());
        string summed = Reduce("ReduceSum", shaped, [.. sum.Axes.Select((a, n) => (a, n)).Where(p => p.a.IsSummed).Select(p => (long)p.n + 1)], Made());
        return Node("Reshape", [summed, Integers([0, node.Shape.Count])], Name(node));
    }

    private string Assemble(Node node, AssembleOp assemble, string[] parts)
    {
        if (assemble.Parts.Sum(p => p.Count) != assemble.Length)
        {
            throw new NotExportableException($"'{node.Name}' is put together of parts that leave gaps");
        }

        // Where each element of the result is among the parts one after the other.
        var places = new long[assemble.Length];
        int at = 0;
        foreach (StridedAxes part in assemble.Parts)
        {
            foreach (int place in part.Walk())
            {
                places[place] = at++;
            }
        }

        bool isInOrder = places.Select((place, n) => place == n).All(same => same);
        string joined = Node("Concat", parts, isInOrder ? Name(node) : Made(), ("axis", 1L));
        return isInOrder ? joined : Node("Gather", [joined, Integers(places)], Name(node), ("axis", 1L));
    }

    // ---- Formulas.

    private string Formula(Expr formula, string[] arguments, string name)
    {
        var known = new Dictionary<Expr, string>();
        if (!formula.Descend().Any(e => e is Expr.Argument))
        {
            return Node("Expand", [Visit(formula), Node("Shape", [arguments[0]], Made())], name);
        }

        string result = Visit(formula);

        // A formula may be one of its arguments.
        return result == name ? name : Node("Identity", [result], name);

        string Visit(Expr e)
        {
            if (!known.TryGetValue(e, out string? value))
            {
                known.Add(e, value = Compute(e, e.Equals(formula) ? name : null));
            }

            return value;
        }

        string Compute(Expr e, string? wanted) => e switch
        {
            Expr.Constant constant => Floats([constant.Value]),
            Expr.Argument argument => arguments[argument.Index],
            Expr.Binary b => Node(NameOf(b.Operator), [Visit(b.Left), Visit(b.Right)], wanted ?? Made()),
            Expr.Unary { Operator: UnaryOperator.Rounded } u => Visit(u.Operand),
            Expr.Unary u => Node(NameOf(u.Operator), [Visit(u.Operand)], wanted ?? Made()),
            Expr.Select s => Node("Where", [Node("Less", [Visit(s.Left), Visit(s.Right)], Made()), Visit(s.Then), Visit(s.Otherwise)], wanted ?? Made()),
            Expr.FunctionCall { Function: "Expm1" } f => Visit(Expr.Call("Exp", f.Value) - 1),
            Expr.FunctionCall { Function: "Log1p" } f => Visit(Expr.Call("Log", 1 + f.Value)),
            Expr.FunctionCall { Function: "NormalCdf" } f => Visit(0.5f * (1 + Expr.Call("Erf", 0.70710678f * f.Value))),
            Expr.FunctionCall f => Node(f.Function, [Visit(f.Value)], wanted ?? Made()),
            _ => throw new NotExportableException($"the formula of '{name}' holds {e.GetType().Name}"),
        };
    }

    private static string NameOf(BinaryOperator @operator) => @operator switch
    {
        BinaryOperator.Add => "Add",
        BinaryOperator.Subtract => "Sub",
        BinaryOperator.Multiply => "Mul",
        _ => "Div",
    };

    private static string NameOf(UnaryOperator @operator) => @operator switch
    {
        UnaryOperator.Negate => "Neg",
        UnaryOperator.Sqrt => "Sqrt",
        UnaryOperator.Abs => "Abs",
        _ => throw new NotExportableException($"a formula holds {@operator}"),
    };

    // ---- Parts of the file.

    private string Node(string @operator, string[] inputs, string output, params (string Name, object Value)[] attributes)
    {
        _described.Add($"{FileText.Shown(output)} = {@operator}({string.Join(", ", inputs.Select(FileText.Shown))})");
        _nodes.Add(node =>
        {
            Array.ForEach(inputs, input => node.Text(1, input));
            node.Text(2, output).Text(3, output).Text(4, @operator);
            foreach ((string name, object value) in attributes)
            {
                node.Message(5, attribute => Attribute(attribute.Text(1, name), value));
            }
        });
        return output;
    }

    private static void Attribute(ProtoWriter attribute, object value)
    {
        switch (value)
        {
            case float number:
                attribute.Float(2, number).Integer(20, 1);
                break;
            case long number:
                attribute.Integer(3, number).Integer(20, 2);
                break;
            case long[] numbers:
                Array.ForEach(numbers, number => attribute.Integer(8, number));
                attribute.Integer(20, 7);
                break;
        }
    }

    private string Floats(float[] values)
    {
        string name = Made();
        _initializers.Add(tensor => Tensor(tensor, name, FloatType, [1, values.Length]).Raw(9, Bytes(values, BitConverter.GetBytes)));
        return name;
    }

    private string Integers(IEnumerable<long> values)
    {
        long[] all = [.. values];
        string name = Made();
        _initializers.Add(tensor => Tensor(tensor, name, Int64Type, [all.Length]).Raw(9, Bytes(all, BitConverter.GetBytes)));
        return name;
    }

    private static byte[] Bytes<T>(T[] values, Func<T, byte[]> bytes) =>
        [.. values.SelectMany(v => BitConverter.IsLittleEndian ? bytes(v) : [.. Enumerable.Reverse(bytes(v))])];

    private static ProtoWriter Tensor(ProtoWriter tensor, string name, int type, EquatableArray<int> dimensions)
    {
        foreach (int dimension in dimensions)
        {
            tensor.Integer(1, dimension);
        }

        return tensor.Integer(2, type).Text(8, name);
    }

    private string Name(Node node) => Outcome(node) ?? Reserve(node.Name);

    // The output has the name that the file promises.
    private string? Outcome(Node node) => node == _network.Output && _network.Outputs.Count == 0 ? _outputs[0].Name : null;

    private string Made() => Reserve("v" + Literal.Of(++_made));

    private string Reserve(string name)
    {
        string unique = name;
        for (int i = 2; !_taken.Add(unique); i++)
        {
            unique = $"{name}_{Literal.Of(i)}";
        }

        return unique;
    }
}
