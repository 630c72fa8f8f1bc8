using static NetGen.Generator.Expr;

namespace NetGen.Generator;

internal static partial class OnnxOperators
{
    private static Dictionary<string, Action<OperatorCall>> Normalizations => new()
    {
        ["Softmax"] = call => Softmax(call, new SoftmaxOp()),
        ["LogSoftmax"] = call => Softmax(call, new LogSoftmaxOp()),
        ["BatchNormalization"] = BatchNormalization,
        ["LayerNormalization"] = LayerNormalization,
    };

    private static void Softmax(OperatorCall call, Op op)
    {
        ImportedValue value = call.Floats(0);

        // Until opset 13 all axes from the given one on are one.
        bool isOneAxis = call.Opset >= 13;
        int axis = value.Rank == 0 ? 0 : call.Axis(call.Integer("axis", isOneAxis ? -1 : 1), value.Rank);
        int length = value.Rank == 0 ? 1 : isOneAxis ? value.Dimensions[axis] : Product(value.Dimensions.Skip(axis));
        int inner = isOneAxis ? Product(value.Dimensions.Skip(axis + 1)) : 1;
        int outer = value.Count / length / inner;
        string name = call.NameOf("a");
        if (inner == 1)
        {
            call.Return(PerGroup(call, value, outer, length, name, part => call.Builder.Add(outer == 1 ? name : call.NameOf("s"), op, [part])), value.Dimensions);
            return;
        }

        // The axis comes last, and goes back to its place.
        var there = StridedAxes.Of(0, [new(outer, length * inner), new(inner, 1), new(length, inner)]);
        ImportedValue turned = call.Take(value, there, [outer * inner, length], "transposed", call.NameOf("v"));
        Node results = PerGroup(call, turned, outer * inner, length, name, part => call.Builder.Add(call.NameOf("s"), op, [part]));
        var back = StridedAxes.Of(0, [new(outer, inner * length), new(length, 1), new(inner, length)]);
        call.Return(call.Take(turned with { Node = results }, back, value.Dimensions, "transposed", name));
    }

    // Behind a product it is folded into the weights; here it stands alone.
    private static void BatchNormalization(OperatorCall call)
    {
        ImportedValue value = call.Floats(0);
        int channels = value.Rank > 1 ? value.Dimensions[1] : throw call.Error($"{value.Shape} has no axis of channels");
        (float[] scales, float[] shifts) = BatchScales(call, channels);
        int[] shape = [1, channels, .. Enumerable.Repeat(1, value.Rank - 2)];
        Node[] inputs = [call.Vector(value), Repeated(scales), Repeated(shifts)];
        call.Return(call.Builder.Elementwise(call.NameOf("a"), (X * Y) + Z, [Y, X, 1], inputs), value.Dimensions);

        Node Repeated(float[] values) => call.Vector(call.Broadcast(
            new ImportedValue(shape.ToEquatableArray()) { Node = call.Importer.Constant(values) }, [.. value.Dimensions]));
    }

    // scale·(x − mean)/√(variance + ε) + shift = s·x + t.
    private static (float[] Scales, float[] Shifts) BatchScales(OperatorCall call, int channels)
    {
        // Until opset 9 each element could be normalized by itself.
        if (call.Integer("spatial", 1) == 0)
        {
            throw call.Error("a normalization with spatial = 0 is not supported: export the model with opset 9 or later");
        }

        // Before opset 14 the outputs say so: in training there are the mean and the variance of the batch beside y.
        if (call.Integer("training_mode", 0) != 0 || (call.Opset < 14 && call.Node.Outputs.Skip(1).Any(o => o.Length > 0)))
        {
            throw call.Error("a normalization in training mode is not supported: export the model for inference");
        }

        float[][] given = [.. Enumerable.Range(1, 4).Select(input => call.Constant(input).Known!.Values.ToArray())];
        if (Array.Exists(given, g => g.Length != channels))
        {
            throw call.Error($"scale, shift, mean and variance need {Literal.Of(channels)} elements each");
        }

        double epsilon = call.Float("epsilon", 1e-5f);
        var scales = new float[channels];
        var shifts = new float[channels];
        for (int c = 0; c < channels; c++)
        {
            double scale = given[0][c] / Math.Sqrt(given[3][c] + epsilon);
            scales[c] = (float)scale;
            shifts[c] = (float)(given[1][c] - (given[2][c] * scale));
        }

        return (scales, shifts);
    }

    private static void LayerNormalization(OperatorCall call)
    {
        ImportedValue value = call.Floats(0);
        int axis = call.Axis(call.Integer("axis", -1), value.Rank);
        int length = Product(value.Dimensions.Skip(axis));
        float epsilon = call.Float("epsilon", 1e-5f);
        Node scale = Learned(1);
        Node? shift = call.Has(2) ? Learned(2) : null;
        GraphBuilder builder = call.Builder;
        int groups = value.Count / length;
        string name = call.NameOf("a");
        call.Return(PerGroup(call, value, groups, length, name, Normalize), value.Dimensions);

        Node Normalize(Node x)
        {
            Node mean = builder.Add(call.NameOf("mean"), new ReduceOp(IsMean: true), [x]);
            Node centred = builder.Elementwise(call.NameOf("centred"), X - Y, [1, -1], [x, mean]);
            Node square = builder.Elementwise(call.NameOf("square"), X * X, [2 * X], [centred]);
            Node variance = builder.Add(call.NameOf("variance"), new ReduceOp(IsMean: true), [square]);
            Node deviation = builder.Elementwise(call.NameOf("deviation"), Sqrt(X + epsilon), [0.5f / Y], [variance]);
            string own = groups == 1 ? name : call.NameOf("n");
            return shift is null
                ? builder.Elementwise(own, X / Y * Z, [Z / Y, -(X * Z / (Y * Y)), X / Y], [centred, deviation, scale])
                : builder.Elementwise(own, (X / Y * Z) + new Argument(3), [Z / Y, -(X * Z / (Y * Y)), X / Y, 1], [centred, deviation, scale, shift]);
        }

        Node Learned(int input)
        {
            ImportedValue constant = call.Constant(input);
            return constant.Count == length
                ? ImportedParameters.Vector(call.Importer, constant)
                : throw call.Error($"input {Literal.Of(input)} has {constant.Shape}, the axes have {Literal.Of(length)} elements");
        }
    }
}
