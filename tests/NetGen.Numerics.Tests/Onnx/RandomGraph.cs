using NetGen.Testing.Onnx;

namespace NetGen.Numerics.Tests.Onnx;

/// <summary>
/// Grows a graph of random operators: values are tensors, and each new one is made of some that are there, so that there
/// are skip connections and several heads. Values stay near 1, where nothing is lost to rounding.
/// </summary>
internal sealed class RandomGraph
{
    // Nothing with a kink, whose slope float and double may see from different sides.
    private static readonly string[] Smooth = ["Tanh", "Sigmoid", "Softplus", "Softsign", "Erf", "Neg", "Identity"];
    private static readonly string[] Kinked = ["Relu", "LeakyRelu", "Elu", "Selu", "Celu", "HardSigmoid", "HardSwish", "Abs", "Clip", "ThresholdedRelu"];

    private readonly Random _random;
    private readonly bool _isSmooth;
    private readonly bool _isTrivial;
    private readonly OnnxFile _file = new(17);
    private readonly List<(string Name, int[] Shape)> _values = [];
    private readonly HashSet<string> _read = [];
    private int _names;

    private RandomGraph(int seed, bool isSmooth, bool isTrivial)
    {
        _random = new Random(seed);
        _isSmooth = isSmooth;
        _isTrivial = isTrivial;
    }

    /// <param name="seed">The same seed gives the same graph.</param>
    /// <param name="steps">How many operators, more or less.</param>
    /// <param name="isSmooth">It has a slope everywhere.</param>
    /// <param name="isTrivial">Much of it can be simplified: x⁰, 1·x, x − x.</param>
    public static OnnxCase Grow(int seed, int steps, bool isSmooth = false, bool isTrivial = false) =>
        new RandomGraph(seed, isSmooth, isTrivial).Grow($"Graph{seed}", steps);

    private OnnxCase Grow(string name, int steps)
    {
        int inputs = 1 + _random.Next(3);
        for (int i = 0; i < inputs; i++)
        {
            int[] shape = Shape();
            _file.Input($"x{i}", Array.ConvertAll(shape, d => (OnnxSize)d));
            _values.Add(($"x{i}", shape));
        }

        for (int i = 0; i < steps; i++)
        {
            Step();
        }

        // What nobody reads is an output; if there is more, the heads are joined.
        List<(string Name, int[] Shape)> heads = [.. _values.Where(v => !_read.Contains(v.Name))];
        int wanted = 1 + _random.Next(3);
        while (heads.Count > wanted)
        {
            (string Name, int[] Shape)[] joined = [.. heads.TakeLast(heads.Count - wanted + 1)];
            string[] flat = [.. joined.Select(h => Flat(h.Name, h.Shape))];
            heads.RemoveRange(wanted - 1, joined.Length);
            heads.Add((Node("Concat", flat, ("axis", 1)), [1, joined.Sum(h => Count(h.Shape))]));
        }

        foreach ((string head, _) in heads)
        {
            _file.Output(head, null);
        }

        return new OnnxCase(name, _file) { Low = -1.5f, High = 1.5f };
    }

    private void Step()
    {
        (string x, int[] shape) = Pick();
        int rank = shape.Length;
        int axis = _random.Next(rank);
        if (_isTrivial && _random.Next(3) == 0)
        {
            Add(Trivial(x, shape), shape);
            return;
        }

        switch (_random.Next(15))
        {
            case 0 or 1:
                // A layer over the last axis, with a bias or without.
                int units = 1 + _random.Next(20);
                string weight = Initializer(0.7f, shape[^1], units);
                string z = Node("MatMul", [x, weight]);
                Add(_random.Next(2) == 0 ? z : Node("Add", _random.Next(2) == 0 ? [z, Initializer(0.5f, units)] : [Initializer(0.5f, units), z]), [.. shape[..^1], units]);
                break;
            case 2 or 3:
                string[] names = _isSmooth ? Smooth : [.. Smooth, .. Kinked];
                string function = names[_random.Next(names.Length)];
                Add(function == "Clip" ? Node("Clip", [x, Scalar(-0.4f), Scalar(0.8f)]) : Node(function, [x]), shape);
                break;
            case 4 or 5:
                Combine(x, shape);
                break;
            case 6:
                (string other, int[] otherShape) = Pick();
                string[] two = [Flat(x, shape), Flat(other, otherShape)];
                Add(Node("Concat", two, ("axis", -1)), [1, Count(shape) + Count(otherShape)]);
                break;
            case 7:
                int[] order = [.. Enumerable.Range(0, rank)];
                _random.Shuffle(order);
                Add(Node("Transpose", [x], ("perm", order)), [.. order.Select(a => shape[a])]);
                break;
            case 8:
                Slice(x, shape, axis);
                break;
            case 9 when shape[axis] > 1:
                int first = 1 + _random.Next(shape[axis] - 1);
                (string left, string right) = (Name(), Name());
                Read(x);
                _file.Node("Split", [x, Whole(first, shape[axis] - first)], [left, right], ("axis", axis));
                Add(left, With(shape, axis, first));
                Add(right, With(shape, axis, shape[axis] - first));
                break;
            case 10:
                long[] indices = [.. Enumerable.Range(0, 1 + _random.Next(4)).Select(_ => (long)_random.Next(-shape[axis], shape[axis]))];
                Add(Node("Gather", [x, Whole(indices)], ("axis", axis)), With(shape, axis, indices.Length));
                break;
            case 11:
                // A sum of many is large.
                bool keeps = rank == 1 || _random.Next(2) == 0;
                Add(Node("ReduceMean", [x], ("axes", new[] { axis }), ("keepdims", keeps ? 1 : 0)), keeps ? With(shape, axis, 1) : [.. shape.Where((_, a) => a != axis)]);
                break;
            case 12:
                Add(Node(_random.Next(3) == 0 ? "LogSoftmax" : "Softmax", [x], ("axis", axis - (_random.Next(2) * rank))), shape);
                break;
            case 13 when Count(shape[axis..]) > 2:
                // The larger ε keeps groups of nearly one value from being blown up.
                int[] normalized = shape[axis..];
                Add(Node("LayerNormalization", [x, Initializer(1, normalized), Initializer(0.5f, normalized)], ("axis", axis), ("epsilon", 0.05f)), shape);
                break;
            default:
                int[] turned = [Count(shape) / shape[axis], shape[axis]];
                Add(Node("Reshape", [x, Whole(turned[0], -1)]), turned);
                break;
        }
    }

    // Two values, or a value and a constant, by any rule of repetition that they fit.
    private void Combine(string x, int[] shape)
    {
        string[] operations = _isSmooth ? ["Add", "Sub", "Mul"] : ["Add", "Sub", "Mul", "Min", "Max", "Mean"];
        string operation = operations[_random.Next(operations.Length)];
        (string Name, int[] Shape)[] others = [.. _values.Where(v => v.Shape.Length <= shape.Length && Fits(v.Shape, shape))];
        if (_random.Next(4) == 0 || others.Length == 0)
        {
            string constant = Initializer(1, [.. shape[_random.Next(shape.Length)..].Select(d => _random.Next(4) == 0 ? 1 : d)]);
            Add(_random.Next(2) == 0 ? Node(operation, [x, constant]) : Node(operation, [constant, x]), shape);
            return;
        }

        string other = others[_random.Next(others.Length)].Name;

        // Products of products grow.
        string bounded = operation == "Mul" ? Node("Tanh", [other]) : other;
        Add(_random.Next(2) == 0 ? Node(operation, [x, bounded]) : Node(operation, [bounded, x]), shape);

        static bool Fits(int[] small, int[] shape) => small.Zip(shape[^small.Length..]).All(p => p.First == p.Second || p.First == 1);
    }

    // Nothing is computed, or x alone, or its opposite.
    private string Trivial(string x, int[] shape) => _random.Next(8) switch
    {
        0 or 1 => Node("Pow", [x, Scalar(_random.Next(2))]),
        2 => Node("Mul", [x, Scalar(_random.Next(-1, 2))]),
        3 => Node("Div", [x, Scalar(_random.Next(2) == 0 ? 1 : -1)]),
        4 => Node(_random.Next(2) == 0 ? "Add" : "Sub", [x, Scalar(0)]),
        5 => Node(_random.Next(2) == 0 ? "Add" : "Sub", [Scalar(0), x]),
        6 => Node(_isSmooth || _random.Next(2) == 0 ? "Sub" : "Max", [x, x]),
        _ => Node("Mul", [Initializer(0, shape[^1]), x]),
    };

    private void Slice(string x, int[] shape, int axis)
    {
        int length = shape[axis];
        int start = _random.Next(length);
        int step = 1 + _random.Next(3);
        bool isBackward = _random.Next(2) == 0;
        int count = isBackward ? (start / step) + 1 : ((length - start - 1) / step) + 1;
        string end = isBackward ? Whole(long.MinValue) : Whole(length);
        Add(Node("Slice", [x, Whole(start), end, Whole(axis), Whole(isBackward ? -step : step)]), With(shape, axis, count));
    }

    // ---- Names and shapes.

    private (string Name, int[] Shape) Pick()
    {
        // Recent ones more often, so that graphs are deep.
        int back = Math.Min(_random.Next(_values.Count), _random.Next(_values.Count));
        return _values[_values.Count - 1 - back];
    }

    private void Add(string name, int[] shape) => _values.Add((name, shape));

    private void Read(string name) => _read.Add(name);

    private string Node(string operation, string[] inputs, params (string Name, OnnxValueOf Value)[] attributes)
    {
        string name = Name();
        Array.ForEach(inputs, Read);
        _file.Node(operation, inputs, [name], attributes);
        return name;
    }

    private string Flat(string x, int[] shape) => shape is [1, _] ? x : Node("Reshape", [x, Whole(1, -1)]);

    // Some are called as PyTorch calls parameters, which are learned.
    private string Initializer(float size, params int[] shape)
    {
        string name = Name() + (_random.Next(3) == 0 ? ".weight" : "");
        _file.Initializer(name, shape, [.. Enumerable.Range(0, Count(shape)).Select(_ => ((2 * _random.NextSingle()) - 1) * size)]);
        return name;
    }

    private string Scalar(float value)
    {
        string name = Name();
        _file.Initializer(name, [], [value]);
        return name;
    }

    private string Whole(params long[] values)
    {
        string name = Name();
        _file.Initializer(name, [values.Length], values);
        return name;
    }

    private string Name() => $"v{_names++}";

    private int[] Shape() => _random.Next(4) switch
    {
        0 => [1, 1 + _random.Next(33)],
        1 => [1 + _random.Next(4), 1 + _random.Next(9)],
        2 => [1, 1 + _random.Next(4), 1 + _random.Next(8)],
        _ => [1 + _random.Next(9)],
    };

    private static int[] With(int[] shape, int axis, int extent) => [.. shape.Select((d, a) => a == axis ? extent : d)];

    private static int Count(int[] shape) => shape.Aggregate(1, (count, d) => count * d);
}
