using System.Globalization;

namespace NetGen.Generator;

/// <summary>
/// What the inputs of a file are for one sample: their shapes with one row in the batch, or constants.
/// </summary>
/// <remarks>
/// Which axes are the batch: where open axes have names with "batch" in them (batch, batch_size, N_batch), those, wherever they
/// stand, and first axes without a name. Else the first axis of each input that is open, unless its name also stands at another
/// axis, as that of a sequence may. Every other axis that a file leaves open needs a size of its own.
/// </remarks>
internal sealed class OnnxInputs
{
    private const string Batch = "batch";

    private readonly OnnxGraph _graph;
    private readonly Dictionary<string, int> _sizes = [];
    private readonly Dictionary<string, string> _constants = [];
    private readonly HashSet<string> _later;
    private readonly bool _isBatchNamed;

    // Axes that have no size, as messages describe them and as Dimensions calls them.
    private readonly List<(string Place, string Key)> _open = [];

    public OnnxInputs(OnnxGraph graph, OnnxSettings settings)
    {
        _graph = graph;
        OnnxDimension[] open = [.. Axes.Where(a => a.Dimension.Size is null).Select(a => a.Dimension)];
        _isBatchNamed = Array.Exists(open, d => IsCalledBatch(d.Parameter));
        _later = [.. Axes.Where(a => a.Axis > 0 && a.Dimension.Parameter is not null).Select(a => a.Dimension.Parameter!)];
        ReadSizes(settings.Dimensions);
        ReadConstants(settings.Constants);
    }

    private IEnumerable<(OnnxValue Input, int Axis, OnnxDimension Dimension)> Axes =>
        _graph.Inputs.SelectMany(i => (i.Shape ?? []).Select((d, axis) => (i, axis, d)));

    /// <summary>Why no network can have the input; null where one can.</summary>
    public OnnxException? Problem(OnnxValue input)
    {
        string place = $"input {OnnxException.Quote(input.Name)}";
        return input switch
        {
            { Other.Length: > 0 } => new OnnxException($"{place} is {input.Other}: only float tensors are supported"),
            { Shape: null } => new OnnxException($"{place} has no shape"),
            { Shape: var shape } when shape.FirstOrDefault(d => d.Size is < 1 or > OnnxImporter.MostElements) is { Size: { } size } => new OnnxException($"{place} has a dimension of {size}"),
            _ when _constants.ContainsKey(input.Name) => null,
            { Type: OnnxElementType.Float or OnnxElementType.Double } => null,
            _ => new OnnxException($"{place} is of type {input.Type}: only float inputs are supported; if it never changes, give its value: Constants = \"{FileText.Shown(input.Name)}=…\""),
        };
    }

    /// <summary>The shape; axes that have no size are kept for <see cref="RequireSizes"/>.</summary>
    public int[] ShapeOf(OnnxValue input) => [.. input.Shape!.Select((dimension, axis) => SizeOf(input, axis, dimension))];

    /// <exception cref="OnnxException">An axis of the shapes that were asked for is open, and is not the batch.</exception>
    public void RequireSizes()
    {
        if (_open.Count > 0)
        {
            string keys = string.Join(", ", _open.Select(o => FileText.Shown(o.Key)).Distinct().Select(key => key + "=…"));
            throw new OnnxException(
                $"{string.Join(", ", _open.Select(o => o.Place))}: open, and not the batch; say how long, with Dimensions = \"{keys}\"")
            { Setting = nameof(OnnxSettings.Dimensions) };
        }
    }

    /// <summary>The constant that the input is declared to be; null where it is none.</summary>
    /// <exception cref="OnnxException">The value is none of the input's type.</exception>
    public OnnxTensor? Constant(OnnxValue input)
    {
        if (!_constants.TryGetValue(input.Name, out string? text))
        {
            return null;
        }

        int[] shape = ShapeOf(input);
        int count = OnnxImporter.CountOf(shape, $"input {OnnxException.Quote(input.Name)}");
        if (OnnxElements.IsFloat(input.Type))
        {
            return float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float number)
                ? new OnnxTensor(input.Name, input.Type, shape, [.. Enumerable.Repeat(number, count)])
                : throw Wrong("is no number");
        }

        (long least, long greatest) = OnnxElements.Range(input.Type);
        return OnnxElements.Size(input.Type) > 0 && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) && whole >= least && whole <= greatest
            ? new OnnxTensor(input.Name, input.Type, shape, Enumerable.Repeat(whole, count).ToArray())
            : throw Wrong($"is no element of type {input.Type}");

        OnnxException Wrong(string what) =>
            new($"Constants: {text} {what}, as input {OnnxException.Quote(input.Name)} is") { Setting = nameof(OnnxSettings.Constants) };
    }

    private int SizeOf(OnnxValue input, int axis, OnnxDimension dimension)
    {
        string key = KeyOf(input, axis, dimension);
        if (dimension.Size is { } size)
        {
            return (int)size;
        }

        if (_sizes.TryGetValue(Indexed(input, axis), out int own) || _sizes.TryGetValue(key, out own))
        {
            return own;
        }

        if (!IsBatch(axis, dimension.Parameter))
        {
            string name = dimension.Parameter is null ? "" : $" ({OnnxException.Quote(dimension.Parameter)})";
            _open.Add(($"axis {Literal.Of(axis)}{name} of input {OnnxException.Quote(input.Name)}", key));
        }

        return 1;
    }

    private bool IsBatch(int axis, string? name) => name is null ? axis == 0
        : _isBatchNamed ? IsCalledBatch(name)
        : axis == 0 && !_later.Contains(name);

    private static bool IsCalledBatch(string? name) => name?.IndexOf(Batch, StringComparison.OrdinalIgnoreCase) >= 0;

    // What Dimensions calls an axis.
    private static string KeyOf(OnnxValue input, int axis, OnnxDimension dimension) => dimension.Parameter ?? Indexed(input, axis);

    private static string Indexed(OnnxValue input, int axis) => $"{input.Name}[{Literal.Of(axis)}]";

    private void ReadSizes(string dimensions)
    {
        HashSet<string> keys = [.. Axes.Where(a => a.Dimension.Size is null).SelectMany(a => (string[])[KeyOf(a.Input, a.Axis, a.Dimension), Indexed(a.Input, a.Axis)])];
        foreach ((string key, string value) in Assignments.Read(dimensions, nameof(OnnxSettings.Dimensions)))
        {
            string problem = !keys.Contains(key) ? $"no axis {OnnxException.Quote(key)} is open; {OpenAxes()}"
                : _sizes.ContainsKey(key) ? $"{OnnxException.Quote(key)} is there twice"
                : !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int size) || size is < 1 or > OnnxImporter.MostElements
                    ? $"{OnnxException.Quote(key)} cannot be {value}, only a whole number from 1 to {Literal.Grouped(OnnxImporter.MostElements)}"
                : "";
            if (problem.Length > 0)
            {
                throw new OnnxException($"Dimensions: {problem}") { Setting = nameof(OnnxSettings.Dimensions) };
            }

            _sizes.Add(key, int.Parse(value, CultureInfo.InvariantCulture));
        }
    }

    private string OpenAxes()
    {
        string[] open = [.. Axes.Where(a => a.Dimension.Size is null).Select(a => KeyOf(a.Input, a.Axis, a.Dimension)).Distinct()];
        return open.Length == 0 ? "the file leaves none open" : $"open are {string.Join(", ", open.Take(8).Select(OnnxException.Quote))}";
    }

    private void ReadConstants(string constants)
    {
        foreach ((string name, string value) in Assignments.Read(constants, nameof(OnnxSettings.Constants)))
        {
            string problem = !_graph.Inputs.Any(i => i.Name == name)
                    ? $"there is no input {OnnxException.Quote(name)}; the file has {string.Join(", ", _graph.Inputs.Take(8).Select(i => OnnxException.Quote(i.Name)))}"
                : _constants.ContainsKey(name) ? $"{OnnxException.Quote(name)} is there twice"
                : "";
            if (problem.Length > 0)
            {
                throw new OnnxException($"Constants: {problem}") { Setting = nameof(OnnxSettings.Constants) };
            }

            _constants.Add(name, value);
        }
    }
}
