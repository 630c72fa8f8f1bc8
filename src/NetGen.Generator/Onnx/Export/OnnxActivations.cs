namespace NetGen.Generator;

/// <summary>The activations that ONNX has operators for, in opset 17, by the rows of <see cref="Activations"/>. Others are written as their formulas.</summary>
internal static class OnnxActivations
{
    private static readonly Dictionary<string, (string Operator, (string, float)[] Attributes)> Operators = new()
    {
        ["Sigmoid"] = ("Sigmoid", []),
        ["Tanh"] = ("Tanh", []),
        ["Relu"] = ("Relu", []),
        ["LeakyRelu"] = ("LeakyRelu", [("alpha", 0.01f)]),
        ["Elu"] = ("Elu", [("alpha", 1)]),
        ["Selu"] = ("Selu", [("alpha", 1.6732632f), ("gamma", 1.0507010f)]),
        ["Softplus"] = ("Softplus", []),
        ["Softsign"] = ("Softsign", []),
        ["HardSigmoid"] = ("HardSigmoid", [("alpha", 1f / 6), ("beta", 0.5f)]),
        ["HardSwish"] = ("HardSwish", []),
    };

    /// <summary>The operator of a formula; null where there is none.</summary>
    public static (string Operator, (string Name, float Value)[] Attributes)? Find(ElementwiseOp op)
    {
        ActivationRow? row = Activations.All.FirstOrDefault(r => r.OverLayer is null && r.Value == op.Value);
        return row is not null && Operators.TryGetValue(row.Name, out var found) ? found : null;
    }
}
