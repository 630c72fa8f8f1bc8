using static NetGen.Generator.Expr;

namespace NetGen.Generator;

internal static partial class OnnxOperators
{
    // Comparisons and choices between values that the compiler knows: shapes, and constants.
    private static Dictionary<string, Action<OperatorCall>> Choices => new()
    {
        ["Less"] = call => Compare(call, (a, b) => a < b, (a, b) => a < b),
        ["LessOrEqual"] = call => Compare(call, (a, b) => a <= b, (a, b) => a <= b),
        ["Greater"] = call => Compare(call, (a, b) => a > b, (a, b) => a > b),
        ["GreaterOrEqual"] = call => Compare(call, (a, b) => a >= b, (a, b) => a >= b),
        ["Equal"] = call => Compare(call, (a, b) => a == b, (a, b) => a == b),
        ["And"] = call => Compare(call, (a, b) => a != 0 && b != 0, null),
        ["Or"] = call => Compare(call, (a, b) => a != 0 || b != 0, null),
        ["Not"] = call => call.Return(Truths(call) with { Integers = [.. Truths(call).Integers!.Select(i => i == 0 ? 1L : 0)] }),
        ["Where"] = Where,
        ["If"] = If,
        ["ArgMax"] = call => ArgMax(call, isLeast: false),
        ["ArgMin"] = call => ArgMax(call, isLeast: true),
    };

    private static void Compare(OperatorCall call, Func<long, long, bool> ofIntegers, Func<float, float, bool>? ofFloats)
    {
        (ImportedValue left, ImportedValue right) = (Known(call, 0), Known(call, 1));
        int[] shape = call.CommonShape(left, right);
        (left, right) = (call.Broadcast(left, shape), call.Broadcast(right, shape));
        IEnumerable<bool> truths = (left.Integers, right.Integers) switch
        {
            ({ } a, { } b) => a.Zip(b, ofIntegers),
            (null, null) when ofFloats is not null => left.Known!.Values.ToArray().Zip(right.Known!.Values.ToArray(), ofFloats),
            _ => throw call.Error("whole numbers and floats do not mix"),
        };
        call.Return(new ImportedValue(shape.ToEquatableArray()) { Integers = [.. truths.Select(t => t ? 1L : 0)] });
    }

    private static ImportedValue Known(OperatorCall call, int input) => call.Input(input) is { IsKnown: true } value
        ? value
        : throw call.Error($"input {Literal.Of(input)} is known only when the network runs: constants and shapes alone are supported here");

    private static ImportedValue Truths(OperatorCall call) => Known(call, 0) is { Integers: not null } truths
        ? truths
        : throw call.Error("input 0 is of floats, where booleans are supported");

    private static void Where(OperatorCall call)
    {
        ImportedValue condition = Truths(call);
        (ImportedValue then, ImportedValue otherwise) = (call.Input(1), call.Input(2));
        int[] shape = call.CommonShape(new ImportedValue(call.CommonShape(condition, then).ToEquatableArray()), otherwise);
        condition = call.Broadcast(condition, shape);
        (then, otherwise) = (call.Broadcast(then, shape), call.Broadcast(otherwise, shape));
        if (then.Integers is null != otherwise.Integers is null || then.IsWhole != otherwise.IsWhole)
        {
            throw call.Error("whole numbers and floats do not mix");
        }

        long[] truths = condition.Integers!;
        if (then.Integers is { } a && otherwise.Integers is { } b)
        {
            call.Return(then with { Integers = [.. truths.Select((t, i) => t != 0 ? a[i] : b[i])], Initializer = "" });
        }
        else if (Array.TrueForAll(truths, t => t != 0) || Array.TrueForAll(truths, t => t == 0))
        {
            call.Return(truths[0] != 0 ? then : otherwise);
        }
        else
        {
            Node mask = call.Importer.Constant([.. truths.Select(t => t != 0 ? 1f : 0)]);
            Node chosen = call.Builder.Elementwise(
                call.NameOf("a"), IfLess(Z, 0.5f, Y, X), [IfLess(Z, 0.5f, 0, 1), IfLess(Z, 0.5f, 1, 0), 0], [call.Vector(then), call.Vector(otherwise), mask]);
            call.Return(then with { Node = chosen, Initializer = "" });
        }
    }

    // The branch that is taken, as if its nodes stood here. The other one may be anything.
    private static void If(OperatorCall call)
    {
        ImportedValue condition = Truths(call);
        string name = condition.Integers is [var truth] ? truth != 0 ? OnnxNode.Then : OnnxNode.Else : throw call.Error("the condition must be one boolean");
        OnnxGraph branch = call.Node.Branches.TryGetValue(name, out OnnxGraph? graph) ? graph : throw call.Error($"attribute '{name}' is missing");
        if (branch.Outputs.Count != call.OutputCount)
        {
            throw call.Error($"'{name}' has {Literal.Of(branch.Outputs.Count)} outputs, the node has {Literal.Of(call.OutputCount)}");
        }

        call.Importer.ImportBranch(branch, call);
        for (int output = 0; output < call.OutputCount; output++)
        {
            call.Return(call.Importer.Value(branch.Outputs[output].Name), output);
        }
    }

    // Neighbours are compared, then those that are left, and so on: the first of several that are the greatest stays the first.
    private static void ArgMax(OperatorCall call, bool isLeast)
    {
        ImportedValue value = call.Floats(0);
        int axis = value.Rank == 0 ? 0 : call.Axis(call.Integer("axis", 0), value.Rank);
        bool isLast = call.Integer("select_last_index", 0) != 0;
        int length = value.Rank == 0 ? 1 : value.Dimensions[axis];
        int outer = Product(value.Dimensions.Take(axis));
        int inner = value.Count / length / outer;
        ImportedValue values = value with { Dimensions = new[] { outer, length, inner }.ToEquatableArray(), Initializer = "" };
        ImportedValue places = values with { Node = call.Importer.Constant([.. Enumerable.Range(0, value.Count).Select(i => (float)(i / inner % length))]) };
        Expr Later(Expr second, Expr first) => (isLeast, isLast) switch
        {
            (false, false) => IfLess(X, Y, second, first),
            (false, true) => IfLess(Y, X, first, second),
            (true, false) => IfLess(Y, X, second, first),
            (true, true) => IfLess(X, Y, first, second),
        };
        while (length > 1)
        {
            int pairs = length / 2;
            Node[] read = [Every(values, 0), Every(values, 1), Every(places, 0), Every(places, 1)];
            (Expr third, Expr fourth) = (new Argument(2), new Argument(3));
            Node best = call.Builder.Elementwise(call.NameOf("m"), Later(Y, X), [Later(0, 1), Later(1, 0)], [read[0], read[1]]);
            Node place = call.Builder.Elementwise(call.NameOf("i"), Later(fourth, third), [0, 0, Later(0, 1), Later(1, 0)], read);
            values = Rest(values, best);
            places = Rest(places, place);
            length -= pairs;

            // Every second from the first or the second on.
            Node Every(ImportedValue of, int first) => call.Vector(call.Take(
                of, StridedAxes.Of(first * inner, [new(outer, length * inner), new(pairs, 2 * inner), new(inner, 1)]), [outer, pairs, inner], "every second", call.NameOf("v")));

            // One that has no neighbour goes on as it is.
            ImportedValue Rest(ImportedValue of, Node made)
            {
                var result = new ImportedValue(new[] { outer, pairs, inner }.ToEquatableArray()) { Node = made };
                return length % 2 == 0 ? result : Join(call, [result, Part(call, of, 1, length - 1, 1, call.NameOf("v"))], 1);
            }
        }

        bool keepsAxes = call.Integer("keepdims", 1) != 0;
        call.Reshape(places with { IsWhole = true }, [.. value.Dimensions.Select((d, n) => n == axis ? 1 : d).Where((_, n) => keepsAxes || n != axis)]);
    }
}
