namespace NetGen.Generator;

/// <summary>The operators of ONNX that are supported, by name: how each adds itself to a graph. An operator is one entry, in the file of its kind.</summary>
internal static partial class OnnxOperators
{
    private static readonly Dictionary<string, Action<OperatorCall>> All = new[]
    {
        Elementwise,
        Products,
        Shapes,
        Reductions,
        Normalizations,
        Choices,
    }.SelectMany(kind => kind).ToDictionary(o => o.Key, o => o.Value, StringComparer.Ordinal);

    /// <summary>Their names, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Keys.OrderBy(name => name, StringComparer.Ordinal)];

    /// <summary>Their names, for messages.</summary>
    public static string List { get; } = string.Join(", ", Names);

    public static bool IsSupported(OnnxNode node) => node.Domain.Length == 0 && All.ContainsKey(node.Operator);

    /// <summary>A node's operator as messages call it, with its domain where it is not ONNX's own.</summary>
    public static string NameOf(OnnxNode node) =>
        OnnxException.Quote(node.Domain.Length > 0 ? $"{node.Domain}.{node.Operator}" : node.Operator).Trim('\'');

    /// <summary>Says that a node's operator is not supported.</summary>
    public static OnnxException Missing(OnnxImporter importer, OnnxNode node) => new OperatorCall(importer, node)
        .Error($"the operator {NameOf(node)} of opset {Literal.Of(importer.Opset)} is not supported", isOperator: true);

    /// <exception cref="OnnxException">The operator is not supported as it is used.</exception>
    public static void Import(OperatorCall call)
    {
        try
        {
            All[call.Node.Operator](call);
        }
        catch (ArgumentException e)
        {
            // What is read may be no tensor that can be used, and a graph checks its shapes once more.
            throw call.Error(e.Message);
        }
        catch (OverflowException)
        {
            throw call.Error("a number is larger than any that is supported");
        }
    }
}
