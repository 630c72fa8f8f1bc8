namespace NetGen.Generator;

/// <summary>Prints formulas as a textbook would, for comments: <c>da1·(1 − a1²)</c>.</summary>
internal static class MathText
{
    private const int Sum = 1;
    private const int Product = 2;
    private const int Power = 3;

    public static string Number(float value) => (Fraction(value) ?? Literal.Digits(value)).Replace('-', '−');

    /// <param name="arguments">The names of the formula's arguments.</param>
    public static string Print(Expr expr, IReadOnlyList<string> arguments) => new Printer(arguments).Print(expr, 0);

    // 0.6666667 is 2/3: a mean over three outputs.
    private static string? Fraction(float value)
    {
        string digits = Literal.Digits(value);
        for (int over = 1; over <= 2 && digits.Length > 8; over++)
        {
            double under = Math.Round(over / Math.Abs((double)value));
            if (under is > 1 and < 1e6 && (float)(over / under) == Math.Abs(value))
            {
                return $"{(value < 0 ? "-" : "")}{Literal.Of(over)}/{Literal.Of((int)under)}";
            }
        }

        return null;
    }

    private sealed class Printer(IReadOnlyList<string> arguments)
    {
        public string Print(Expr expr, int context)
        {
            (string text, int precedence) = Parts(expr);
            return precedence < context ? $"({text})" : text;
        }

        private (string Text, int Precedence) Parts(Expr expr) => expr switch
        {
            Expr.Constant c => (Number(c.Value), c.Value < 0 ? Sum : Fraction(c.Value) is null ? Power : Product),
            Expr.Argument a => (arguments[a.Index], PrecedenceOf(arguments[a.Index])),
            Expr.Local l => (l.Name, Power),
            Expr.Binary { Operator: BinaryOperator.Multiply } m when m.Left == m.Right => (Print(m.Left, Power) + "²", Power),
            Expr.Binary b => Binary(b),
            Expr.Unary { Operator: UnaryOperator.Negate } n => ("−" + Print(n.Operand, Product), Sum),
            Expr.Unary { Operator: UnaryOperator.Sqrt } s => ("√" + Print(s.Operand, Power), Power),
            Expr.Unary { Operator: UnaryOperator.Abs } u => ($"|{Print(u.Operand, 0)}|", Power),
            Expr.Unary { Operator: UnaryOperator.Rounded or UnaryOperator.OneNaN } u => Parts(u.Operand),
            Expr.Unary { Operator: UnaryOperator.Pow2 } u => ($"2^{Print(u.Operand, Power)}", Power),
            Expr.Unary { Operator: UnaryOperator.Exponent } u => ($"exponent({Print(u.Operand, 0)})", Power),
            Expr.Unary { Operator: UnaryOperator.Significand } u => ($"significand({Print(u.Operand, 0)})", Power),
            Expr.FunctionCall f => ($"{Functions.Get(f.Function).Symbol}({Print(f.Value, 0)})", Power),
            Expr.Select s when s.Then == s.Right && s.Otherwise == s.Left => ($"max({Print(s.Left, 0)}, {Print(s.Right, 0)})", Power),
            Expr.Select s when s.Then == s.Left && s.Otherwise == s.Right => ($"min({Print(s.Left, 0)}, {Print(s.Right, 0)})", Power),
            Expr.Select s when s == Expr.Max(s.Left, s.Right) => ($"max({Print(s.Left, 0)}, {Print(s.Right, 0)})", Power),
            Expr.Select s when s == Expr.Min(s.Right, s.Left) => ($"min({Print(s.Right, 0)}, {Print(s.Left, 0)})", Power),
            Expr.Select { Then: Expr.Binary product } s when s == Expr.TimesUnlessZero(product.Left, product.Right) => Parts(product),
            Expr.Select s => Select(s),
            _ => throw new ArgumentException($"{expr.GetType().Name} is no formula."),
        };

        private (string Text, int Precedence) Select(Expr.Select s) => s switch
        {
            { Otherwise: Expr.Select high } when s.Then == s.Right && high.Right == s.Left && high.Otherwise == s.Left && high.Then == high.Left =>
                ($"clamp({Print(s.Left, 0)}, {Print(s.Right, 0)}, {Print(high.Left, 0)})", Power),
            { Then: Expr.Select high } when high.Left == s.Right && high.Otherwise == s.Otherwise =>
                ($"{Print(high.Then, Sum)} if {Print(s.Left, Sum)} < {Print(s.Right, Sum)} < {Print(high.Right, Sum)} else {Print(s.Otherwise, Sum)}", 0),
            _ => ($"{Print(s.Then, Sum)} if {Print(s.Left, Sum)} < {Print(s.Right, Sum)} else {Print(s.Otherwise, Sum)}", 0),
        };

        private (string Text, int Precedence) Binary(Expr.Binary b) => b.Operator switch
        {
            BinaryOperator.Multiply when b.Left is Expr.Constant { Value: < 0 } c => ("−" + Print(-c.Value * b.Right, Product), Sum),
            BinaryOperator.Add => ($"{Print(b.Left, Sum)} + {Print(b.Right, Sum)}", Sum),
            BinaryOperator.Subtract => ($"{Print(b.Left, Sum)} − {Print(b.Right, Product)}", Sum),
            BinaryOperator.Multiply => ($"{Print(b.Left, Product)}·{Print(b.Right, Product)}", Product),
            _ => ($"{Print(b.Left, Product)} / {Print(b.Right, Power)}", Product),
        };

        // An argument may be a formula itself.
        private static int PrecedenceOf(string text)
        {
            int depth = 0;
            int precedence = Power;
            for (int i = 0; i < text.Length; i++)
            {
                depth += text[i] is '(' ? 1 : text[i] is ')' ? -1 : 0;
                if (depth > 0)
                {
                    continue;
                }

                precedence = Math.Min(precedence, text[i] switch
                {
                    '<' or '=' => 0,
                    '+' or '−' => Sum,
                    '·' or '/' => Product,
                    _ => Power,
                });
            }

            return precedence;
        }
    }
}
