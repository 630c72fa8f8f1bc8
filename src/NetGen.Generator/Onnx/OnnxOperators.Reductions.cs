namespace NetGen.Generator;

internal static partial class OnnxOperators
{
    private static Dictionary<string, Action<OperatorCall>> Reductions => new()
    {
        ["ReduceSum"] = call => Reduce(call, isMean: false, axesAreInputSince: 13),
        ["ReduceMean"] = call => Reduce(call, isMean: true, axesAreInputSince: 18),
    };

    private static void Reduce(OperatorCall call, bool isMean, int axesAreInputSince)
    {
        ImportedValue value = call.Floats(0);
        long[]? given = call.Integers("axes", 1, axesAreInputSince);
        if (given is null or [] && call.Integer("noop_with_empty_axes", 0) != 0)
        {
            call.Return(value);
            return;
        }

        HashSet<int> axes = given is null or [] ? [.. Enumerable.Range(0, value.Rank)] : [.. given.Select(axis => call.Axis(axis, value.Rank))];
        bool keepsAxes = call.Integer("keepdims", 1) != 0;
        IEnumerable<int> shape = keepsAxes
            ? value.Dimensions.Select((d, axis) => axes.Contains(axis) ? 1 : d)
            : value.Dimensions.Where((_, axis) => !axes.Contains(axis));
        call.Return(Reduce(call, value, axes, isMean, call.NameOf("m")), shape);
    }

    private static Node Reduce(OperatorCall call, ImportedValue value, ICollection<int> axes, bool isMean, string name)
    {
        GraphBuilder builder = call.Builder;
        SummedAxis[] walked = [.. value.Dimensions.Select((d, axis) => new SummedAxis(d, axes.Contains(axis))).Where(a => a.Extent > 1)];
        if (Array.TrueForAll(walked, a => a.IsSummed))
        {
            return builder.Add(name, new ReduceOp(isMean), [value.Node!]);
        }

        if (!Array.Exists(walked, a => a.IsSummed))
        {
            return value.Node!;
        }

        Node sum = builder.SumAxes(name, walked, call.Vector(value));
        float share = 1f / walked.Where(a => a.IsSummed).Aggregate(1, (n, a) => n * a.Extent);
        return isMean ? builder.Elementwise(name, share * Expr.X, [share], [sum]) : sum;
    }
}
