namespace NetGen.Generator;

/// <summary>The activations that ONNX has operators for, in opset 17, by the rows of <see cref="Activations"/>. Others are written as their formulas.</summary>
internal static class OnnxActivations
{
    private static readonly Dictionary<string, (string Operator, (string, float)[] Attributes)> Operators = new()
    {
        ["Sigmoid"] = ("Sigmoid", []),
        ["Tanh"] = ("Tanh", []),
        ["Relu"] = ("Relu", []),
        ["LeakyRelu"] = ("LeakyRelu", []),
        ["Elu"] = ("Elu", []),
        ["Selu"] = ("Selu", [("alpha", 1.6732632f), ("gamma", 1.0507010f)]),
        ["Softplus"] = ("Softplus", []),
        ["Softsign"] = ("Softsign", []),
        ["HardSigmoid"] = ("HardSigmoid", [("alpha", 1f / 6), ("beta", 0.5f)]),
        ["HardSwish"] = ("HardSwish", []),
    };

    /// <summary>The operator of a formula; null where there is none.</summary>
    public static (string Operator, (string Name, float Value)[] Attributes)? Find(ElementwiseOp op)
    {
        ActivationRow? row = Activations.Find(op);
        return row is not null && Operators.TryGetValue(row.Name, out var found)
            ? found with { Attributes = [.. found.Attributes, .. row.Options.Select(option => (option.Name.ToLowerInvariant(), (float)row.Values[option]))] }
            : null;
    }
}
