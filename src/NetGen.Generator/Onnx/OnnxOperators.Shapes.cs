namespace NetGen.Generator;

internal static partial class OnnxOperators
{
    private const int MostGathered = 4096;

    private static Dictionary<string, Action<OperatorCall>> Shapes => new()
    {
        ["Constant"] = Constant,
        ["ConstantOfShape"] = ConstantOfShape,
        ["Identity"] = call => call.Return(call.Input(0)),
        ["Dropout"] = Dropout,
        ["Cast"] = Cast,
        ["Shape"] = ShapeOf,
        ["Reshape"] = Reshape,
        ["Flatten"] = Flatten,
        ["Squeeze"] = Squeeze,
        ["Unsqueeze"] = Unsqueeze,
        ["Expand"] = Expand,
        ["Transpose"] = Transpose,
        ["Concat"] = Concat,
        ["Slice"] = Slice,
        ["Split"] = Split,
        ["Gather"] = Gather,
    };

    // ---- Constants.

    private static void Constant(OperatorCall call)
    {
        OnnxAttribute attribute = call.Node.Attributes.Count == 1 ? call.Node.Attributes.Values.First() : throw call.Error("it needs one attribute, its value");
        call.Return(attribute.Kind switch
        {
            OnnxAttributeKind.Tensor => call.Importer.Constant(attribute.Tensor!),
            OnnxAttributeKind.Float => new ImportedValue([]) { Node = call.Importer.Constant([attribute.Float]) },
            OnnxAttributeKind.Floats => new ImportedValue([attribute.Floats.Count]) { Node = call.Importer.Constant([.. attribute.Floats]) },
            OnnxAttributeKind.Integer => new ImportedValue([]) { Integers = [attribute.Integer] },
            OnnxAttributeKind.Integers => new ImportedValue([attribute.Integers.Count]) { Integers = [.. attribute.Integers] },
            _ => throw call.Error($"a constant of the kind {attribute.Kind} is not supported"),
        });
    }

    private static void ConstantOfShape(OperatorCall call)
    {
        int[] shape = Whole(call, call.Input(0).Integers ?? throw call.Error("the shape must be constant whole numbers"));
        OnnxTensor? value = call.Attribute("value", OnnxAttributeKind.Tensor)?.Tensor;
        int count = call.Count(shape);
        if (value is { Count: not 1 })
        {
            throw call.Error("the value must be one number");
        }

        call.Return(new ImportedValue(shape.ToEquatableArray()) with
        {
            Node = value is null or { IsFloat: true } ? call.Importer.Constant([.. Enumerable.Repeat(value?.Floats[0] ?? 0, count)]) : null,
            Integers = value is { IsFloat: false } ? [.. Enumerable.Repeat(value.Integers[0], count)] : null,
        });
    }

    private static void Cast(OperatorCall call)
    {
        ImportedValue value = call.Input(0);
        var to = (OnnxElementType)call.Integer("to", 0);
        bool toFloat = to is OnnxElementType.Float or OnnxElementType.Double;
        bool toInteger = to is OnnxElementType.Int64 or OnnxElementType.Int32;
        call.Return((value.Integers, value.Known) switch
        {
            (null, _) when toFloat => value with { IsWhole = false },
            (null, null) when toInteger => value.IsWhole ? value : value with { Node = call.Builder.Elementwise(call.NameOf("a"), CutOff, [0], [value.Node!]), IsWhole = true },
            ({ }, _) when toInteger => value,
            ({ } whole, _) when to == OnnxElementType.Bool => value with { Integers = [.. whole.Select(i => i == 0 ? 0L : 1)] },
            (_, { } known) when to == OnnxElementType.Bool => value with { Node = null, Integers = [.. known.Values.ToArray().Select(f => f == 0 ? 0L : 1)] },
            ({ } integers, _) when toFloat => value with { Integers = null, Node = call.Importer.Constant([.. integers.Select(i => (float)i)]) },
            (_, { } known) when toInteger => value with { Node = null, Integers = [.. known.Values.ToArray().Select(f => (long)f)] },
            _ => throw call.Error($"a conversion to {to} is not supported"),
        });
    }

    // Towards zero. A float from 2²³ on is a whole number; to a smaller one that is added, which rounds it to the nearest.
    private static Expr CutOff
    {
        get
        {
            const float Whole = 1 << 23;
            Expr length = Expr.Abs(Expr.X);
            Expr nearest = Expr.Rounded(Expr.Rounded(length + Whole) - Whole);
            Expr below = Expr.IfLess(length, nearest, nearest - 1, nearest);
            Expr cut = Expr.IfLess(length, Whole, below, length);
            return Expr.IfLess(Expr.X, 0, -cut, cut);
        }
    }

    private static void Dropout(OperatorCall call)
    {
        if (call.Has(2) && call.Input(2).Integers is not [0])
        {
            throw call.Error("training mode is not supported: export the model for inference");
        }

        call.Return(call.Input(0));
    }

    private static void ShapeOf(OperatorCall call)
    {
        ImportedValue value = call.Input(0);
        int start = Clamp(call.Integer("start", 0), value.Rank);
        int end = Clamp(call.Integer("end", value.Rank), value.Rank);
        long[] dimensions = [.. value.Dimensions.Skip(start).Take(Math.Max(0, end - start)).Select(d => (long)d)];
        call.Return(new ImportedValue([dimensions.Length]) { Integers = dimensions });
    }

    // ---- The same elements in another shape.

    private static void Reshape(OperatorCall call)
    {
        ImportedValue value = call.Input(0);
        long[] wanted = call.Input(1).Integers ?? throw call.Error("the shape must be constant whole numbers");
        bool keepsZero = call.Integer("allowzero", 0) != 0;
        var shape = new int[wanted.Length];
        int open = -1;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            shape[axis] = wanted[axis] switch
            {
                -1 when open < 0 => 1,
                0 when !keepsZero && axis < value.Rank => value.Dimensions[axis],
                > 0 and <= OnnxImporter.MostElements => (int)wanted[axis],
                _ => throw call.Error($"[{string.Join(", ", wanted)}] is no shape"),
            };
            open = wanted[axis] == -1 ? axis : open;
        }

        if (open >= 0)
        {
            shape[open] = Math.Max(1, value.Count / call.Count(shape));
        }

        call.Reshape(value, shape);
    }

    private static void Flatten(OperatorCall call)
    {
        ImportedValue value = call.Input(0);
        long axis = call.Integer("axis", 1);
        int at = axis == value.Rank ? value.Rank : call.Axis(axis, value.Rank);
        call.Reshape(value, [Product(value.Dimensions.Take(at)), Product(value.Dimensions.Skip(at))]);
    }

    private static void Squeeze(OperatorCall call)
    {
        ImportedValue value = call.Input(0);
        long[]? given = call.Integers("axes", 1, 13);
        HashSet<int> axes = given is null
            ? [.. Enumerable.Range(0, value.Rank).Where(axis => value.Dimensions[axis] == 1)]
            : [.. given.Select(axis => call.Axis(axis, value.Rank))];
        call.Reshape(value, [.. value.Dimensions.Where((_, axis) => !axes.Contains(axis))]);
    }

    private static void Unsqueeze(OperatorCall call)
    {
        ImportedValue value = call.Input(0);
        long[] given = call.Integers("axes", 1, 13) ?? throw call.Error("the axes are missing");
        int rank = value.Rank + given.Length;
        HashSet<int> axes = [.. given.Select(axis => call.Axis(axis, rank))];
        if (axes.Count < given.Length)
        {
            throw call.Error("an axis is there twice");
        }

        var old = new Queue<int>(value.Dimensions);
        call.Reshape(value, [.. Enumerable.Range(0, rank).Select(axis => axes.Contains(axis) ? 1 : old.Dequeue())]);
    }

    // ---- Elements in another order.

    private static void Expand(OperatorCall call)
    {
        ImportedValue value = call.Input(0);
        int[] wanted = Whole(call, call.Input(1).Integers ?? throw call.Error("the shape must be constant whole numbers"));
        call.Return(call.Broadcast(value, call.CommonShape(value, new ImportedValue(wanted.ToEquatableArray()))));
    }

    private static void Transpose(OperatorCall call)
    {
        ImportedValue value = call.Input(0);
        int[] order = [.. (call.Integers("perm") ?? [.. Enumerable.Range(0, value.Rank).Reverse().Select(axis => (long)axis)]).Select(axis => call.Axis(axis, value.Rank))];
        if (order.Distinct().Count() != value.Rank)
        {
            throw call.Error($"[{string.Join(", ", order)}] is no order of the axes of {value.Shape}");
        }

        if (order is [1, 0])
        {
            call.Return(Transposed(call, value));
            return;
        }

        int[] strides = StridedAxes.Strides(value.Dimensions);
        var places = StridedAxes.Of(0, order.Select(axis => new StridedAxis(value.Dimensions[axis], strides[axis])));
        call.Return(call.Take(value, places, order.Select(axis => value.Dimensions[axis]), "transposed", call.NameOf("v")));
    }

    /// <summary>A matrix with rows and columns exchanged.</summary>
    private static ImportedValue Transposed(OperatorCall call, ImportedValue matrix)
    {
        if (matrix.TransposeOf is { } original)
        {
            return original;
        }

        (int rows, int columns) = (matrix.Dimensions[0], matrix.Dimensions[1]);
        var places = StridedAxes.Of(0, [new StridedAxis(columns, 1), new StridedAxis(rows, columns)]);
        return call.Take(matrix, places, [columns, rows], "transposed", call.NameOf("v")) with { TransposeOf = matrix.Known is null ? null : matrix };
    }

    private static void Concat(OperatorCall call)
    {
        ImportedValue[] parts = [.. Enumerable.Range(0, call.InputCount).Select(call.Input)];
        call.Return(Join(call, parts, parts.Length == 0 ? throw call.Error("it has no inputs") : call.Axis(call.Integer("axis", 0), parts[0].Rank)));
    }

    private static ImportedValue Join(OperatorCall call, ImportedValue[] parts, int axis)
    {
        if (parts.Any(p => p.Rank != parts[0].Rank || p.Dimensions.Where((_, n) => n != axis).SequenceEqual(parts[0].Dimensions.Where((_, n) => n != axis)) is false))
        {
            throw call.Error($"{string.Join(", ", parts.Select(p => p.Shape))} do not fit along axis {Literal.Of(axis)}");
        }

        int[] shape = [.. parts[0].Dimensions];
        shape[axis] = (int)Math.Min(parts.Sum(p => (long)p.Dimensions[axis]), OnnxImporter.MostElements + 1);
        int length = call.Count(shape);
        int inner = Product(shape.Skip(axis + 1));
        int outer = Product(shape.Take(axis));
        var places = new List<StridedAxes>();
        int offset = 0;
        foreach (ImportedValue part in parts)
        {
            int run = part.Dimensions[axis] * inner;
            places.Add(StridedAxes.Of(offset, [new StridedAxis(outer, shape[axis] * inner), new StridedAxis(run, 1)]));
            offset += run;
        }

        var result = new ImportedValue(shape.ToEquatableArray()) { IsWhole = parts[0].IsWhole };
        if (parts.All(p => p.Integers is not null))
        {
            var integers = new long[length];
            foreach ((StridedAxes to, ImportedValue part) in places.Zip(parts, (to, part) => (to, part)))
            {
                foreach ((int place, long value) in to.Walk().Zip(part.Integers!, (place, value) => (place, value)))
                {
                    integers[place] = value;
                }
            }

            return result with { Integers = integers };
        }

        return parts.Any(p => p.Integers is not null || p.IsWhole != parts[0].IsWhole) ? throw call.Error("whole numbers and floats do not mix")
            : parts.Length == 1 ? parts[0]
            : result with { Node = call.Builder.Add(call.NameOf("j"), new AssembleOp(length, places.ToEquatableArray()), [.. parts.Select(call.Vector)]) };
    }

    private static void Slice(OperatorCall call)
    {
        ImportedValue value = call.Input(0);
        bool areInputs = call.Opset >= 10;
        long[] starts = Given("starts", 1) ?? throw call.Error("the starts are missing");
        long[] ends = Given("ends", 2) ?? throw call.Error("the ends are missing");
        long[] axes = Given("axes", 3) ?? [.. Enumerable.Range(0, starts.Length).Select(axis => (long)axis)];
        long[] steps = (areInputs ? Given("steps", 4) : null) ?? [.. starts.Select(_ => 1L)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length)
        {
            throw call.Error("starts, ends, axes and steps are not of one length");
        }

        if (axes.Select(axis => call.Axis(axis, value.Rank)).Distinct().Count() < axes.Length)
        {
            throw call.Error("an axis is there twice");
        }

        int[] strides = StridedAxes.Strides(value.Dimensions);
        int[] shape = [.. value.Dimensions];
        int[] moves = [.. strides];
        int offset = 0;
        for (int n = 0; n < starts.Length; n++)
        {
            int axis = call.Axis(axes[n], value.Rank);
            int length = value.Dimensions[axis] is > 0 and var positive ? positive : throw NothingLeft(axis);
            bool isBackward = steps[n] < 0;
            long step = steps[n] == 0 ? throw call.Error("a step of 0 never ends") : Math.Max(-length, Math.Min(length, steps[n]));
            int first = Bound(starts[n], isBackward ? 0 : 0, isBackward ? length - 1 : length);
            int last = Bound(ends[n], isBackward ? -1 : 0, isBackward ? length - 1 : length);
            long count = isBackward ? (first - last - step - 1) / -step : (last - first + step - 1) / step;
            if (count < 1)
            {
                throw NothingLeft(axis);
            }

            shape[axis] = (int)count;
            moves[axis] = strides[axis] * (int)step;
            offset += first * strides[axis];

            int Bound(long at, int low, int high) => (int)Math.Max(low, Math.Min(high, at < 0 && at >= -length ? at + length : at < 0 ? low : at));
        }

        var places = StridedAxes.Of(offset, shape.Select((extent, axis) => new StridedAxis(extent, moves[axis])));
        call.Return(call.Take(value, places, shape, "a slice", call.NameOf("v")));

        OnnxException NothingLeft(int axis) => call.Error($"nothing is left of axis {Literal.Of(axis)} of {value.Shape}");

        long[]? Given(string name, int input) => areInputs ? call.Integers(name, input, 10) : call.Integers(name);
    }

    private static void Split(OperatorCall call)
    {
        ImportedValue value = call.Input(0);
        int axis = call.Axis(call.Integer("axis", 0), value.Rank);
        int length = value.Dimensions[axis];
        int each = (length + call.OutputCount - 1) / Math.Max(1, call.OutputCount);
        long[] sizes = call.Integers("split", 1, 13) ?? [.. Enumerable.Range(0, call.OutputCount).Select(n => (long)Math.Min(each, length - (n * each)))];
        if (sizes.Length != call.OutputCount || sizes.Any(size => size < 1 || size > length) || sizes.Sum() != length)
        {
            throw call.Error($"[{string.Join(", ", sizes)}] does not split axis {Literal.Of(axis)} of {value.Shape} in {Literal.Of(call.OutputCount)}");
        }

        int at = 0;
        for (int output = 0; output < sizes.Length; output++)
        {
            call.Return(Part(call, value, axis, at, (int)sizes[output], call.NameOf("v", output)), output);
            at += (int)sizes[output];
        }
    }

    private static ImportedValue Part(OperatorCall call, ImportedValue value, int axis, int start, int count, string name)
    {
        int[] strides = StridedAxes.Strides(value.Dimensions);
        int[] shape = [.. value.Dimensions];
        shape[axis] = count;
        var places = StridedAxes.Of(start * strides[axis], shape.Select((extent, n) => new StridedAxis(extent, strides[n])));
        return call.Take(value, places, shape, "a slice", name);
    }

    private static void Gather(OperatorCall call)
    {
        ImportedValue value = call.Input(0);
        ImportedValue indices = call.Input(1);
        int axis = call.Axis(call.Integer("axis", 0), value.Rank);
        long[] wanted = indices.Integers ?? throw call.Error("the indices must be constant");
        if (wanted.Length is 0 or > MostGathered)
        {
            throw call.Error($"{Literal.Grouped(wanted.Length)} indices are not supported");
        }

        ImportedValue[] parts = [.. wanted.Select(at => Part(call, value, axis, call.Axis(at, value.Dimensions[axis]), 1, call.NameOf("v")))];
        ImportedValue all = Join(call, parts, axis);
        call.Reshape(all, [.. value.Dimensions.Take(axis), .. indices.Dimensions, .. value.Dimensions.Skip(axis + 1)]);
    }

    private static int[] Whole(OperatorCall call, long[] shape) =>
        [.. shape.Select(d => d is >= 1 and <= OnnxImporter.MostElements ? (int)d : throw call.Error($"[{string.Join(", ", shape)}] is no shape"))];

    private static int Product(IEnumerable<int> dimensions) => dimensions.Aggregate(1, (count, d) => count * d);

    private static int Clamp(long at, int rank) => (int)Math.Max(0, Math.Min(rank, at < 0 ? at + rank : at));
}
