using System.Buffers.Binary;
using NetGen.Generator;

namespace NetGen.Testing.Onnx;

/// <summary>
/// Writes an ONNX file: <c>new OnnxFile().Input("x", [null, 4]).Initializer("W", [8, 4], w).Node("Gemm", ["x", "W"], ["y"],
/// ("transB", 1)).Output("y", [null, 8]).ToArray()</c>. It writes what it is told, be it an ONNX model or not.
/// </summary>
internal sealed class OnnxFile(int opset = 17)
{
    // Nodes come first in a graph, and a node's name behind its inputs and outputs: fields are in the order of their
    // numbers, as tools write them.
    private readonly List<(ProtoMessage Values, string Name, ProtoMessage Others)> _nodes = [];
    private readonly ProtoMessage _graph = new();
    private readonly ProtoMessage _model = new();

    /// <summary>The version of the format; by default one that has the opset.</summary>
    public int IrVersion { get; init; } = opset switch
    {
        >= 21 => 10,
        >= 19 => 9,
        _ => 8,
    };

    /// <summary>Whether the model says its opset.</summary>
    public bool HasOpset { get; init; } = true;

    /// <summary>A TensorProto with numbers of a floating-point type.</summary>
    public static ProtoMessage Tensor(
        string name,
        int[] dimensions,
        float[] values,
        OnnxElementType type = OnnxElementType.Float,
        OnnxStorage storage = OnnxStorage.Raw)
    {
        ProtoMessage tensor = Header(name, Array.ConvertAll(dimensions, d => (long)d), type);
        return (storage, type) switch
        {
            (OnnxStorage.Raw, _) => tensor.Add(9, Join(values, v => FloatBytes(type, v))),
            (OnnxStorage.Packed, OnnxElementType.Float) => tensor.Add(4, Join(values, BitConverter.GetBytes)),
            (OnnxStorage.Packed, OnnxElementType.Double) => tensor.Add(10, Join(values, v => BitConverter.GetBytes((double)v))),
            (_, OnnxElementType.Float) => values.Aggregate(tensor, (t, v) => t.Add(4, v)),
            (_, OnnxElementType.Double) => values.Aggregate(tensor, (t, v) => t.Add(10, (double)v)),
            _ => Varints(tensor, 5, [.. values.Select(v => (long)BinaryPrimitives.ReadUInt16LittleEndian(FloatBytes(type, v)))], storage),
        };
    }

    /// <summary>A TensorProto with numbers of an integer type, or with booleans as 0 and 1.</summary>
    public static ProtoMessage Tensor(
        string name,
        int[] dimensions,
        long[] values,
        OnnxElementType type = OnnxElementType.Int64,
        OnnxStorage storage = OnnxStorage.Raw)
    {
        ProtoMessage tensor = Header(name, Array.ConvertAll(dimensions, d => (long)d), type);
        return storage == OnnxStorage.Raw
            ? tensor.Add(9, Join(values, v => BitConverter.GetBytes(v)[..OnnxElements.Size(type)]))
            : Varints(tensor, Field(type), values, storage);

        static int Field(OnnxElementType type) => type switch
        {
            OnnxElementType.Int64 => 7,
            OnnxElementType.UInt32 or OnnxElementType.UInt64 => 11,
            _ => 5,
        };
    }

    /// <summary>The start of a TensorProto: all but its elements.</summary>
    public static ProtoMessage Header(string name, long[] dimensions, OnnxElementType type)
    {
        ProtoMessage tensor = dimensions.Aggregate(new ProtoMessage(), (t, d) => t.Add(1, d)).Add(2, (long)type);
        return name.Length == 0 ? tensor : tensor.Add(8, name);
    }

    /// <summary>A ValueInfoProto, with a shape or without.</summary>
    public static ProtoMessage Value(string name, OnnxSize[]? shape, OnnxElementType type = OnnxElementType.Float)
    {
        ProtoMessage tensor = new ProtoMessage().Add(1, (long)type);
        if (shape is not null)
        {
            tensor.Add(2, shape.Aggregate(new ProtoMessage(), (s, d) => s.Add(1, d.ToMessage())));
        }

        return new ProtoMessage().Add(1, name).Add(2, new ProtoMessage().Add(1, tensor));
    }

    public OnnxFile Input(string name, OnnxSize[]? shape, OnnxElementType type = OnnxElementType.Float) =>
        InGraph(g => g.Add(11, Value(name, shape, type)));

    public OnnxFile Output(string name, OnnxSize[]? shape, OnnxElementType type = OnnxElementType.Float) =>
        InGraph(g => g.Add(12, Value(name, shape, type)));

    public OnnxFile Initializer(
        string name,
        int[] dimensions,
        float[] values,
        OnnxElementType type = OnnxElementType.Float,
        OnnxStorage storage = OnnxStorage.Raw) => InGraph(g => g.Add(5, Tensor(name, dimensions, values, type, storage)));

    public OnnxFile Initializer(
        string name,
        int[] dimensions,
        long[] values,
        OnnxElementType type = OnnxElementType.Int64,
        OnnxStorage storage = OnnxStorage.Raw) => InGraph(g => g.Add(5, Tensor(name, dimensions, values, type, storage)));

    /// <summary>
    /// Adds a node. The operator has its domain in front if that is not ONNX's own: <c>com.microsoft:FusedGemm</c>. An
    /// input that is left out is empty. The node's name is its operator's with its place, unless <see cref="Named"/> follows.
    /// </summary>
    public OnnxFile Node(string operation, string[] inputs, string[] outputs, params (string Name, OnnxValueOf Value)[] attributes)
    {
        string[] parts = operation.Split(':');
        var values = new ProtoMessage();
        Array.ForEach(inputs, i => values.Add(1, i));
        Array.ForEach(outputs, o => values.Add(2, o));
        ProtoMessage others = new ProtoMessage().Add(4, parts[^1]);
        Array.ForEach(attributes, a => others.Add(5, a.Value.ToMessage(a.Name)));
        if (parts.Length > 1)
        {
            others.Add(7, parts[0]);
        }

        _nodes.Add((values, $"{parts[^1]}_{_nodes.Count}", others));
        return this;
    }

    /// <summary>Adds a node that makes a tensor of its own.</summary>
    public OnnxFile Constant(string output, int[] dimensions, float[] values) => Node("Constant", [], [output], ("value", Tensor("", dimensions, values)));

    /// <inheritdoc cref="Constant(string, int[], float[])"/>
    public OnnxFile Constant(string output, int[] dimensions, long[] values) => Node("Constant", [], [output], ("value", Tensor("", dimensions, values)));

    /// <summary>Gives the last node a name; an empty one for none.</summary>
    public OnnxFile Named(string name)
    {
        _nodes[^1] = _nodes[^1] with { Name = name };
        return this;
    }

    /// <summary>Adds fields to the last node, whatever they are.</summary>
    public OnnxFile InNode(Action<ProtoMessage> add)
    {
        add(_nodes[^1].Others);
        return this;
    }

    /// <summary>Adds fields to the graph, whatever they are.</summary>
    public OnnxFile InGraph(Action<ProtoMessage> add)
    {
        add(_graph);
        return this;
    }

    /// <summary>Adds fields to the model, whatever they are.</summary>
    public OnnxFile InModel(Action<ProtoMessage> add)
    {
        add(_model);
        return this;
    }

    /// <summary>The GraphProto.</summary>
    public ProtoMessage ToGraph()
    {
        var graph = new ProtoMessage();
        foreach ((ProtoMessage values, string name, ProtoMessage others) in _nodes)
        {
            graph.Add(1, new ProtoMessage().Raw(values.ToArray()).Add(3, name).Raw(others.ToArray()));
        }

        return graph.Add(2, "graph").Raw(_graph.ToArray());
    }

    public byte[] ToArray()
    {
        ProtoMessage model = new ProtoMessage().Add(1, IrVersion).Add(2, "netgen").Add(3, "test").Add(7, ToGraph());
        if (HasOpset)
        {
            model.Add(8, new ProtoMessage().Add(1, "").Add(2, opset));
        }

        return model.Raw(_model.ToArray()).ToArray();
    }

    private static ProtoMessage Varints(ProtoMessage tensor, int field, long[] values, OnnxStorage storage) => storage == OnnxStorage.Packed
        ? tensor.Add(field, values.Aggregate(new ProtoMessage(), (p, v) => p.Varint((ulong)v)))
        : values.Aggregate(tensor, (t, v) => t.Add(field, v));

    private static byte[] FloatBytes(OnnxElementType type, float value) => type switch
    {
        OnnxElementType.Float16 => BitConverter.GetBytes((Half)value),
        OnnxElementType.BFloat16 => BitConverter.GetBytes(value)[2..],
        OnnxElementType.Double => BitConverter.GetBytes((double)value),
        _ => BitConverter.GetBytes(value),
    };

    private static byte[] Join<T>(T[] values, Func<T, byte[]> bytes) => [.. values.SelectMany(bytes)];
}
