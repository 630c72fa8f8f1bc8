namespace NetGen.Generator;

/// <summary>Prints statements over vectors, and over scalars beside them, which read memory through references.</summary>
internal sealed class VectorText(ConsumerModel consumer, bool rounds) : CSharpText(consumer, rounds: rounds)
{
    /// <summary>Names for what generated code calls most, declared at the head of the file.</summary>
    public const string Reference = "UnsafeRef";

    /// <summary>The method that counts a place from another.</summary>
    public const string ElementAt = "ElementAt";

    private const int Sum = 2;
    private const int Product = 3;
    private const int Primary = 5;

    private readonly bool _hasMultiplyAddEstimate = consumer.HasMultiplyAddEstimate;

    /// <summary>The alias of the vectors' static class.</summary>
    public static string Alias(int lanes) => "Simd" + Literal.Of(32 * lanes);

    /// <summary>The alias of the vectors' type; <c>var</c> may be a type of the user's.</summary>
    public static string Floats(int lanes) => "Floats" + Literal.Of(32 * lanes);

    /// <summary>Whether the processor has vectors of that length, as a condition that the just-in-time compiler knows.</summary>
    public static string Has(int lanes) => lanes == Piece.Longest ? "global::NetGen.CompilerServices.Processor.HasVector512" : Alias(lanes) + ".IsHardwareAccelerated";

    /// <summary>The method that repeats one number in all lanes; constants are written as the platform's own.</summary>
    public static string Splat(int lanes) => "Splat" + Literal.Of(32 * lanes);

    public static string Type(int lanes) =>
        lanes == 1 ? "float" : $"global::System.Runtime.Intrinsics.Vector{Literal.Of(32 * lanes)}<float>";

    /// <summary>An expression over vectors.</summary>
    public string Print(Expr value, int lanes) => lanes == 1 ? Print(value) : Vector(value, lanes, 0);

    protected override string Print(Expr.Element element) =>
        IsFirst(element) ? element.Tensor : $"{ElementAt}({At(element)})";

    protected override string Across(Expr.Across sum) => $"Sum({Print(sum.Value, sum.Lanes)})";

    protected override void Print(Statement statement, CodeWriter writer)
    {
        switch (statement)
        {
            case Statement.Declare { Lanes: > 1 } d:
                writer.Line($"{Floats(d.Lanes)} {d.Local} = {Print(d.Value, d.Lanes)};");
                break;
            case Statement.Set { Lanes: > 1 } s:
                writer.Line($"{s.Local} = {Print(s.Value, s.Lanes)};");
                break;
            case Statement.Store { Lanes: > 1 } s:
                writer.Line($"{Alias(s.Lanes)}.StoreUnsafe({Print(s.Value, s.Lanes)}, {At(s.Target)});");
                break;
            case Statement.Refer r:
                writer.Line($"ref float {r.Local} = ref {Print(r.Place)};");
                break;
            default:
                base.Print(statement, writer);
                break;
        }
    }

    protected override string Counter => "nuint";

    protected override string RowCount => VectorPlanner.RowCount;

    protected override string AsCounter(string number) => $"(nuint){number}";

    private static bool IsFirst(Expr.Element element) => element.Index is { IsConstant: true, Offset: 0 };

    private static string At(Expr.Element element) =>
        IsFirst(element) ? $"ref {element.Tensor}" : $"ref {element.Tensor}, {Place(element.Index)}";

    private string Vector(Expr value, int lanes, int context)
    {
        (string text, int precedence) = Parts(value, lanes);
        return precedence < context ? $"({text})" : text;
    }

    private (string Text, int Precedence) Parts(Expr value, int lanes)
    {
        string simd = Alias(lanes);
        return value switch
        {
            Expr.Constant c when Literal.IsZero(c.Value) => ($"{Floats(lanes)}.Zero", Primary),
            Expr.Constant c => ($"{simd}.Create({Print(c)})", Primary),
            Expr.Splat { Value: Expr.Constant c } => Parts(c, lanes),
            Expr.Splat { Value: Expr.Element e } when !IsFirst(e) => ($"{Splat(lanes)}({At(e)})", Primary),
            Expr.Splat s => ($"{Splat(lanes)}({Print(s.Value)})", Primary),
            Expr.Local l => (l.Name, Primary),
            Expr.Element e => ($"{simd}.LoadUnsafe({At(e)})", Primary),
            Expr.AcrossEach each => ($"SumEach({string.Join(", ", each.Values.Select(v => Vector(v, each.Lanes, 0)))})", Primary),
            Expr.MultiplyAdd m => (MultiplyAdd(m, lanes), Primary),
            Expr.FirstLanes f => ($"FirstLanes({Vector(f.Value, lanes, 0)}, {Literal.Of(f.Count)})", Primary),
            Expr.FunctionCall f => ($"{f.Function}({Vector(f.Value, lanes, 0)})", Primary),
            Expr.Select s when VectorCode.Bound(s) is { } bound => (Call(bound.Function, bound.Limit, bound.Value), Primary),
            Expr.Select s => (Call("ConditionalSelect", $"{Call("LessThan", s.Left, s.Right)}, {Vector(s.Then, lanes, 0)}, {Vector(s.Otherwise, lanes, 0)}"), Primary),
            Expr.Binary { Operator: BinaryOperator.Add } b => ($"{Vector(b.Left, lanes, Sum)} + {Vector(b.Right, lanes, Product)}", Sum),
            Expr.Binary { Operator: BinaryOperator.Subtract } b => ($"{Vector(b.Left, lanes, Sum)} - {Vector(b.Right, lanes, Product)}", Sum),
            Expr.Binary { Operator: BinaryOperator.Multiply } b => ($"{Vector(b.Left, lanes, Product)} * {Vector(b.Right, lanes, Product + 1)}", Product),
            Expr.Binary b => ($"{Vector(b.Left, lanes, Product)} / {Vector(b.Right, lanes, Product + 1)}", Product),
            Expr.Unary u => Unary(u),
            _ => throw new ArgumentException($"{value.GetType().Name} is no formula over vectors."),
        };

        string Call(string function, params object[] arguments) =>
            $"{simd}.{function}({string.Join(", ", arguments.Select(a => a is Expr e ? Vector(e, lanes, 0) : a))})";

        (string Text, int Precedence) Unary(Expr.Unary u)
        {
            string operand = Vector(u.Operand, lanes, 0);
            return u.Operator switch
            {
                UnaryOperator.Negate => ("-" + Vector(u.Operand, lanes, Primary), Product),
                UnaryOperator.Rounded => Parts(u.Operand, lanes),
                UnaryOperator.OneNaN => ($"OneNaN({operand})", Primary),
                UnaryOperator.Sqrt or UnaryOperator.Abs => ($"{simd}.{u.Operator}({operand})", Primary),

                // The last bits of n + 1.5·2²³ are n: they become the exponent.
                UnaryOperator.Pow2 => ($"{simd}.AsSingle({simd}.ShiftLeft({simd}.AsInt32({Vector(u.Operand, lanes, Sum)} + {simd}.Create(12583039f)), 23))", Primary),
                UnaryOperator.Exponent => ($"{simd}.ConvertToSingle({simd}.ShiftRightArithmetic({simd}.AsInt32({operand}) - {simd}.Create(0x3f3504f3), 23))", Primary),
                _ => ($"{simd}.AsSingle({simd}.AsInt32({operand}) - (({simd}.AsInt32({operand}) - {simd}.Create(0x3f3504f3)) & {simd}.Create(unchecked((int)0xff800000))))", Primary),
            };
        }
    }

    /// <summary>
    /// Whether multiply-adds are a method of the generated code: before .NET 9 vectors have none of their own, and that of
    /// four lanes is slow in browsers.
    /// </summary>
    public static bool HasOwnMultiplyAdd(bool hasMultiplyAddEstimate, int lanes) => !hasMultiplyAddEstimate || lanes == Piece.Shortest;

    private string MultiplyAdd(Expr.MultiplyAdd m, int lanes)
    {
        string function = HasOwnMultiplyAdd(_hasMultiplyAddEstimate, lanes) ? "MultiplyAdd" : $"{Alias(lanes)}.MultiplyAddEstimate";
        return $"{function}({Vector(m.Left, lanes, 0)}, {Vector(m.Right, lanes, 0)}, {Vector(m.Addend, lanes, 0)})";
    }
}
