namespace NetGen.Generator;

/// <summary>Reads a TensorProto of onnx.proto.</summary>
internal sealed class OnnxTensorReader
{
    private const long External = 1;

    private const string InAnotherFile =
        "its data is in another file, which is not supported: save the model as one file (torch.onnx.export does with external_data=False)";

    private readonly List<long> _dimensions = [];

    // The elements of typed data.
    private readonly List<float> _floats = [];
    private readonly List<long> _integers = [];
    private string _name = "";
    private OnnxElementType _type;
    private ArraySegment<byte>? _raw;

    // Why no network can use it.
    private string _problem = "";

    // The name of the field that typed data is in.
    private string? _field;

    public static OnnxTensor Read(ProtoReader reader) => new OnnxTensorReader().ReadFields(reader);

    private OnnxTensor ReadFields(ProtoReader reader)
    {
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    reader.Integers("dims", _dimensions);
                    break;
                case 2:
                    _type = (OnnxElementType)Math.Min(unchecked((ulong)reader.Integer("data_type")), int.MaxValue);
                    break;
                case 3:
                    _problem = "tensors in segments are not supported";
                    reader.Skip();
                    break;
                case 4:
                    reader.Floats(Typed(reader, "float_data"), _floats);
                    break;
                case 5:
                    reader.Integers(Typed(reader, "int32_data"), _integers);
                    break;
                case 6:
                    _problem = "tensors of texts are not supported";
                    reader.Skip();
                    break;
                case 7:
                    reader.Integers(Typed(reader, "int64_data"), _integers);
                    break;
                case 8:
                    _name = reader.Named(reader.Text("name"));
                    break;
                case 9:
                    _raw = reader.Bytes("raw_data");
                    break;
                case 10:
                    reader.Doubles(Typed(reader, "double_data"), _floats);
                    break;
                case 11:
                    reader.Integers(Typed(reader, "uint64_data"), _integers);
                    break;
                case 13:
                    _problem = InAnotherFile;
                    reader.Skip();
                    break;
                case 14:
                    _problem = reader.Integer("data_location") == External ? InAnotherFile : _problem;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (OnnxElements.Size(_type) == 0)
        {
            string type = Enum.IsDefined(typeof(OnnxElementType), _type) ? _type.ToString() : $"the unknown number {Literal.Of((int)_type)}";
            _problem = _problem.Length > 0 ? _problem : $"its elements are of type {type}, which is not supported";
        }

        if (_problem.Length > 0)
        {
            return new OnnxTensor(_name, _type, _problem);
        }

        int count = Count(reader);
        if (_raw is not null && _field is not null)
        {
            throw reader.Error($"it has raw_data and {_field}");
        }

        // A tensor without elements needs no data.
        _field ??= OnnxElements.Field(_type);
        return (OnnxElements.IsFloat(_type), _raw) switch
        {
            (true, { } raw) => Floats(RawFloats(reader, raw, count)),
            (true, null) => Floats(TypedFloats(reader, count)),
            (false, { } raw) => Integers(RawIntegers(reader, raw, count)),
            (false, null) => Integers(TypedIntegers(reader, count)),
        };
    }

    private OnnxTensor Floats(float[] elements) => new(_name, _type, Dimensions(), elements);

    private OnnxTensor Integers(long[] elements) => new(_name, _type, Dimensions(), elements);

    private int[] Dimensions() => [.. _dimensions.Select(d => (int)d)];

    private string Typed(ProtoReader reader, string field)
    {
        if (_field is not null && _field != field)
        {
            throw reader.Error($"it has {_field} and {field}");
        }

        return _field = field;
    }

    private int Count(ProtoReader reader)
    {
        long count = _dimensions.Contains(0) ? 0 : 1;
        foreach (long dimension in _dimensions)
        {
            if (dimension is < 0 or > int.MaxValue)
            {
                throw reader.Error($"{dimension} is not a size");
            }

            // Both are below 2³¹, so the product does not overflow.
            count *= dimension;
            if (count > int.MaxValue)
            {
                throw reader.Error("its dimensions make more than 2³¹ elements");
            }
        }

        return (int)count;
    }

    private float[] RawFloats(ProtoReader reader, ArraySegment<byte> raw, int count)
    {
        int size = RequireRaw(reader, raw, count);
        float[] elements = new float[count];
        for (int i = 0; i < count; i++)
        {
            elements[i] = OnnxElements.RawFloat(_type, raw.AsSpan(i * size, size));
        }

        return elements;
    }

    private long[] RawIntegers(ProtoReader reader, ArraySegment<byte> raw, int count)
    {
        int size = RequireRaw(reader, raw, count);
        long[] elements = new long[count];
        for (int i = 0; i < count; i++)
        {
            elements[i] = OnnxElements.RawInteger(_type, raw.AsSpan(i * size, size));
        }

        RequireRange(reader, elements);
        return elements;
    }

    private float[] TypedFloats(ProtoReader reader, int count)
    {
        if (_type is OnnxElementType.Float or OnnxElementType.Double)
        {
            RequireTyped(reader, _floats.Count, count);
            return [.. _floats];
        }

        long[] bits = TypedIntegers(reader, count);
        return [.. bits.Select(b => OnnxElements.FromBits(_type, unchecked((ushort)b)))];
    }

    private long[] TypedIntegers(ProtoReader reader, int count)
    {
        RequireTyped(reader, _integers.Count, count);
        long[] elements = [.. _integers];
        if (_field == "int32_data")
        {
            // −1 may be written in 5 bytes or in 10.
            for (int i = 0; i < elements.Length; i++)
            {
                elements[i] = unchecked((int)elements[i]);
            }
        }

        RequireRange(reader, elements);
        return elements;
    }

    private int RequireRaw(ProtoReader reader, ArraySegment<byte> raw, int count)
    {
        int size = OnnxElements.Size(_type);
        return raw.Count == (long)count * size ? size : throw reader.Error(
            $"{Shape()} of type {_type} has {Literal.Grouped((long)count * size)} bytes, but raw_data has {Literal.Grouped(raw.Count)}");
    }

    private void RequireTyped(ProtoReader reader, int given, int count)
    {
        string expected = OnnxElements.Field(_type);
        if (_field != expected)
        {
            throw reader.Error($"elements of type {_type} are in {expected} or raw_data, but it has {_field}");
        }

        if (given != count)
        {
            throw reader.Error($"{Shape()} has {Literal.Grouped(count)} elements, but {_field} has {Literal.Grouped(given)}");
        }
    }

    private void RequireRange(ProtoReader reader, long[] elements)
    {
        (long least, long greatest) = OnnxElements.Range(_type);
        foreach (long element in elements)
        {
            if (element < least || element > greatest)
            {
                string value = _type == OnnxElementType.UInt64 ? $"{unchecked((ulong)element)}" : $"{element}";
                throw reader.Error($"{value} is not an element of type {_type} from {least} to {greatest}");
            }
        }
    }

    // The start of it, as the file decides how long it is.
    private string Shape() => $"[{string.Join(", ", _dimensions.Take(8))}{(_dimensions.Count > 8 ? ", …" : "")}]";
}
