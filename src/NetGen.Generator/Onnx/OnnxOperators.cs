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
    }.SelectMany(kind => kind).ToDictionary(o => o.Key, o => o.Value, StringComparer.Ordinal);

    /// <summary>Their names, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Keys.OrderBy(name => name, StringComparer.Ordinal)];

    /// <exception cref="OnnxException">The operator is not supported, or not as it is used.</exception>
    public static void Import(OperatorCall call)
    {
        if (call.Node.Domain.Length > 0 || !All.TryGetValue(call.Node.Operator, out Action<OperatorCall>? import))
        {
            string supported = string.Join(", ", Names);
            throw call.Error($"the operator {call.Operator} of opset {Literal.Of(call.Opset)} is not supported; supported are {supported}", isOperator: true);
        }

        try
        {
            import(call);
        }
        catch (ArgumentException e)
        {
            // A graph checks its shapes once more.
            throw call.Error(e.Message);
        }
    }
}
