namespace NetGen.Generator;

/// <summary>Reads a GraphProto of onnx.proto, and what is in one.</summary>
internal static class OnnxGraphReader
{
    // Of messages within messages: a file of some bytes may hold thousands of branches, one in the other.
    private const int MostDepth = 12;

    private static readonly IReadOnlyDictionary<string, OnnxAttribute> NoAttributes = new Dictionary<string, OnnxAttribute>();

    // The fields of TypeProto for what is no tensor.
    private static readonly string[] Others = ["", "", "", "", "a sequence", "a map", "", "an opaque value", "a sparse tensor", "an optional value"];

    public static OnnxGraph Read(ProtoReader reader)
    {
        string name = "";
        List<OnnxNode> nodes = [];
        Dictionary<string, OnnxTensor> initializers = [];
        List<OnnxValue> inputs = [], outputs = [];
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    nodes.Add(reader.Message("node", nodes.Count, ReadNode));
                    break;
                case 2:
                    name = reader.Text("name");
                    break;
                case 5:
                    Add(reader.Message("initializer", initializers.Count, OnnxTensorReader.Read));
                    break;
                case 11:
                    inputs.Add(reader.Message("input", inputs.Count, ReadValue));
                    break;
                case 12:
                    outputs.Add(reader.Message("output", outputs.Count, ReadValue));
                    break;
                case 15:
                    Add(reader.Message("sparse_initializer", initializers.Count, ReadSparse));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        // Until version 3 of the format, initializers are inputs as well.
        return new(name, nodes, initializers, [.. inputs.Where(i => !initializers.ContainsKey(i.Name))], outputs);

        void Add(OnnxTensor initializer)
        {
            if (initializer.Name.Length == 0)
            {
                throw reader.Error($"initializer {Literal.Of(initializers.Count)} has no name");
            }

            if (initializers.ContainsKey(initializer.Name))
            {
                throw reader.Error($"there are two initializers {OnnxException.Quote(initializer.Name)}");
            }

            initializers.Add(initializer.Name, initializer);
        }
    }

    // What it is called is the name of the tensor of its values.
    private static OnnxTensor ReadSparse(ProtoReader reader)
    {
        OnnxTensor? values = null;
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                values = reader.Only(values, "values", OnnxTensorReader.Read);
            }
            else
            {
                reader.Skip();
            }
        }

        return new OnnxTensor(values?.Name ?? "", values?.Type ?? OnnxElementType.Undefined, "sparse initializers are not supported");
    }

    private static OnnxNode ReadNode(ProtoReader reader)
    {
        string name = "", operation = "", domain = "";
        List<string>? inputs = null, outputs = null;
        Dictionary<string, OnnxAttribute>? attributes = null;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    (inputs ??= []).Add(reader.Text("input"));
                    break;
                case 2:
                    (outputs ??= []).Add(reader.Text("output"));
                    break;
                case 3:
                    name = reader.Named(reader.Text("name"));
                    break;
                case 4:
                    operation = reader.Text("op_type");
                    break;
                case 5:
                    attributes ??= [];
                    OnnxAttribute attribute = reader.Message("attribute", attributes.Count, OnnxAttributeReader.Read);
                    if (attribute.Name.Length == 0)
                    {
                        throw reader.Error($"attribute {Literal.Of(attributes.Count)} has no name");
                    }

                    if (attributes.ContainsKey(attribute.Name))
                    {
                        throw reader.Error($"there are two attributes {OnnxException.Quote(attribute.Name)}");
                    }

                    attributes.Add(attribute.Name, attribute);
                    break;
                case 7:
                    domain = OnnxModelReader.ReadDomain(reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return operation.Length == 0
            ? throw reader.Error("it names no operator")
            : new OnnxNode(name, operation, domain, inputs ?? [], outputs ?? [], attributes ?? NoAttributes) is var node && operation == "If" && domain.Length == 0
                ? node with { Branches = ReadBranches(reader, node) }
                : node;
    }

    private static Dictionary<string, OnnxGraph> ReadBranches(ProtoReader reader, OnnxNode node)
    {
        if (reader.Depth > MostDepth)
        {
            throw reader.Error("branches within branches within branches are not supported");
        }

        return node.Attributes.Values
            .Where(a => a.Kind == OnnxAttributeKind.Graph && a.Name is OnnxNode.Then or OnnxNode.Else)
            .ToDictionary(a => a.Name, a => OnnxGraphOrder.Of(reader.Return(a.Graph, a.Name, Read)));
    }

    private static OnnxValue ReadValue(ProtoReader reader)
    {
        string name = "";
        OnnxValue value = new("", OnnxElementType.Undefined, null);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.Named(reader.Text("name"));
                    break;
                case 2:
                    value = reader.Message("type", -1, ReadType);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return name.Length == 0 ? throw reader.Error("it has no name") : value with { Name = name };
    }

    // A value that has no name yet.
    private static OnnxValue ReadType(ProtoReader reader)
    {
        OnnxValue value = new("", OnnxElementType.Undefined, null);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    value = reader.Message("tensor_type", -1, ReadTensorType);
                    break;
                default:
                    value = reader.Field < Others.Length && Others[reader.Field].Length > 0 ? value with { Other = Others[reader.Field] } : value;
                    reader.Skip();
                    break;
            }
        }

        return value;
    }

    private static OnnxValue ReadTensorType(ProtoReader reader)
    {
        long type = 0;
        IReadOnlyList<OnnxDimension>? shape = null;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    type = reader.Integer("elem_type");
                    break;
                case 2:
                    shape = reader.Message("shape", -1, ReadShape);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return type is >= 0 and <= int.MaxValue && Enum.IsDefined(typeof(OnnxElementType), (int)type)
            ? new("", (OnnxElementType)type, shape)
            : throw reader.Error($"{type} is no type of elements");
    }

    private static IReadOnlyList<OnnxDimension> ReadShape(ProtoReader reader)
    {
        List<OnnxDimension> shape = [];
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                shape.Add(reader.Message("dim", shape.Count, ReadDimension));
            }
            else
            {
                reader.Skip();
            }
        }

        return shape;
    }

    private static OnnxDimension ReadDimension(ProtoReader reader)
    {
        OnnxDimension dimension = default;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    dimension = new(ReadSize(reader), null);
                    break;
                case 2:
                    string parameter = reader.Text("dim_param");
                    dimension = new(null, parameter.Length == 0 ? null : parameter);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return dimension;
    }

    // Some tools write −1 for an open size.
    private static long? ReadSize(ProtoReader reader) => reader.Integer("dim_value") switch
    {
        -1 => null,
        < 0 => throw reader.Error("a size is negative"),
        long size => size,
    };
}
