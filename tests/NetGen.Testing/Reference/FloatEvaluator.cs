using System.Linq.Expressions;
using NetGen.Generator;

namespace NetGen.Testing;

/// <summary>
/// Compiles the catalogue's formulas to delegates that round every operation to float, as generated scalar code
/// does. Pow2, Exponent and Significand give NaN outside of the arguments they are defined for, so that a program
/// that relies on what a platform happens to compute there comes out wrong.
/// </summary>
internal static class FloatEvaluator
{
    private static readonly Dictionary<string, Func<float, float>> Compiled = [];

    /// <summary>The function as a delegate.</summary>
    public static Func<float, float> Compile(FunctionRow row)
    {
        lock (Compiled)
        {
            if (!Compiled.TryGetValue(row.Name, out Func<float, float>? function))
            {
                function = CompileProgram(row);
                Compiled.Add(row.Name, function);
            }

            return function;
        }
    }

    /// <summary>A formula over <see cref="Expr.X"/>, <see cref="Expr.Y"/> and <see cref="Expr.Z"/>.</summary>
    public static Func<float, float, float, float> Compile(Expr formula)
    {
        ParameterExpression[] arguments = [Argument("x"), Argument("y"), Argument("z")];
        Expression body = new Translator(arguments).Translate(formula);
        return Expression.Lambda<Func<float, float, float, float>>(body, arguments).Compile();
    }

    private static Func<float, float> CompileProgram(FunctionRow row)
    {
        ParameterExpression x = Argument("x");
        var translator = new Translator([x]);
        List<Expression> statements = [.. row.Steps.Select(translator.Assign), translator.Translate(row.Result)];
        Expression body = Expression.Block(translator.Locals, statements);
        return Expression.Lambda<Func<float, float>>(body, x).Compile();
    }

    private static ParameterExpression Argument(string name) => Expression.Parameter(typeof(float), name);

    private static float Pow2(float n) =>
        n is >= -126 and <= 127 && n == MathF.Floor(n) ? BitConverter.Int32BitsToSingle(((int)n + 127) << 23) : float.NaN;

    private static float Exponent(float a) => float.IsNormal(a) && a > 0 ? ExponentOf(a) : float.NaN;

    private static float Significand(float a) => float.IsNormal(a) && a > 0
        ? BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(a) - (ExponentOf(a) << 23))
        : float.NaN;

    private static int ExponentOf(float a)
    {
        int sqrtHalf = BitConverter.SingleToInt32Bits(0.70710678f);
        return (BitConverter.SingleToInt32Bits(a) - sqrtHalf) >> 23;
    }

    private sealed class Translator(ParameterExpression[] arguments)
    {
        private readonly Dictionary<string, ParameterExpression> _locals = [];

        public IEnumerable<ParameterExpression> Locals => _locals.Values;

        public Expression Assign(FunctionStep step)
        {
            // The value comes first: a step may not read itself.
            Expression value = Translate(step.Value);
            ParameterExpression local = Expression.Variable(typeof(float), step.Name);
            _locals.Add(step.Name, local);
            return Expression.Assign(local, value);
        }

        public Expression Translate(Expr e) => e switch
        {
            Expr.Constant c => Expression.Constant(c.Value),
            Expr.Argument a => arguments[a.Index],
            Expr.Local l => _locals[l.Name],
            Expr.Unary u => Translate(u.Operator, Translate(u.Operand)),
            Expr.Binary b => Translate(b.Operator, Translate(b.Left), Translate(b.Right)),
            Expr.Select s => Expression.Condition(
                Expression.LessThan(Translate(s.Left), Translate(s.Right)),
                Translate(s.Then),
                Translate(s.Otherwise)),
            Expr.FunctionCall c => Expression.Invoke(
                Expression.Constant(Compile(Functions.Get(c.Function))),
                Translate(c.Value)),
            _ => throw new NotSupportedException($"A formula cannot contain {e}."),
        };

        private static Expression Translate(UnaryOperator op, Expression a) => op switch
        {
            UnaryOperator.Negate => Expression.Negate(a),
            UnaryOperator.Sqrt => Expression.Call(((Func<float, float>)MathF.Sqrt).Method, a),
            UnaryOperator.Abs => Expression.Call(((Func<float, float>)MathF.Abs).Method, a),
            UnaryOperator.Rounded => a,
            UnaryOperator.Pow2 => Expression.Call(((Func<float, float>)Pow2).Method, a),
            UnaryOperator.Exponent => Expression.Call(((Func<float, float>)Exponent).Method, a),
            UnaryOperator.Significand => Expression.Call(((Func<float, float>)Significand).Method, a),
            _ => throw new NotSupportedException($"No meaning is known for {op}."),
        };

        private static BinaryExpression Translate(BinaryOperator op, Expression a, Expression b) => op switch
        {
            BinaryOperator.Add => Expression.Add(a, b),
            BinaryOperator.Subtract => Expression.Subtract(a, b),
            BinaryOperator.Multiply => Expression.Multiply(a, b),
            BinaryOperator.Divide => Expression.Divide(a, b),
            _ => throw new NotSupportedException($"No meaning is known for {op}."),
        };
    }
}
