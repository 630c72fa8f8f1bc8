namespace NetGen.Generator;

/// <summary>Gives tensors their places in memory that vectors read and write: padded, and weights in panels or rows.</summary>
internal sealed class VectorMemory
{
    // A cache line, so that vectors of neighbours do not share one.
    private const int Alignment = 16;

    private readonly Dictionary<string, TensorPlan> _tensors = [];
    private readonly Dictionary<string, TensorPlan> _rows = [];
    private readonly Dictionary<string, WeightLayout> _layouts = [];
    private readonly Dictionary<string, WeightLayout> _copies = [];
    private readonly List<TensorPlan> _parameters = [];
    private readonly List<TensorPlan> _constants = [];
    private readonly CostModel _costs;

    public VectorMemory(NetworkGraph network, CostModel costs)
    {
        _costs = costs;
        foreach (Node node in network.Parameters)
        {
            WeightLayout? layout = node.Shape.Rank == 2 ? WeightLayout.Choose(node.Shape[0], node.Shape[1], !IsReadWith(network, node, network.Input), costs) : null;
            int length = layout?.Length ?? Padded(node.Shape);
            var parameter = new TensorPlan(node.Name, node.Shape, TensorSpace.Parameters, ParameterLength) { Length = length };
            _parameters.Add(parameter);
            _tensors[node.Name] = parameter;
            _tensors[node.AdjointName] = parameter with { Name = node.AdjointName, Space = TensorSpace.Gradients };
            ParameterLength += Aligned(length);
            if (layout is not null)
            {
                _layouts[node.Name] = _layouts[node.AdjointName] = layout;
                _copies[node.Name] = layout.IsRows
                    ? WeightLayout.Panels(layout.Outputs, layout.Inputs, costs)
                    : WeightLayout.PanelsOfInputs(layout.Outputs, layout.Inputs, costs);
            }
        }

        foreach (Node node in network.Constants)
        {
            var constant = new TensorPlan(node.Name, node.Shape, TensorSpace.Constants, ConstantLength) { Length = Padded(node.Shape) };
            _constants.Add(constant);
            _tensors[node.Name] = constant;
            ConstantLength += Aligned(constant.Length);
        }
    }

    public IReadOnlyList<TensorPlan> Parameters => _parameters;

    public IReadOnlyList<TensorPlan> Constants => _constants;

    public IEnumerable<ParameterLayout> Layouts => _parameters.Where(p => _layouts.ContainsKey(p.Name)).Select(p => new ParameterLayout(p.Name, _layouts[p.Name]));

    public IEnumerable<TensorPlan> Scratch => _tensors.Values.Where(t => t.Space == TensorSpace.Scratch).OrderBy(t => t.Offset);

    public IEnumerable<WeightCopy> Copies => _copies.Keys
        .Where(w => _tensors.ContainsKey(CopyOf(w)))
        .Select(w => new WeightCopy(_tensors[w], _layouts[w], _tensors[CopyOf(w)], _copies[w]));

    public IEnumerable<TensorPlan> Rows => _rows.Values.Where(t => t.Space == TensorSpace.Rows).OrderBy(t => t.Offset);

    public int ParameterLength { get; private set; }

    public int ConstantLength { get; private set; }

    public int ScratchLength { get; private set; }

    public int RowsLength { get; private set; }

    public static string CopyOf(string weight) => weight + "T";

    public static string TileOf(string gradient) => gradient + "_tile";

    /// <summary>A value of one sample, which lies in scratch from now on.</summary>
    public void AddScratch(string name, Shape shape)
    {
        if (!_tensors.ContainsKey(name))
        {
            int length = Padded(shape);
            _tensors.Add(name, new TensorPlan(name, shape, TensorSpace.Scratch, ScratchLength) { Length = length });
            ScratchLength += Aligned(length);
        }
    }

    /// <summary>What the caller gives or takes: it ends with its last element.</summary>
    public void AddArgument(string tensor, string name, Shape shape) =>
        _tensors[tensor] = new TensorPlan(tensor, shape, TensorSpace.Argument, 0) { Argument = name };

    /// <summary>The rows of a batch: of everything that a sample has in scratch, and of what a sample gets as an argument.</summary>
    /// <param name="arguments">What the caller gives or takes, with the caller's name.</param>
    public void AddRows(int count, IReadOnlyDictionary<string, string> arguments)
    {
        foreach (TensorPlan tensor in _tensors.Values.Where(t => t.Space is TensorSpace.Scratch or TensorSpace.Argument).ToList())
        {
            if (arguments.TryGetValue(tensor.Name, out string? name))
            {
                _rows[tensor.Name] = new TensorPlan(tensor.Name, tensor.Shape, TensorSpace.Argument, 0) { Argument = name };
            }
            else if (tensor.Space == TensorSpace.Scratch)
            {
                AddRowTensor(tensor.Name, tensor.Shape, count);
            }
        }
    }

    /// <summary>A copy of a weight the other way round, beside the rows.</summary>
    public void AddCopy(string weight)
    {
        string name = CopyOf(weight);
        if (!_tensors.ContainsKey(name))
        {
            WeightLayout layout = _copies[weight];
            _layouts[name] = layout;
            _tensors.Add(name, new TensorPlan(name, _tensors[weight].Shape, TensorSpace.Rows, RowsLength) { Length = layout.Length });
            RowsLength += Aligned(layout.Length);
        }
    }

    /// <summary>The gradient of a parameter over some rows alone, beside the rows.</summary>
    public void AddTile(string gradient)
    {
        string name = TileOf(gradient);
        _tensors.Add(name, _tensors[gradient] with { Name = name, Argument = name, Space = TensorSpace.Rows, Offset = RowsLength });
        RowsLength += Aligned(_tensors[name].Length);
        if (_layouts.TryGetValue(gradient, out WeightLayout? layout))
        {
            _layouts.Add(name, layout);
        }
    }

    public TensorPlan this[string tensor] => _tensors[tensor];

    /// <summary>A tensor as the code of a batch sees it.</summary>
    public TensorPlan InRows(string tensor) => _rows.TryGetValue(tensor, out TensorPlan? rows) ? rows : _tensors[tensor];

    /// <summary>How far a row is from the next; 0 for what all rows share.</summary>
    public int Pitch(string tensor) =>
        !_rows.TryGetValue(tensor, out TensorPlan? rows) ? 0
        : rows.Space == TensorSpace.Argument ? rows.Shape.Count
        : Aligned(Padded(rows.Shape));

    public bool IsWeight(string tensor) => _copies.ContainsKey(tensor);

    /// <summary>Whether it is a weight or the gradient of one.</summary>
    public bool HasLayout(string tensor) => _layouts.ContainsKey(tensor);

    public bool Knows(string tensor) => _tensors.ContainsKey(tensor);

    /// <param name="asCopies">Weights are read from their copies.</param>
    public IPlacement Placement(bool asCopies) => new InMemory(this, asCopies);

    private void AddRowTensor(string name, Shape shape, int count)
    {
        int length = count * Aligned(Padded(shape));
        _rows[name] = new TensorPlan(name, shape, TensorSpace.Rows, RowsLength) { Length = length };
        RowsLength += length;
    }

    // Room for whole vectors, and for whole panels of what reads or writes them.
    private int Padded(Shape shape) => shape.Rank switch
    {
        0 => 1,
        1 => Math.Max(Piece.Padded(shape.Count), WeightLayout.Panels(shape.Count, 1, _costs).Length),
        _ => shape.Count,
    };

    // Nothing flows back to the network's input: such a weight is read forward alone. A network that only predicts has the
    // layout of one that trains, so that both compute the same bits.
    private static bool IsReadWith(NetworkGraph network, Node weight, Node other) =>
        network.Graph.Nodes.Any(n => n.Id < network.Loss.Id && n.Inputs.Contains(weight.Id) && n.Inputs.Contains(other.Id));

    private static int Aligned(int length) => (length + Alignment - 1) / Alignment * Alignment;

    private sealed class InMemory(VectorMemory memory, bool asCopies) : IPlacement
    {
        public Expr.Element Place(string tensor, Shape shape, LoopVariable[] axes)
        {
            string name = asCopies && memory._copies.ContainsKey(tensor) ? CopyOf(tensor) : tensor;
            WeightLayout? layout = name != tensor ? memory._copies[tensor]
                : memory._layouts.TryGetValue(tensor, out WeightLayout? own) ? own
                : null;
            return layout is not null
                ? new Expr.Element(name, layout.Place(axes[0], axes[1]))
                : new Expr.Element(name, Index.RowMajor(axes.Length > shape.Rank ? Shape.Vector(1) : shape, axes));
        }
    }
}
