namespace NetGen.Generator;

internal static partial class OnnxOperators
{
    // A product with a matrix that is no constant is written as one of all pairs, and those are added up.
    private const int MostPairs = 1 << 20;
    private const int MostRows = 1024;

    private static Dictionary<string, Action<OperatorCall>> Products => new()
    {
        ["Gemm"] = Gemm,
        ["MatMul"] = MatMul,
    };

    private static void MatMul(OperatorCall call)
    {
        ImportedValue left = call.Floats(0);
        ImportedValue right = call.Floats(1);
        if (left.Rank == 0 || right.Rank == 0)
        {
            throw call.Error("a scalar is no matrix");
        }

        // A vector on the left is a row, on the right a column; that axis is dropped from the result.
        int[] a = left.Rank == 1 ? [1, .. left.Dimensions] : [.. left.Dimensions];
        int[] b = right.Rank == 1 ? [.. right.Dimensions, 1] : [.. right.Dimensions];
        int inner = a[a.Length - 1];
        int outputs = b[b.Length - 1];
        if (b[b.Length - 2] != inner)
        {
            throw call.Error($"{left.Shape} does not fit {right.Shape}");
        }

        int[] batch = [.. Enumerable.Repeat(1, Math.Max(0, b.Length - a.Length)), .. a.Take(a.Length - 2)];
        int[] shape = [.. batch, .. left.Rank == 1 ? (int[])[] : [a[a.Length - 2]], .. right.Rank == 1 ? (int[])[] : [outputs]];
        bool isOneMatrix = b.Take(b.Length - 2).All(d => d == 1);
        if (right.IsKnown && !left.IsKnown && isOneMatrix)
        {
            Linear(call, left, new Factor(right, outputs, inner, IsTransposed: true), null, shape);
        }
        else if (left.IsKnown && !right.IsKnown && left.Rank == 2 && right.Count == inner)
        {
            Linear(call, right, new Factor(left, a[0], inner, IsTransposed: false), null, right.Rank == 1 ? [a[0]] : [.. b.Take(b.Length - 2), a[0], 1]);
        }
        else if (isOneMatrix)
        {
            call.Return(Pairs(call, left, right, left.Count / inner, inner, outputs), shape);
        }
        else
        {
            throw call.Error($"a product of {left.Shape} and {right.Shape}, of more than one matrix on the right, is not supported");
        }
    }

    private static void Gemm(OperatorCall call)
    {
        ImportedValue left = Turned(call, call.Floats(0), call.Integer("transA", 0) != 0);
        ImportedValue right = call.Floats(1);
        bool isTurned = call.Integer("transB", 0) != 0;
        if (left.Rank != 2 || right.Rank != 2)
        {
            throw call.Error($"{left.Shape} and {right.Shape} are not two matrices");
        }

        int rows = left.Dimensions[0];
        int inner = left.Dimensions[1];
        int outputs = right.Dimensions[isTurned ? 0 : 1];
        if (right.Dimensions[isTurned ? 1 : 0] != inner)
        {
            throw call.Error($"{left.Shape} does not fit {right.Shape}{(isTurned ? " transposed" : "")}");
        }

        float alpha = call.Float("alpha", 1);
        float beta = call.Float("beta", 1);
        int[] shape = [rows, outputs];
        ImportedValue? bias = call.Has(2) && beta != 0 ? call.Floats(2) : null;
        bool isBias = bias is null || (bias.IsKnown && (bias.Count == 1 || (bias.Count == outputs && bias.Dimensions[bias.Rank - 1] == outputs)));
        if (right.IsKnown && !left.IsKnown && isBias)
        {
            float[]? scales = alpha == 1 ? null : [.. Enumerable.Repeat(alpha, outputs)];
            KnownShift? shift = bias is null ? null : new KnownShift(
                [.. Enumerable.Range(0, outputs).Select(o => beta * bias.Known![bias.Count == 1 ? 0 : o])], bias.Initializer);
            Linear(call, left, new Factor(right, outputs, inner, !isTurned) { Scales = scales }, shift, shape);
            return;
        }

        Node product = Pairs(call, left, Turned(call, right, isTurned), rows, inner, outputs);
        product = alpha == 1 ? product : call.Builder.Elementwise(call.NameOf("z"), alpha * Expr.X, [alpha], [product]);
        var result = new ImportedValue(shape.ToEquatableArray()) { Node = product };
        call.Return(bias is null ? result : Combine(call, new BinaryFormula(Expr.X + (beta * Expr.Y), 1, beta, null), result, bias, call.NameOf("z")));
    }

    private static ImportedValue Turned(OperatorCall call, ImportedValue matrix, bool isTurned)
    {
        if (!isTurned || matrix.Rank != 2)
        {
            return matrix;
        }

        (int rows, int columns) = (matrix.Dimensions[0], matrix.Dimensions[1]);
        var places = StridedAxes.Of(0, [new StridedAxis(columns, 1), new StridedAxis(rows, columns)]);
        return call.Take(matrix, places, [columns, rows], "transposed", call.NameOf("v"));
    }

    /// <summary>W·x + b for each row of the input; a bias and a normalization that follow are part of it.</summary>
    private static void Linear(OperatorCall call, ImportedValue input, Factor weight, KnownShift? bias, int[] shape)
    {
        OnnxImporter importer = call.Importer;
        string output = call.Node.Outputs[0];
        int rows = input.Count / weight.Inputs;
        if (rows > MostRows)
        {
            throw call.Error($"a product of {Literal.Grouped(rows)} rows is past {Literal.Grouped(MostRows)}");
        }

        importer.BeginLayer();
        if (bias is null && importer.OnlyReader(output) is { } added && FollowingBias(importer, added, output, weight.Outputs, shape) is { } following)
        {
            bias = following;
            importer.Skip(added);
            output = added.Outputs[0];
        }

        if (importer.OnlyReader(output) is { Operator: "BatchNormalization", Domain: "" } normalization && normalization.Inputs[0] == output && shape is [_, var channels] && channels == weight.Outputs)
        {
            (float[] scales, float[] shifts) = BatchScales(new OperatorCall(importer, normalization), weight.Outputs);
            weight = weight with { Scales = [.. scales.Select((s, o) => s * (weight.Scales?[o] ?? 1))] };
            bias = new KnownShift([.. shifts.Select((s, o) => s + (scales[o] * (bias?.Values[o] ?? 0)))], bias?.Name ?? "");
            importer.Skip(normalization);
            output = normalization.Outputs[0];
        }

        string name = ImportedParameters.WeightBeside(bias?.Name ?? "", weight.Value.Initializer);
        Node w = ImportedParameters.Matrix(importer, weight.Value, weight.Outputs, weight.Inputs, weight.IsTransposed, weight.Scales, name);
        Node? b = bias is null ? null : ImportedParameters.Shift(importer, bias.Values, bias.Name);
        string z = importer.NameOf("z", output);
        Node result = PerGroup(call, input, rows, weight.Inputs, z, part => call.Builder.Affine(rows == 1 ? z : "z" + Literal.Of(importer.Layer), w, part, b));
        importer.Define(output, new ImportedValue(shape.ToEquatableArray()) { Node = result });
    }

    // The constant of an Add that follows a product and nothing else reads.
    private static KnownShift? FollowingBias(OnnxImporter importer, OnnxNode add, string product, int outputs, int[] shape)
    {
        if (add is not { Operator: "Add", Domain: "", Inputs.Count: 2 } || add.Inputs[0] == add.Inputs[1])
        {
            return null;
        }

        string other = add.Inputs[add.Inputs[0] == product ? 1 : 0];
        return importer.IsDefined(other) && importer.Value(other) is { Known: { } known } value
            && value.Count == outputs && value.Rank <= shape.Length && (outputs == 1 || (value.Dimensions[value.Rank - 1] == outputs && shape[shape.Length - 1] == outputs))
                ? new KnownShift(known.Values.ToArray(), value.Initializer)
                : null;
    }

    private static Node Pairs(OperatorCall call, ImportedValue left, ImportedValue right, int rows, int inner, int outputs)
    {
        if ((long)rows * inner * outputs > MostPairs)
        {
            throw call.Error($"a product of {left.Shape} and {right.Shape}, neither of which is a weight, is past {Literal.Grouped(MostPairs)} multiplications");
        }

        GraphBuilder builder = call.Builder;
        Node a = builder.View(call.NameOf("v"), StridedAxes.Of(0, [new(rows, inner), new(inner, 1), new(outputs, 0)]), call.Vector(left), "each for every column");
        Node b = builder.View(call.NameOf("v"), StridedAxes.Of(0, [new(rows, 0), new(inner, outputs), new(outputs, 1)]), call.Vector(right), "each for every row");
        Node products = builder.Elementwise(call.NameOf("p"), Expr.X * Expr.Y, [Expr.Y, Expr.X], [a, b]);
        return builder.Add(call.NameOf("z"), new AxisSumOp([new(rows, false), new(inner, true), new(outputs, false)]), [products]);
    }

    /// <summary>Carries something out for each group of neighbours, and puts the results together.</summary>
    private static Node PerGroup(OperatorCall call, ImportedValue value, int groups, int length, string name, Func<Node, Node> compute)
    {
        Node whole = call.Vector(value);
        if (groups == 1)
        {
            return compute(whole);
        }

        if (groups > OnnxImporter.MostSteps)
        {
            throw call.Error($"{value.Shape} has {Literal.Grouped(groups)} parts to compute one by one, more than the {Literal.Grouped(OnnxImporter.MostSteps)} steps that a graph may have");
        }

        Node[] results = [.. Enumerable.Range(0, groups).Select(g => compute(call.Builder.View(
            call.NameOf("v"), new StridedAxes(g * length, [new StridedAxis(length, 1)]), whole, $"part {Literal.Of(g)}")))];
        return call.Builder.Join(name, results);
    }

    /// <param name="Value">A constant, [out, in] or transposed.</param>
    private sealed record Factor(ImportedValue Value, int Outputs, int Inputs, bool IsTransposed)
    {
        /// <summary>Multiply the rows; null for none.</summary>
        public float[]? Scales { get; init; }
    }

    /// <param name="Name">Of the initializer.</param>
    private sealed record KnownShift(float[] Values, string Name);
}
