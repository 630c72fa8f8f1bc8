using static NetGen.Generator.Expr;

namespace NetGen.Generator;

internal static partial class OnnxOperators
{
    private const float SeluTolerance = 1e-6f;

    private static Dictionary<string, Action<OperatorCall>> Elementwise => new()
    {
        ["Add"] = call => Binary(call, Sum),
        ["Sub"] = call => Binary(call, new(X - Y, 1, -1, (a, b) => a - b)),
        ["Mul"] = call => Binary(call, new(X * Y, Y, X, (a, b) => a * b)),
        ["Div"] = call => Binary(call, new(X / Y, 1 / Y, -(Z / Y), (a, b) => Quotient(call, a, b))),
        ["Min"] = call => Several(call, new(Min(X, Y), IfLess(Y, X, 0, 1), IfLess(Y, X, 1, 0), Math.Min)),
        ["Max"] = call => Several(call, new(Max(X, Y), IfLess(X, Y, 0, 1), IfLess(X, Y, 1, 0), Math.Max)),
        ["Sum"] = call => Several(call, Sum),
        ["Mean"] = call => Mean(call),
        ["Pow"] = Pow,
        ["Clip"] = Clip,
        ["PRelu"] = call => Binary(call, new(IfLess(X, 0, X * Y, X), IfLess(0, X, 1, Y), IfLess(0, X, 0, X), null)),
        ["Neg"] = call => Unary(call, -X, -1),
        ["Abs"] = call => Unary(call, Abs(X), IfLess(0, X, 1, IfLess(X, 0, -1, 0))),
        ["Exp"] = call => Unary(call, Call("Exp", X), Y),
        ["Log"] = call => Unary(call, Call("Log", X), 1 / X),
        ["Sqrt"] = call => Unary(call, Sqrt(X), 0.5f / Y),
        ["Reciprocal"] = call => Unary(call, 1 / X, -(Y * Y)),
        ["Erf"] = call => Unary(call, Call("Erf", X), 1.1283792f * Call("Exp", -(X * X))),
        ["Relu"] = call => Activation(call, "Relu"),
        ["Sigmoid"] = call => Activation(call, "Sigmoid"),
        ["Tanh"] = call => Activation(call, "Tanh"),
        ["Softplus"] = call => Activation(call, "Softplus"),
        ["Softsign"] = call => Activation(call, "Softsign"),
        ["HardSwish"] = call => Activation(call, "HardSwish"),
        ["Mish"] = call => Activation(call, "Mish"),
        ["LeakyRelu"] = call => Activation(call, Activations.Get("LeakyRelu", call.Float("alpha", 0.01f))),
        ["ThresholdedRelu"] = call => Unary(call, IfLess(call.Float("alpha", 1), X, X, 0), IfLess(call.Float("alpha", 1), X, 1, 0)),
        ["Elu"] = call => Activation(call, Activations.Get("Elu", call.Float("alpha", 1))),
        ["Celu"] = Celu,
        ["Selu"] = Selu,
        ["Gelu"] = Gelu,
        ["HardSigmoid"] = HardSigmoid,
    };

    private static BinaryFormula Sum { get; } = new(X + Y, 1, 1, (a, b) => a + b);

    // ---- One input.

    private static void Unary(OperatorCall call, Expr value, Expr slope)
    {
        ImportedValue input = call.Floats(0);
        call.Return(call.Builder.Elementwise(call.NameOf("a"), value, [slope], [input.Node!]), input.Dimensions);
    }

    private static void Activation(OperatorCall call, string name) => Activation(call, Activations.Get(name));

    private static void Activation(OperatorCall call, ActivationRow row)
    {
        ImportedValue input = call.Floats(0);
        call.Return(row.Apply(call.Builder, call.NameOf("a"), input.Node!), input.Dimensions);
    }

    private static void Celu(OperatorCall call)
    {
        float alpha = call.Float("alpha", 1);
        if (alpha == 1)
        {
            Activation(call, "Elu");
            return;
        }

        Unary(call, IfLess(0, X, X, alpha * Call("Expm1", X / alpha)), IfLess(0, X, 1, Call("Exp", X / alpha)));
    }

    private static void Selu(OperatorCall call)
    {
        float alpha = call.Float("alpha", 1.67326319217681884765625f);
        float gamma = call.Float("gamma", 1.05070102214813232421875f);
        if (Math.Abs(alpha - 1.6732632f) < SeluTolerance && Math.Abs(gamma - 1.0507010f) < SeluTolerance)
        {
            Activation(call, "Selu");
            return;
        }

        Unary(call, gamma * IfLess(0, X, X, alpha * Call("Expm1", X)), IfLess(0, X, gamma, Y + (gamma * alpha)));
    }

    private static void Gelu(OperatorCall call)
    {
        switch (call.Text("approximate", "none"))
        {
            case "none":
                Activation(call, "Gelu");
                break;
            case "tanh":
                // ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))
                Expr gate = Call("Tanh", 0.7978845608f * (X + (0.044715f * (X * X * X))));
                Expr within = 0.7978845608f * (1 + (3 * 0.044715f * (X * X)));
                Unary(call, 0.5f * X * (1 + gate), (0.5f * (1 + gate)) + (0.5f * X * (1 - (gate * gate)) * within));
                break;
            case var other:
                throw call.Error($"approximate = {OnnxException.Quote(other)} is neither 'none' nor 'tanh'");
        }
    }

    private static void HardSigmoid(OperatorCall call)
    {
        float alpha = call.Float("alpha", 0.2f);
        float beta = call.Float("beta", 0.5f);
        if (Math.Abs(alpha - (1f / 6)) < 1e-7f && beta == 0.5f)
        {
            Activation(call, "HardSigmoid");
            return;
        }

        Expr line = (alpha * X) + beta;
        Unary(call, IfLess(line, 0, 0, IfLess(1, line, 1, line)), IfLess(0, line, IfLess(line, 1, alpha, 0), 0));
    }

    private static void Clip(OperatorCall call)
    {
        bool isInput = call.Opset >= 11;
        float? low = isInput ? call.Number(1) : call.Attribute("min", OnnxAttributeKind.Float)?.Float;
        float? high = isInput ? call.Number(2) : call.Attribute("max", OnnxAttributeKind.Float)?.Float;
        if (low > high)
        {
            // Min(Max(x, low), high), as ONNX defines it.
            low = high;
        }

        if (low == 0 && high is null or float.PositiveInfinity)
        {
            Activation(call, "Relu");
            return;
        }

        if (Limits.FirstOrDefault(l => l.Low == low && l.High == high) is { Row: { } row })
        {
            Activation(call, row);
            return;
        }

        // As PyTorch has it, the slope at a limit is 1.
        Expr limited = high is { } h ? IfLess(h, X, h, X) : X;
        Expr slope = high is { } h2 ? IfLess(h2, X, 0, 1) : 1;
        Unary(
            call,
            low is { } l ? limited is Argument ? IfLess(X, l, l, X) : IfLess(X, l, l, limited) : limited,
            low is { } l2 ? IfLess(X, l2, 0, slope) : slope);
    }

    private static readonly (float Low, float High, string Row)[] Limits = [(0, 6, "Relu6"), (-1, 1, "HardTanh")];

    // ---- Two inputs or more.

    private static void Binary(OperatorCall call, BinaryFormula formula) =>
        call.Return(Combine(call, formula, call.Input(0), call.Input(1), call.NameOf("a")));

    private static void Several(OperatorCall call, BinaryFormula formula)
    {
        ImportedValue result = call.Input(0);
        for (int input = 1; input < call.InputCount; input++)
        {
            result = Combine(call, formula, result, call.Input(input), call.NameOf("a"));
        }

        call.Return(result);
    }

    private static void Mean(OperatorCall call)
    {
        ImportedValue total = call.Floats(0);
        for (int input = 1; input < call.InputCount; input++)
        {
            total = Combine(call, Sum, total, call.Floats(input), call.NameOf("a"));
        }

        float share = 1f / call.InputCount;
        call.Return(call.Builder.Elementwise(call.NameOf("a"), share * X, [share], [total.Node!]), total.Dimensions);
    }

    // The least number has no opposite: divided by −1 it stays as it is, as in ONNX Runtime, where C# throws.
    private static long Quotient(OperatorCall call, long a, long b) => b switch
    {
        0 => throw call.Error("a whole number is divided by 0"),
        -1 => unchecked(-a),
        _ => a / b,
    };

    private static ImportedValue Combine(OperatorCall call, BinaryFormula formula, ImportedValue left, ImportedValue right, string name)
    {
        int[] shape = call.CommonShape(left, right);
        var result = new ImportedValue(shape.ToEquatableArray());
        if (left.IsWhole || right.IsWhole)
        {
            throw call.Error("whole numbers that the network computes are outputs alone: no arithmetic with them is supported");
        }

        if (left.Integers is not null || right.Integers is not null)
        {
            return left.Integers is not null && right.Integers is not null && formula.OfIntegers is { } ofIntegers
                ? result with { Integers = [.. call.Broadcast(left, shape).Integers!.Zip(call.Broadcast(right, shape).Integers!, ofIntegers)] }
                : throw call.Error("whole numbers and floats do not mix");
        }

        // A number goes into the formula, and a scalar is read as one.
        bool areKnown = left.IsKnown && right.IsKnown;
        var inputs = new List<Node>();
        Expr[] operands = [Operand(left), Operand(right)];
        Expr[] slopes = [formula.LeftSlope, formula.RightSlope];
        Expr[] arguments = [.. operands, new Argument(inputs.Count)];
        EquatableArray<Expr> needed = operands.Zip(slopes, (operand, slope) => (operand, slope))
            .Where(p => p.operand is Argument)
            .Select(p => p.slope.Apply(arguments))
            .ToEquatableArray();
        return result with { Node = call.Builder.Elementwise(name, formula.Value.Apply(arguments), needed, inputs) };

        Expr Operand(ImportedValue value)
        {
            if (!areKnown && !(value.Count > 1 && ImportedParameters.IsLearned(value)) && value.Known?.Uniform is { } number && (value.Count == 1 || shape.SequenceEqual(Other(value).Dimensions)))
            {
                return number;
            }

            bool isScalar = value.Node!.Shape.Rank == 0 && Other(value).Node!.Shape.Rank > 0;
            Node node = isScalar ? value.Node
                : value.Count == 1 && call.Count(shape) > 1 ? call.Builder.Add(call.NameOf("s"), new ReduceOp(IsMean: false), [value.Node])
                : value.Node.Shape.Rank == 0 ? value.Node
                : call.Broadcast(value, shape) is var whole && ImportedParameters.IsLearned(whole) ? ImportedParameters.Vector(call.Importer, whole)
                : call.Vector(whole);
            inputs.Add(node);
            return new Argument(inputs.Count - 1);
        }

        ImportedValue Other(ImportedValue value) => ReferenceEquals(value, left) ? right : left;
    }

    private sealed record BinaryFormula(Expr Value, Expr LeftSlope, Expr RightSlope, Func<long, long, long>? OfIntegers);
}
