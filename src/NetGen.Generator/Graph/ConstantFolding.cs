namespace NetGen.Generator;

/// <summary>
/// Computes operations whose inputs are known: each element from its definition in index notation, in float, with the
/// elementary functions that generated code has.
/// </summary>
internal static class ConstantFolding
{
    public static TensorData Evaluate(Op op, Shape shape, IReadOnlyList<Node> inputs)
    {
        var notation = new Memory(shape, inputs);
        op.Define(notation);
        return new TensorData(notation.Result);
    }

    /// <summary>A function of the catalogue, every operation rounded to float.</summary>
    public static float Evaluate(FunctionRow row, float x)
    {
        var locals = new Dictionary<string, float>();
        foreach (FunctionStep step in row.Steps)
        {
            locals[step.Name] = new Scope(x, locals, null).Evaluate(step.Value);
        }

        return new Scope(x, locals, null).Evaluate(row.Result);
    }

    /// <summary>A formula over one argument.</summary>
    public static float Evaluate(Expr formula, float x) => new Scope(x, new Dictionary<string, float>(), null).Evaluate(formula);

    // Carries assignments out as they are made.
    private sealed class Memory(Shape shape, IReadOnlyList<Node> inputs) : IIndexNotation
    {
        private readonly Dictionary<string, float> _locals = [];
        private readonly Dictionary<LoopVariable, int> _indices = [];

        public float[] Result { get; } = new float[shape.Count];

        public Shape Shape => shape;

        public int InputCount => inputs.Count;

        public Shape InputShape(int input) => inputs[input].Shape;

        public Expr Read(int input, params LoopVariable[] axes) => inputs[input].Op is ConstantOp constant
            ? constant.Value
            : ReadAt(input, Index.RowMajor(InputShape(input), axes));

        public Expr ReadAt(int input, Index place) => new Expr.Element(Literal.Of(input), place);

        public Expr ReadResult(params LoopVariable[] axes) => new Expr.Element("", Index.RowMajor(shape, axes));

        public Expr Let(string name, Expr value)
        {
            _locals[name] = Evaluate(value);
            return new Expr.Local(name);
        }

        public void Assign(LoopVariable[] axes, Expr value) =>
            AssignAt(axes.Length == 0 ? Index.At(0) : Index.RowMajor(shape, axes), axes, value);

        public void AssignAt(Index place, LoopVariable[] axes, Expr value) => Walk(axes, 0, () => Result[At(place)] = Evaluate(value));

        public float Element(Expr.Element element) =>
            element.Tensor.Length == 0 ? Result[At(element.Index)] : ((ConstantVectorOp)inputs[Number(element.Tensor)].Op).Values[At(element.Index)];

        public float Reduce(Expr.Reduce reduce)
        {
            bool isSum = reduce.Reduction == Reduction.Sum;
            float total = isSum ? 0 : float.NegativeInfinity;
            Walk([reduce.Over], 0, () =>
            {
                float term = Evaluate(reduce.Body);
                total = isSum ? total + term : total < term ? term : total;
            });
            return total;
        }

        private float Evaluate(Expr value) => new Scope(0, _locals, this).Evaluate(value);

        private void Walk(LoopVariable[] axes, int axis, Action action)
        {
            if (axis == axes.Length)
            {
                action();
                return;
            }

            for (int i = 0; i < axes[axis].Extent; i++)
            {
                _indices[axes[axis]] = i;
                Walk(axes, axis + 1, action);
            }
        }

        private int At(Index index)
        {
            int place = index.Offset;
            foreach (IndexTerm term in index.Terms)
            {
                place += term.Stride * _indices[term.Variable];
            }

            return place;
        }

        private static int Number(string tensor) => int.Parse(tensor, System.Globalization.CultureInfo.InvariantCulture);
    }

    private readonly struct Scope(float x, IReadOnlyDictionary<string, float> locals, Memory? memory)
    {
        public float Evaluate(Expr e) => e switch
        {
            Expr.Constant c => c.Value,
            Expr.Argument => x,
            Expr.Local l => locals[l.Name],
            Expr.Element element => memory!.Element(element),
            Expr.Reduce reduce => memory!.Reduce(reduce),
            Expr.Binary b => Apply(b.Operator, Evaluate(b.Left), Evaluate(b.Right)),
            Expr.Unary u => Apply(u.Operator, Evaluate(u.Operand)),
            Expr.Select s => Evaluate(s.Left) < Evaluate(s.Right) ? Evaluate(s.Then) : Evaluate(s.Otherwise),
            Expr.FunctionCall f => ConstantFolding.Evaluate(Functions.Get(f.Function), Evaluate(f.Value)),
            _ => throw new NotSupportedException($"A definition holds no {e.GetType().Name}."),
        };

        private static float Apply(BinaryOperator @operator, float a, float b) => @operator switch
        {
            BinaryOperator.Add => (float)(a + b),
            BinaryOperator.Subtract => (float)(a - b),
            BinaryOperator.Multiply => (float)(a * b),
            _ => (float)(a / b),
        };

        private static float Apply(UnaryOperator @operator, float a) => @operator switch
        {
            UnaryOperator.Negate => -a,
            UnaryOperator.Sqrt => (float)Math.Sqrt(a),
            UnaryOperator.Abs => Math.Abs(a),
            UnaryOperator.Rounded => (float)a,
            UnaryOperator.Pow2 => FloatOf(unchecked((int)a + 127) << 23),
            UnaryOperator.Exponent => ExponentOf(a),
            _ => FloatOf(unchecked(BitsOf(a) - (ExponentOf(a) << 23))),
        };

        private static int ExponentOf(float a) => unchecked(BitsOf(a) - BitsOf(0.70710678f)) >> 23;

        private static int BitsOf(float a) => BitConverter.ToInt32(BitConverter.GetBytes(a), 0);

        private static float FloatOf(int bits) => BitConverter.ToSingle(BitConverter.GetBytes(bits), 0);
    }
}
