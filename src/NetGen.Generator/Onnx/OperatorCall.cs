namespace NetGen.Generator;

/// <summary>One node of a file, as its operator sees it: inputs and attributes by what is expected of them, or an error that names the node.</summary>
internal sealed class OperatorCall(OnnxImporter importer, OnnxNode node)
{
    private readonly HashSet<string> _read = [];

    public OnnxNode Node => node;

    public OnnxImporter Importer => importer;

    public GraphBuilder Builder => importer.Builder;

    public int Opset => importer.Opset;

    public int InputCount => node.Inputs.Count;

    /// <param name="isOperator">Another operator would do.</param>
    public OnnxException Error(string message, bool isOperator = false) => new($"{Place}: {message}") { IsOperator = isOperator };

    private string Place =>
        $"node {(node.Name.Length > 0 ? OnnxException.Quote(node.Name) : "that makes " + OnnxException.Quote(node.Outputs.Count > 0 ? node.Outputs[0] : ""))} ({OnnxOperators.NameOf(node)})";

    // ---- Inputs.

    public bool Has(int input) => input < node.Inputs.Count && node.Inputs[input].Length > 0;

    public ImportedValue Input(int input) => Has(input)
        ? importer.Value(node.Inputs[input])
        : throw Error($"input {Literal.Of(input)} is missing");

    /// <summary>An input of floats.</summary>
    public ImportedValue Floats(int input) => Input(input) is { Node: not null, IsWhole: false } value
        ? value
        : throw Error($"input {Literal.Of(input)} is of whole numbers, where floats are supported");

    /// <summary>An input of floats whose values the file gives.</summary>
    public ImportedValue Constant(int input) => Floats(input) is { Known: not null } value
        ? value
        : throw Error($"input {Literal.Of(input)} must be a constant");

    /// <summary>An input that is one known number; null where it is left out.</summary>
    public float? Number(int input) => !Has(input) ? null
        : Constant(input) is { Count: 1 } value ? value.Known![0]
        : throw Error($"input {Literal.Of(input)} must be one number");

    /// <summary>Whole numbers, which an attribute gave in older opsets and an input does since; null where they are left out.</summary>
    public long[]? Integers(string attribute, int input, int inputSince)
    {
        if (Opset < inputSince)
        {
            return Integers(attribute);
        }

        return !Has(input) ? null : Input(input).Integers ?? throw Error($"input {Literal.Of(input)} ({attribute}) must be constant whole numbers");
    }

    /// <summary>An axis of a tensor, which may be counted from the end.</summary>
    public int Axis(long axis, int rank) => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw Error($"axis {axis} is not among those of a tensor of rank {rank}");

    // ---- Attributes.

    public float Float(string name, float otherwise) => Attribute(name, OnnxAttributeKind.Float)?.Float ?? otherwise;

    public long Integer(string name, long otherwise) => Attribute(name, OnnxAttributeKind.Integer)?.Integer ?? otherwise;

    public string Text(string name, string otherwise) => Attribute(name, OnnxAttributeKind.Text)?.Text ?? otherwise;

    public long[]? Integers(string name) => Attribute(name, OnnxAttributeKind.Integers) is { } attribute ? [.. attribute.Integers] : null;

    public OnnxAttribute? Attribute(string name, OnnxAttributeKind? kind = null)
    {
        _read.Add(name);
        return !node.Attributes.TryGetValue(name, out OnnxAttribute? attribute) ? null
            : kind is null || attribute.Kind == kind ? attribute
            : throw Error($"attribute '{name}' is of another kind than {kind}");
    }

    // ---- Outputs.

    public int OutputCount => node.Outputs.Count;

    /// <summary>What the result is called in the graph.</summary>
    public string NameOf(string letter, int output = 0) => importer.NameOf(letter, output < node.Outputs.Count ? node.Outputs[output] : "");

    /// <summary>Gives a result.</summary>
    public void Return(ImportedValue value, int output = 0)
    {
        if (output < node.Outputs.Count && node.Outputs[output].Length > 0)
        {
            importer.Made += value.Integers?.Length ?? 0;
            if (importer.Made > OnnxImporter.MostElements)
            {
                throw Error($"whole numbers made of whole numbers have more than {Literal.Grouped(OnnxImporter.MostElements)} elements by now");
            }

            importer.Define(node.Outputs[output], value);
        }
    }

    public void Return(Node result, IEnumerable<int> dimensions) => Return(new ImportedValue(dimensions.ToEquatableArray()) { Node = result });

    /// <summary>The same elements in another shape.</summary>
    public void Reshape(ImportedValue value, IReadOnlyList<int> dimensions)
    {
        int count = Count(dimensions);
        Return(count == value.Count
            ? value with { Dimensions = dimensions.ToEquatableArray(), TransposeOf = null }
            : throw Error($"{value.Shape} has {Literal.Of(value.Count)} elements, [{string.Join(", ", dimensions)}] has {Literal.Of(count)}: is the batch a fixed number other than 1?"));
    }

    public int Count(IEnumerable<int> dimensions) => OnnxImporter.CountOf(dimensions, Place + ": the result");

    /// <summary>Elements of a value in another order.</summary>
    public ImportedValue Take(ImportedValue value, StridedAxes places, IEnumerable<int> dimensions, string what, string name)
    {
        int[] shape = [.. dimensions];
        Count(shape);
        var result = new ImportedValue(shape.ToEquatableArray()) { IsWhole = value.IsWhole };
        return value.Integers is { } integers
            ? result with { Integers = [.. places.Walk().Select(place => integers[place])] }
            : result with { Node = Builder.View(name, places, Vector(value), what) };
    }

    public Node Vector(ImportedValue value) => importer.Vector(value, NameOf("v"));

    /// <summary>The value repeated to a shape, by ONNX's rules: axes of 1 grow.</summary>
    public ImportedValue Broadcast(ImportedValue value, IReadOnlyList<int> shape)
    {
        int missing = shape.Count - value.Rank;
        int[] own = [.. Enumerable.Repeat(1, Math.Max(0, missing)), .. value.Dimensions];
        if (missing < 0 || !own.Zip(shape, (a, b) => a == b || a == 1).All(fits => fits))
        {
            throw Error($"{value.Shape} does not repeat to [{string.Join(", ", shape)}]");
        }

        if (own.SequenceEqual(shape))
        {
            return value with { Dimensions = shape.ToEquatableArray() };
        }

        int[] strides = StridedAxes.Strides(own);
        var places = StridedAxes.Of(0, shape.Select((extent, axis) => new StridedAxis(extent, own[axis] == 1 ? 0 : strides[axis])));
        return Take(value, places, shape, "repeated", NameOf("r"));
    }

    /// <summary>The shape that both repeat to.</summary>
    public int[] CommonShape(ImportedValue left, ImportedValue right)
    {
        int rank = Math.Max(left.Rank, right.Rank);
        int[] shape = [.. Enumerable.Range(0, rank).Select(axis => At(left, axis) is var a && At(right, axis) is var b && (a == b || b == 1) ? a
            : a == 1 ? b
            : throw Error($"{left.Shape} and {right.Shape} do not repeat to one shape"))];
        Count(shape);
        return shape;

        int At(ImportedValue value, int axis) => axis - (rank - value.Rank) is var own and >= 0 ? value.Dimensions[own] : 1;
    }
}
