using NetGen.Generator;
using NetGen.Testing.Onnx;

namespace NetGen.Numerics.Tests.Onnx;

/// <summary>A file that is compiled, and what it is given.</summary>
/// <param name="Name">The class, and the file without <c>.onnx</c>.</param>
/// <param name="File">Its content.</param>
internal sealed record OnnxCase(string Name, byte[] File)
{
    private readonly byte[]? _oracleFile;
    private OnnxGraph? _graph;

    public OnnxCase(string name, OnnxFile file)
        : this(name, file.ToArray())
    {
    }

    /// <summary>Inputs are drawn from between these.</summary>
    public float Low { get; init; } = -2;

    public float High { get; init; } = 2;

    /// <summary>Further arguments of the attribute: <c>Simd = Simd.None</c>.</summary>
    public string Options { get; init; } = "";

    /// <summary>Inputs that no output needs, which the network does not have.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];

    /// <summary>The sizes of axes that the file leaves open and that are not the batch.</summary>
    public IReadOnlyDictionary<string, int> Dimensions { get; init; } = new Dictionary<string, int>();

    /// <summary>Inputs that never change, which the network does not have.</summary>
    public IReadOnlyDictionary<string, long> Constants { get; init; } = new Dictionary<string, long>();

    /// <summary>The values of the file that are asked for; none for its outputs.</summary>
    public IReadOnlyList<string> Wanted { get; init; } = [];

    /// <summary>Outputs of the file that the network does not have.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>The file that ONNX Runtime is given; the same, unless it does not take that.</summary>
    public byte[] OracleFile { get => _oracleFile ?? File; init => _oracleFile = value; }

    public OnnxGraph Graph => _graph ??= OnnxModel.Read(File).Graph;

    public IEnumerable<OnnxValue> Inputs => Graph.Inputs.Where(i => !Unread.Contains(i.Name) && !Constants.ContainsKey(i.Name));

    public IReadOnlyList<string> Outputs => Wanted.Count > 0 ? Wanted : [.. Graph.Outputs.Select(o => o.Name).Except(LeftOut)];

    public IEnumerable<string> Operators => Graph.Nodes.Select(n => n.Operator).Distinct();

    public string Declare()
    {
        string[] options =
        [
            .. Options.Length > 0 ? [Options] : (string[])[],
            .. Wanted.Count > 0 ? [$"Outputs = new[] {{ {string.Join(", ", Wanted.Select(o => $"\"{o}\""))} }}"] : (string[])[],
            .. Dimensions.Count > 0 ? [$"Dimensions = \"{string.Join(", ", Dimensions.Select(d => $"{d.Key}={d.Value}"))}\""] : (string[])[],
            .. Constants.Count > 0 ? [$"Constants = \"{string.Join(", ", Constants.Select(c => $"{c.Key}={c.Value}"))}\""] : (string[])[],
        ];
        // Some end in what would train badly, too.
        string isAllowed = $"#pragma warning disable NG0034{(LeftOut.Count == 0 ? "" : ", NG0028")}\n";
        return $"{isAllowed}[NetGen.OnnxNetwork(\"{Name}.onnx\"{string.Concat(options.Select(o => ", " + o))})]\npublic partial class {Name} {{ }}\n";
    }

    /// <summary>Calls the Forward that takes a span for each input and output.</summary>
    public string DeclareAdapter()
    {
        string inputs = string.Concat(Inputs.Select((_, i) => $"inputs[{i}], "));
        string outputs = string.Join(", ", Outputs.Select((_, i) => $"outputs[{i}]"));
        return $"    public static void {Name}(object network, float[][] inputs, float[][] outputs) => (({Name})network).Forward({inputs}{outputs});\n";
    }

    /// <summary>How many numbers of a row an input takes.</summary>
    public int CountOf(OnnxValue input) => ShapeOf(input).Aggregate(1, (count, d) => count * d);

    /// <summary>The shape of an input for one row.</summary>
    public int[] ShapeOf(OnnxValue input) => [.. input.Shape!.Select((d, axis) => d.Size is { } size ? (int)size
        : Dimensions.TryGetValue($"{input.Name}[{axis}]", out int own) || Dimensions.TryGetValue(d.Parameter ?? "", out own) ? own
        : 1)];

    /// <summary>The same rows for the same name, whatever else there is.</summary>
    public float[] Draw(int rows)
    {
        var random = new Random(Name.Aggregate(17, (seed, c) => unchecked((seed * 31) + c)));
        return [.. Enumerable.Range(0, rows * Inputs.Sum(CountOf)).Select(_ => Low + ((High - Low) * random.NextSingle()))];
    }

    public override string ToString() => Name;
}
