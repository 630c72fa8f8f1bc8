namespace NetGen.Generator;

/// <summary>Reads an AttributeProto of onnx.proto.</summary>
internal static class OnnxAttributeReader
{
    // The kinds by their numbers in the file, and the field that holds each one's value.
    private static readonly (OnnxAttributeKind Kind, string Field)[] Kinds =
    [
        (OnnxAttributeKind.Other, ""),
        (OnnxAttributeKind.Float, "f"),
        (OnnxAttributeKind.Integer, "i"),
        (OnnxAttributeKind.Text, "s"),
        (OnnxAttributeKind.Tensor, "t"),
        (OnnxAttributeKind.Graph, "g"),
        (OnnxAttributeKind.Floats, "floats"),
        (OnnxAttributeKind.Integers, "ints"),
        (OnnxAttributeKind.Texts, "strings"),
        (OnnxAttributeKind.Other, "tensors"),
        (OnnxAttributeKind.Other, "graphs"),
        (OnnxAttributeKind.Other, "sparse_tensor"),
        (OnnxAttributeKind.Other, "sparse_tensors"),
        (OnnxAttributeKind.Other, "tp"),
        (OnnxAttributeKind.Other, "type_protos"),
    ];

    public static OnnxAttribute Read(ProtoReader reader)
    {
        string name = "", text = "";
        float number = 0;
        long integer = 0, type = 0;
        OnnxTensor? tensor = null;
        ArraySegment<byte> graph = default;
        string? value = null;
        List<float>? floats = null;
        List<long>? integers = null;
        List<string>? texts = null;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.Named(reader.Text("name"));
                    break;
                case 2:
                    number = reader.Float(Value("f"));
                    break;
                case 3:
                    integer = reader.Integer(Value("i"));
                    break;
                case 4:
                    text = reader.Text(Value("s"));
                    break;
                case 5:
                    tensor = reader.Only(tensor, Value("t"), OnnxTensorReader.Read);
                    break;
                case 6:
                    graph = reader.Bytes(Value("g"));
                    break;
                case 7:
                    reader.Floats(Value("floats"), floats ??= []);
                    break;
                case 8:
                    reader.Integers(Value("ints"), integers ??= []);
                    break;
                case 9:
                    (texts ??= []).Add(reader.Text(Value("strings")));
                    break;
                case 10:
                    Ignore("tensors");
                    break;
                case 11:
                    Ignore("graphs");
                    break;
                case 14:
                    Ignore("tp");
                    break;
                case 15:
                    Ignore("type_protos");
                    break;
                case 20:
                    type = reader.Integer("type");
                    break;
                case 21 when reader.Text("ref_attr_name") is { Length: > 0 } reference:
                    throw reader.Error($"it refers to {OnnxException.Quote(reference)} of a function, but is not in one");
                case 21:
                    break;
                case 22:
                    Ignore("sparse_tensor");
                    break;
                case 23:
                    Ignore("sparse_tensors");
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(name, KindOf(reader, type, value, tensor))
        {
            Float = number,
            Integer = integer,
            Text = text,
            Tensor = tensor,
            Graph = graph,
            Floats = floats is null ? [] : floats.ToArray(),
            Integers = integers is null ? [] : integers.ToArray(),
            Texts = texts is null ? [] : texts.ToArray(),
        };

        string Value(string field)
        {
            if (value is not null && value != field)
            {
                throw reader.Error($"it has a value in '{value}' and one in '{field}'");
            }

            return value = field;
        }

        void Ignore(string field)
        {
            Value(field);
            _ = reader.Bytes(field);
        }
    }

    private static OnnxAttributeKind KindOf(ProtoReader reader, long type, string? value, OnnxTensor? tensor)
    {
        if (type < 0 || type >= Kinds.Length)
        {
            throw reader.Error($"{type} is no type of attributes");
        }

        // The first versions of ONNX have no type, only a value.
        int index = type == 0 ? Array.FindIndex(Kinds, k => k.Field == value) : (int)type;
        if (index <= 0)
        {
            throw reader.Error("it has neither type nor value");
        }

        // A value that is zero or empty may be left out.
        (OnnxAttributeKind kind, string field) = Kinds[index];
        if (value is not null && value != field)
        {
            throw reader.Error($"its type asks for a value in '{field}', but it has one in '{value}'");
        }

        return kind != OnnxAttributeKind.Tensor || tensor is not null ? kind : throw reader.Error("it has no tensor");
    }
}
