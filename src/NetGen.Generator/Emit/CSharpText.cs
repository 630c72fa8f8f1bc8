namespace NetGen.Generator;

/// <summary>Prints expressions and statements as scalar C# of one precision.</summary>
/// <param name="rounds">
/// Each operation is cast to float: runtimes may compute with more digits than the type has, but not beyond a cast.
/// </param>
internal class CSharpText(ConsumerModel consumer, bool isDouble = false, bool rounds = false)
{
    private const int Comparison = 1;
    private const int Sum = 2;
    private const int Product = 3;
    private const int Cast = 4;
    private const int Primary = 5;

    /// <summary>Longer lines are broken where they can be.</summary>
    public const int LongestLine = 110;

    private const string Bits = "global::NetGen.CompilerServices.Bits";

    public string Print(Expr expr) => Print(expr, 0);

    public void Print(IReadOnlyList<Statement> statements, CodeWriter writer)
    {
        for (int i = 0; i < statements.Count; i++)
        {
            Print(statements[i], writer);
            if (statements[i] is Statement.Loop or Statement.RowLoop or Statement.Block && i + 1 < statements.Count)
            {
                writer.Line();
            }
        }
    }

    protected virtual void Print(Statement statement, CodeWriter writer)
    {
        switch (statement)
        {
            case Statement.Declare d:
                writer.Line(Assignment($"float {d.Local} = {Kept(d.Kept)}", d.Value));
                break;
            case Statement.Set { Operator: not AssignmentOperator.Assign } s when rounds:
                BinaryOperator operation = s.Operator == AssignmentOperator.Add ? BinaryOperator.Add : BinaryOperator.Subtract;
                Print(s with { Operator = AssignmentOperator.Assign, Value = new Expr.Binary(operation, new Expr.Local(s.Local), s.Value) }, writer);
                break;
            case Statement.Set s:
                writer.Line(Assignment($"{s.Local} {Operator(s.Operator)} {Kept(s.Kept)}", s.Value));
                break;
            case Statement.Store s:
                writer.Line(Assignment($"{Print(s.Target)} {Operator(s.Operator)} ", s.Value));
                break;
            case Statement.Loop l:
                string v = l.Variable.Name;
                (string first, string end) = l.IsPart ? (AsCounter(OptimizerSteps.First), AsCounter(OptimizerSteps.End)) : (Literal.Of(l.From), Literal.Of(l.To));
                Braces(l.Body, $"for ({Counter} {v} = {first}; {v} < {end}; {Step(v, l.Step)})", writer);
                break;
            case Statement.RowLoop r:
                string row = r.Variable.Name;
                string from = r.RestOf == 0 ? "0" : $"{RowCount} / {Literal.Of(r.RestOf)} * {Literal.Of(r.RestOf)}";
                string to = r.Tile == 1 ? row : $"{row} + {Literal.Of(r.Tile)}";
                Braces(r.Body, $"for ({Counter} {row} = {from}; {to} {(r.Tile == 1 ? "<" : "<=")} {RowCount}; {Step(row, r.Tile)})", writer);
                break;
            case Statement.ReturnUnlessBelow r:
                Print(r, writer);
                break;
            case Statement.Block b:
                Braces(b.Body, b.Condition is { } condition ? $"if ({(b.IsOtherwise ? "!" : "")}{condition})" : "", writer);
                break;
        }
    }

    /// <summary>The value itself where it is not finite, which NaN is not below anything for.</summary>
    public static void Print(Statement.ReturnUnlessBelow stop, CodeWriter writer)
    {
        using (writer.Braces($"if (!({stop.Local} < {Literal.Of(stop.Limit)}))"))
        {
            writer.Line($"return {(float.IsInfinity(stop.Limit) ? stop.Local : "float.NaN")};");
        }
    }

    /// <summary>What loops count with.</summary>
    protected virtual string Counter => "int";

    /// <summary>How many rows a batch has.</summary>
    protected virtual string RowCount => $"(int){VectorPlanner.RowCount}";

    /// <summary>A number that the caller gives as an int.</summary>
    protected virtual string AsCounter(string number) => number;

    private void Braces(EquatableArray<Statement> body, string header, CodeWriter writer)
    {
        using (header.Length > 0 ? writer.Braces(header) : writer.Braces())
        {
            Print(body, writer);
        }
    }

    private static string Step(string variable, int step) => step == 1 ? $"{variable}++" : $"{variable} += {Literal.Of(step)}";

    // A sum that is too long for a line goes over several, with as many terms on each.
    protected string Assignment(string start, Expr value)
    {
        string line = $"{start}{Print(value)};";
        if (line.Length <= LongestLine || rounds)
        {
            return line;
        }

        List<string> terms = Terms(value);
        int perLine = 8;
        while (perLine > 1 && perLine * (terms.Max(t => t.Length) + 1) > LongestLine)
        {
            perLine /= 2;
        }

        // b + Σ: the first term stands alone.
        int onFirst = (terms.Count - 1) % perLine == 0 ? 1 : perLine;
        IEnumerable<string> rest = terms.Skip(onFirst)
            .Select((term, i) => (term, i))
            .GroupBy(t => t.i / perLine, t => t.term)
            .Select(g => "\n    " + string.Join(" ", g));
        return $"{start}{string.Join(" ", terms.Take(onFirst))}{string.Concat(rest)};";
    }

    private List<string> Terms(Expr value)
    {
        if (value is not Expr.Binary { Operator: BinaryOperator.Add or BinaryOperator.Subtract } b)
        {
            return [Print(value, Sum)];
        }

        List<string> terms = Terms(b.Left);
        terms.Add((b.Operator == BinaryOperator.Add ? "+ " : "- ") + Print(b.Right, Product));
        return terms;
    }

    protected static string Operator(AssignmentOperator @operator) => @operator switch
    {
        AssignmentOperator.Add => "+=",
        AssignmentOperator.Subtract => "-=",
        _ => "=",
    };

    protected static string Place(Index index)
    {
        // What goes backwards comes last: indices may be unsigned, and never fall below 0 on the way.
        IEnumerable<string> terms = index.Terms.Where(t => t.Stride >= 0).Select(Steps);
        string text = string.Join(" + ", index.Offset == 0 && index.Terms.Any(t => t.Stride >= 0) ? terms : terms.Append(Literal.Of(index.Offset)));
        text += string.Concat(index.Terms.Where(t => t.Stride < 0).Select(t => " - " + Steps(t)));
        return index.Terms.Count == 1 && index.Offset == 0 ? text.Trim('(', ')') : text;

        static string Steps(IndexTerm t) => System.Math.Abs(t.Stride) == 1 ? t.Variable.Name : $"({t.Variable.Name} * {Literal.Of(System.Math.Abs(t.Stride))})";
    }

    protected virtual string Print(Expr.Element element) => $"{element.Tensor}[{Place(element.Index)}]";

    protected virtual string Across(Expr.Across sum) => throw new ArgumentException("There are no vectors in scalar code.");

    private string Kept(Expr.Element? kept) => kept is null ? "" : Print(kept) + " = ";

    private string Print(Expr expr, int context)
    {
        (string text, int precedence) = Parts(expr);
        return precedence < context ? $"({text})" : text;
    }

    private (string Text, int Precedence) Parts(Expr expr) => expr switch
    {
        Expr.Binary b when rounds => ($"(float)({Operation(b).Text})", Cast),
        Expr.Constant c => (isDouble ? Literal.Of((double)(decimal)c.Value) : Literal.Of(c.Value), c.Value < 0 ? Product : Primary),
        Expr.Local l => (l.Name, Primary),
        Expr.Element e => (Print(e), Primary),
        Expr.Across a => (Across(a), Primary),

        // A single element beside vectors.
        Expr.MultiplyAdd m => Parts(new Expr.Binary(BinaryOperator.Add, new Expr.Binary(BinaryOperator.Multiply, m.Left, m.Right), m.Addend)),
        Expr.Binary b => Operation(b),
        Expr.Unary u => Unary(u),
        Expr.Select s => ($"{Print(s.Left, Comparison + 1)} < {Print(s.Right, Comparison + 1)} ? {Print(s.Then, Comparison)} : {Print(s.Otherwise, Comparison)}", 0),
        Expr.FunctionCall f => ($"{f.Function}({Print(f.Value)})", Primary),
        _ => throw new ArgumentException($"{expr.GetType().Name} must be lowered before it is printed."),
    };

    private (string Text, int Precedence) Operation(Expr.Binary b) => b.Operator switch
    {
        BinaryOperator.Add => ($"{Print(b.Left, Sum)} + {Print(b.Right, Product)}", Sum),
        BinaryOperator.Subtract => ($"{Print(b.Left, Sum)} - {Print(b.Right, Product)}", Sum),
        BinaryOperator.Multiply => ($"{Print(b.Left, Product)} * {Print(b.Right, Product + 1)}", Product),
        _ => ($"{Print(b.Left, Product)} / {Print(b.Right, Product + 1)}", Product),
    };

    private (string Text, int Precedence) Unary(Expr.Unary u) => u.Operator switch
    {
        UnaryOperator.Negate => ("-" + Print(u.Operand, Primary), Product),
        UnaryOperator.Sqrt => (Math("Sqrt", u.Operand), Primary),
        UnaryOperator.Abs => (Math("Abs", u.Operand), Primary),
        UnaryOperator.OneNaN => ($"{MemberWriter.CanonicalNaN}.Of({Print(u.Operand)})", Primary),
        UnaryOperator.Rounded when rounds => Parts(u.Operand),
        UnaryOperator.Rounded => ($"(float)({Print(u.Operand)})", Product),

        // The bits of floats are moved as whole numbers, which must wrap also where the user compiles with checks.
        UnaryOperator.Pow2 => ($"{Bits}.ToSingle(unchecked(((int){Print(u.Operand, Primary)} + 127) << 23))", Primary),
        UnaryOperator.Exponent => ($"(float)(unchecked({Bits}.ToInt32({Print(u.Operand)}) - 0x3f3504f3) >> 23)", Product),
        _ => ($"{Bits}.ToSingle(unchecked({Bits}.ToInt32({Print(u.Operand)}) - (({Bits}.ToInt32({Print(u.Operand)}) - 0x3f3504f3) & (int)0xff800000)))", Primary),
    };

    private string Math(string function, Expr operand) =>
        isDouble ? $"global::System.Math.{function}({Print(operand)})"
        : consumer.HasMathF ? $"global::System.MathF.{function}({Print(operand)})"
        : $"(float)global::System.Math.{function}({Print(operand)})";
}
