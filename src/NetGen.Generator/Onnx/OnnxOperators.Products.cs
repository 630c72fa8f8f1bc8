namespace NetGen.Generator;

internal static partial class OnnxOperators
{
    // A product with a matrix that is no constant is written as one of all pairs, and those are added up.
    private const int MostPairs = 1 << 20;
    private const int MostRows = 1024;

    // Each column takes two of the steps that a graph may have. A constant times more of them is not learned.
    private const int MostColumns = 256;

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
        else if (left.IsKnown && !right.IsKnown && left.Rank == 2 && isOneMatrix && outputs <= MostColumns)
        {
            call.Return(OfColumns(call, left, right, outputs), shape);
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
        bool hasWeight = left.IsKnown != right.IsKnown && (right.IsKnown || outputs <= MostColumns);
        if (hasWeight && right.IsKnown && isBias && alpha == 1 && beta == 1)
        {
            Linear(call, left, new Factor(right, outputs, inner, !isTurned), bias is null ? null : KnownShift.Of(bias, outputs), shape);
            return;
        }

        // Weight and bias are learned as they are in the file, so what multiplies them is a step of its own.
        Node product = !hasWeight ? Pairs(call, left, Turned(call, right, isTurned), rows, inner, outputs)
            : left.IsKnown ? OfColumns(call, left, Turned(call, right, isTurned), outputs)
            : OfRows(call, left, new Factor(right, outputs, inner, !isTurned), rows);
        product = alpha == 1 ? product : call.Builder.Elementwise(call.NameOf("z"), alpha * Expr.X, [alpha], [product]);
        var result = new ImportedValue(shape.ToEquatableArray()) { Node = product };
        if (bias is not null)
        {
            ImportedValue added = hasWeight && bias.IsKnown ? bias with { Node = ImportedParameters.Shift(call.Importer, bias) } : bias;
            result = Combine(call, new BinaryFormula(Expr.X + (beta * Expr.Y), 1, beta, null), result, added, call.NameOf("z"));
        }

        call.Return(result);
    }

    private static ImportedValue Turned(OperatorCall call, ImportedValue matrix, bool isTurned) =>
        isTurned && matrix.Rank == 2 ? Transposed(call, matrix) : matrix;

    // W·x for each row of the input.
    private static Node OfRows(OperatorCall call, ImportedValue input, Factor weight, int rows)
    {
        call.Importer.BeginLayer();
        SharedMatrix w = weight.InFile.Shared(call.Importer, weight.InFile.Value.Initializer);
        string z = "z" + Literal.Of(call.Importer.Layer);
        return PerGroup(call, input, rows, weight.Inputs, z, part => w.Times(call.Builder, z, part, null));
    }

    // W·X, column by column.
    private static Node OfColumns(OperatorCall call, ImportedValue weight, ImportedValue matrix, int columns)
    {
        (int rows, int inner) = (weight.Dimensions[0], weight.Dimensions[1]);
        ImportedValue turned = Transposed(call, matrix with { Dimensions = [inner, columns] });
        Node product = OfRows(call, turned, new Factor(weight, rows, inner, IsTransposed: false), columns);
        return Transposed(call, new ImportedValue([columns, rows]) { Node = product }).Node!;
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

        bool isOwn = weight.Value.TransposeOf is null && importer.IsReadOnce(weight.Value.Initializer);
        weight = weight.InFile;
        importer.BeginLayer();
        if (bias is null && importer.OnlyReader(output) is { } added && FollowingBias(importer, added, output, weight.Outputs, shape) is { } following)
        {
            bias = following;
            importer.Skip(added);
            output = added.Outputs[0];
        }

        float[]? weightScales = null;
        if (isOwn && importer.OnlyReader(output) is { Operator: "BatchNormalization", Domain: "" } normalization && normalization.Inputs[0] == output && shape is [_, var channels] && channels == weight.Outputs)
        {
            (float[] scales, float[] shifts) = BatchScales(new OperatorCall(importer, normalization), weight.Outputs);
            weightScales = scales;
            bias = new KnownShift([.. shifts.Select((s, o) => s + (scales[o] * (bias?.Values[o] ?? 0)))], bias?.Name ?? "", null);
            importer.Skip(normalization);
            output = normalization.Outputs[0];
        }

        string name = ImportedParameters.WeightBeside(bias?.Name ?? "", weight.Value.Initializer);
        SharedMatrix w = weightScales is null ? weight.Shared(importer, name) : new SharedMatrix(weight.Scaled(importer, weightScales, name), IsTransposed: false);
        Node? b = bias is null ? null
            : bias.Value is { } shared ? ImportedParameters.Shift(importer, shared)
            : ImportedParameters.Shift(importer, bias.Values, bias.Name);
        string z = importer.NameOf("z", output);
        Node result = PerGroup(call, input, rows, weight.Inputs, z, part => w.Times(call.Builder, rows == 1 ? z : "z" + Literal.Of(importer.Layer), part, b));
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
        return importer.IsDefined(other) && importer.Value(other) is { Known: not null } value
            && value.Count == outputs && value.Rank <= shape.Length && (outputs == 1 || (value.Dimensions[value.Rank - 1] == outputs && shape[shape.Length - 1] == outputs))
                ? KnownShift.Of(value, outputs)
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
        /// <summary>The same over the matrix that the file has, where it was transposed before.</summary>
        public Factor InFile => Value.TransposeOf is { } original ? this with { Value = original, IsTransposed = !IsTransposed } : this;

        /// <summary>The parameter, which other products may have too.</summary>
        public SharedMatrix Shared(OnnxImporter importer, string name) =>
            ImportedParameters.Matrix(importer, Value, Outputs, Inputs, IsTransposed, name);

        /// <summary>A parameter of its own with its rows multiplied.</summary>
        public Node Scaled(OnnxImporter importer, float[] scales, string name) =>
            ImportedParameters.Matrix(importer, Value, Outputs, Inputs, IsTransposed, scales, name);
    }

    /// <param name="Values">One for each output.</param>
    /// <param name="Name">Of the initializer.</param>
    /// <param name="Value">The initializer, where it is these values; null where they are made of it.</param>
    private sealed record KnownShift(float[] Values, string Name, ImportedValue? Value)
    {
        public static KnownShift Of(ImportedValue value, int outputs) => value.Count == outputs
            ? new KnownShift(value.Known!.Values.ToArray(), value.Initializer, value)
            : new KnownShift([.. Enumerable.Repeat(value.Known![0], outputs)], value.Initializer, null);
    }
}
