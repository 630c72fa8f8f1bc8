using NetGen.Generator;
using NetGen.Testing.Onnx;

namespace NetGen.Numerics.Tests.Onnx;

/// <summary>A file that is compiled, and what it is given.</summary>
/// <param name="Name">The class, and the file without <c>.onnx</c>.</param>
/// <param name="File">Its content.</param>
internal sealed record OnnxCase(string Name, byte[] File)
{
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

    public OnnxGraph Graph => _graph ??= OnnxModel.Read(File).Graph;

    public IEnumerable<OnnxValue> Inputs => Graph.Inputs.Where(i => !Unread.Contains(i.Name));

    public IEnumerable<string> Operators => Graph.Nodes.Select(n => n.Operator).Distinct();

    public string Declare() => $"[NetGen.OnnxNetwork(\"{Name}.onnx\"{(Options.Length > 0 ? ", " + Options : "")})]\npublic partial class {Name} {{ }}\n";

    /// <summary>Calls the Forward that takes a span for each input and output.</summary>
    public string DeclareAdapter()
    {
        string inputs = string.Concat(Inputs.Select((_, i) => $"inputs[{i}], "));
        string outputs = string.Join(", ", Graph.Outputs.Select((_, i) => $"outputs[{i}]"));
        return $"    public static void {Name}(object network, float[][] inputs, float[][] outputs) => (({Name})network).Forward({inputs}{outputs});\n";
    }

    /// <summary>How many numbers of a row an input takes.</summary>
    public static int CountOf(OnnxValue input) => input.Shape!.Aggregate(1, (count, d) => count * (int)(d.Size ?? 1));

    /// <summary>The same rows for the same name, whatever else there is.</summary>
    public float[] Draw(int rows)
    {
        var random = new Random(Name.Aggregate(17, (seed, c) => unchecked((seed * 31) + c)));
        return [.. Enumerable.Range(0, rows * Inputs.Sum(CountOf)).Select(_ => Low + ((High - Low) * random.NextSingle()))];
    }

    public override string ToString() => Name;
}
