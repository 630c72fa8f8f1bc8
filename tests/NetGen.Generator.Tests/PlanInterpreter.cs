namespace NetGen.Generator.Tests;

/// <summary>
/// Runs a plan as it stands: statements over memory and locals, every operation rounded to float. It is as strict as
/// C# about scopes, and as spans about indices.
/// </summary>
internal sealed class PlanInterpreter(ClassPlan plan)
{
    private readonly Dictionary<string, float[]> _arguments = [];
    private readonly Dictionary<string, int> _indices = [];
    private readonly Stack<Dictionary<string, float>> _scopes = new();
    private IReadOnlyDictionary<string, TensorPlan> _tensors = new Dictionary<string, TensorPlan>();

    public float[] Parameters { get; } = new float[plan.ParameterCount];

    public float[] Constants { get; } = [.. plan.Network.Constants.SelectMany(c => ((ConstantVectorOp)c.Op).Values.Values.ToArray())];

    public float[] Gradients { get; } = new float[plan.ParameterCount];

    public float[] Scratch { get; } = new float[plan.ScratchLength];

    /// <summary>How often each elementary function was called.</summary>
    public Dictionary<string, int> Calls { get; } = [];

    public float[] this[string argument]
    {
        set => _arguments[argument] = value;
        get => _arguments[argument];
    }

    /// <summary>Runs the methods of an entry point; the result is what the last of them returns, or NaN.</summary>
    public float Run(string entryPoint, float learningRate = float.NaN)
    {
        float result = float.NaN;
        foreach (MethodPlan method in plan.Of(entryPoint))
        {
            _tensors = method.Tensors.ToDictionary(t => t.Name);
            _scopes.Clear();
            _scopes.Push(new() { [Programs.LearningRate] = learningRate });
            Run(method.Blocks.SelectMany(b => b.Statements));
            result = method.Returns is { } returned ? Get(returned) : float.NaN;
        }

        return result;
    }

    /// <summary>Runs statements that need no memory, and gives the value of an expression after them.</summary>
    public static (float Value, Dictionary<string, int> Calls) Evaluate(IEnumerable<Statement> statements, Expr value, IReadOnlyDictionary<string, float> locals)
    {
        var interpreter = new PlanInterpreter(Models.Plan(Models.Of("1-1")));
        interpreter._scopes.Push(new(locals));
        interpreter.Run(statements);
        return (interpreter.Evaluate(value), interpreter.Calls);
    }

    private void Run(IEnumerable<Statement> statements)
    {
        foreach (Statement statement in statements)
        {
            Run(statement);
        }
    }

    private void Run(Statement statement)
    {
        switch (statement)
        {
            case Statement.Declare d:
                Assert.False(_scopes.Any(s => s.ContainsKey(d.Local)), $"{d.Local} is declared twice");
                float first = Evaluate(d.Value);
                _scopes.Peek().Add(d.Local, first);
                Keep(d.Kept, first);
                break;
            case Statement.Set s:
                Dictionary<string, float> scope = _scopes.First(x => x.ContainsKey(s.Local));
                scope[s.Local] = Combine(scope[s.Local], s.Operator, Evaluate(s.Value));
                Keep(s.Kept, scope[s.Local]);
                break;
            case Statement.Store s:
                float value = Evaluate(s.Value);
                ref float place = ref Place(s.Target);
                place = Combine(place, s.Operator, value);
                break;
            case Statement.Loop l:
                for (int i = 0; i < l.Variable.Extent; i++)
                {
                    _scopes.Push([]);
                    _indices.Add(l.Variable.Name, i);
                    Run(l.Body);
                    _indices.Remove(l.Variable.Name);
                    _scopes.Pop();
                }

                break;
            default:
                throw new NotSupportedException(statement.ToString());
        }
    }

    private void Keep(Expr.Element? kept, float value)
    {
        if (kept is not null)
        {
            Place(kept) = value;
        }
    }

    private static float Combine(float old, AssignmentOperator @operator, float value) => @operator switch
    {
        AssignmentOperator.Add => old + value,
        AssignmentOperator.Subtract => old - value,
        _ => value,
    };

    private float Get(string local) =>
        (_scopes.FirstOrDefault(s => s.ContainsKey(local)) ?? throw new KeyNotFoundException($"{local} is not in scope"))[local];

    private ref float Place(Expr.Element element)
    {
        TensorPlan tensor = _tensors[element.Tensor];
        int index = element.Index.Offset + element.Index.Terms.Sum(t => t.Stride * _indices[t.Variable.Name]);
        Assert.InRange(index, 0, tensor.Shape.Count - 1);
        float[] memory = tensor.Space switch
        {
            TensorSpace.Parameters => Parameters,
            TensorSpace.Constants => Constants,
            TensorSpace.Gradients => Gradients,
            TensorSpace.Scratch => Scratch,
            _ => _arguments[tensor.Name],
        };
        return ref memory[tensor.Offset + index];
    }

    private float Evaluate(Expr e)
    {
        switch (e)
        {
            case Expr.Constant c:
                return c.Value;
            case Expr.Local l:
                return Get(l.Name);
            case Expr.Element element:
                return Place(element);
            case Expr.Binary b:
                (float left, float right) = (Evaluate(b.Left), Evaluate(b.Right));
                return b.Operator switch
                {
                    BinaryOperator.Add => left + right,
                    BinaryOperator.Subtract => left - right,
                    BinaryOperator.Multiply => left * right,
                    _ => left / right,
                };
            case Expr.Unary { Operator: UnaryOperator.Negate } u:
                return -Evaluate(u.Operand);
            case Expr.Unary { Operator: UnaryOperator.Sqrt } u:
                return MathF.Sqrt(Evaluate(u.Operand));
            case Expr.Unary { Operator: UnaryOperator.Abs } u:
                return MathF.Abs(Evaluate(u.Operand));
            case Expr.Select s:
                return Evaluate(s.Left) < Evaluate(s.Right) ? Evaluate(s.Then) : Evaluate(s.Otherwise);
            case Expr.FunctionCall f:
                Calls[f.Function] = Calls.GetValueOrDefault(f.Function) + 1;
                return FloatEvaluator.Compile(Functions.Get(f.Function))(Evaluate(f.Value));
            default:
                throw new NotSupportedException(e.ToString());
        }
    }
}
