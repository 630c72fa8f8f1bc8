using NetGen.Generator;

namespace NetGen.Testing.Reference;

/// <summary>
/// Evaluates a graph in double, each operation from its meaning: it shares no code with the planner and the
/// emitter, nor with how operations define themselves for them.
/// </summary>
internal static class ReferenceInterpreter
{
    /// <summary>The values of all nodes that follow from the sources that are given.</summary>
    /// <param name="graph">What to evaluate.</param>
    /// <param name="sources">The values of inputs and parameters, row-major. A node that needs a missing one is left out.</param>
    public static IReadOnlyDictionary<Node, double[]> Evaluate(Graph graph, IReadOnlyDictionary<Node, double[]> sources)
    {
        var values = new Dictionary<Node, double[]>();
        foreach (Node node in graph.Nodes)
        {
            if (node.Op is InputOp or ParameterOp)
            {
                if (sources.TryGetValue(node, out double[]? given))
                {
                    Require(given.Length == node.Shape.Count, $"{node.Name} needs {node.Shape.Count} numbers, not {given.Length}.");
                    values.Add(node, given);
                }

                continue;
            }

            Node[] inputs = [.. graph.InputsOf(node)];
            if (inputs.All(values.ContainsKey))
            {
                double[] value = Evaluate(node, [.. inputs.Select(i => values[i])]);
                Require(value.Length == node.Shape.Count, $"{node.Name} has shape {node.Shape}, not {value.Length} numbers.");
                values.Add(node, value);
            }
        }

        return values;
    }

    /// <summary>
    /// How near the values come to a point where a slope jumps: the smallest difference between the sides of any
    /// comparison in a slope. Within rounding of such a point, float and double take different sides.
    /// </summary>
    public static double DistanceToKinks(Graph graph, IReadOnlyDictionary<Node, double[]> values)
    {
        double distance = double.PositiveInfinity;
        foreach (Node node in graph.Nodes)
        {
            if (node.Op is not ElementwiseOp op || !values.ContainsKey(node))
            {
                continue;
            }

            double[][] operands = [.. graph.InputsOf(node).Append(node).Select(n => values[n])];
            foreach (Expr.Select select in op.Slopes.SelectMany(s => s.Descend()).OfType<Expr.Select>())
            {
                for (int i = 0; i < node.Shape.Count; i++)
                {
                    double[] arguments = Element(operands, i);
                    distance = Math.Min(distance, Math.Abs(Evaluate(select.Left, arguments) - Evaluate(select.Right, arguments)));
                }
            }
        }

        return distance;
    }

    /// <summary>∂f/∂xᵢ for every i, by central differences.</summary>
    /// <param name="f">A smooth function.</param>
    /// <param name="x">Where. Unchanged after the call.</param>
    public static double[] Differences(Func<double> f, double[] x)
    {
        // The error of the method is of order h², that of rounding of order 1e-16 / h.
        const double Step = 6e-6;
        var slopes = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            double at = x[i];
            double h = Step * Math.Max(1, Math.Abs(at));
            x[i] = at + h;
            double above = f();
            x[i] = at - h;
            double below = f();
            x[i] = at;
            slopes[i] = (above - below) / (2 * h);
        }

        return slopes;
    }

    /// <summary>A formula of the catalogue.</summary>
    public static double Evaluate(Expr formula, IReadOnlyList<double> arguments)
    {
        double Visit(Expr e) => Evaluate(e, arguments);

        return formula switch
        {
            Expr.Constant c => c.Value,
            Expr.Argument a => arguments[a.Index],
            Expr.Binary { Operator: BinaryOperator.Add } b => Visit(b.Left) + Visit(b.Right),
            Expr.Binary { Operator: BinaryOperator.Subtract } b => Visit(b.Left) - Visit(b.Right),
            Expr.Binary { Operator: BinaryOperator.Multiply } b => Visit(b.Left) * Visit(b.Right),
            Expr.Binary { Operator: BinaryOperator.Divide } b => Visit(b.Left) / Visit(b.Right),
            Expr.Unary { Operator: UnaryOperator.Negate } u => -Visit(u.Operand),
            Expr.Unary { Operator: UnaryOperator.Sqrt } u => Math.Sqrt(Visit(u.Operand)),
            Expr.Unary { Operator: UnaryOperator.Abs } u => Math.Abs(Visit(u.Operand)),
            Expr.Unary { Operator: UnaryOperator.Rounded } u => (float)Visit(u.Operand),
            Expr.Select s => Visit(s.Left) < Visit(s.Right) ? Visit(s.Then) : Visit(s.Otherwise),
            Expr.FunctionCall c => ReferenceFunctions.Evaluate(c.Function, Visit(c.Value)),
            _ => throw new NotSupportedException($"The reference has no {formula}."),
        };
    }

    private static double[] Evaluate(Node node, double[][] v) => node.Op switch
    {
        ConstantOp constant => [constant.Value],
        AffineOp => [.. Rows(v[0], v[1].Length).Select((row, o) => Dot(row, v[1]) + (v.Length == 3 ? v[2][o] : 0))],
        TransposedProductOp => TransposedProduct(v[0], v[1]),
        OuterProductOp => [.. v[0].SelectMany(u => v[1].Select(w => u * w))],
        ReduceOp reduce => [reduce.IsMean ? v[0].Average() : v[0].Sum()],
        BroadcastOp => [.. Enumerable.Repeat(v[0][0], node.Shape.Count)],
        ElementwiseOp op => [.. Enumerable.Range(0, node.Shape.Count).Select(i => Evaluate(op.Value, Element(v, i)))],
        SoftmaxOp => Softmax(v[0]),
        LogSoftmaxOp => LogSoftmax(v[0]),
        ViewOp view => [.. Walk(view.Places).Select(place => v[0][place])],
        AxisSumOp sum => AxisSum(sum.Axes, v[0]),
        AssembleOp assemble => Assemble(assemble, v),
        ConstantVectorOp vector => [.. vector.Values.Values.ToArray().Select(x => (double)x)],
        SoftmaxCrossEntropyOp => [-v[2].Zip(LogSoftmax(v[0]), (t, log) => t * log).Sum()],
        _ => throw new NotSupportedException($"The reference has no {node.Op.GetType().Name}."),
    };

    private static IEnumerable<int> Walk(StridedAxes places)
    {
        for (int n = 0; n < places.Count; n++)
        {
            int place = places.Offset, rest = n;
            foreach (StridedAxis axis in places.Axes.Reverse())
            {
                place += rest % axis.Extent * axis.Stride;
                rest /= axis.Extent;
            }

            yield return place;
        }
    }

    private static double[] AxisSum(IReadOnlyList<SummedAxis> axes, double[] x)
    {
        var sums = new double[axes.Where(a => !a.IsSummed).Aggregate(1, (n, a) => n * a.Extent)];
        for (int n = 0; n < x.Length; n++)
        {
            int place = 0, stride = 1, rest = n;
            foreach (SummedAxis axis in axes.Reverse())
            {
                place += axis.IsSummed ? 0 : rest % axis.Extent * stride;
                stride *= axis.IsSummed ? 1 : axis.Extent;
                rest /= axis.Extent;
            }

            sums[place] += x[n];
        }

        return sums;
    }

    private static double[] Assemble(AssembleOp op, double[][] parts)
    {
        var whole = new double[op.Length];
        for (int part = 0; part < parts.Length; part++)
        {
            foreach ((int place, double value) in Walk(op.Parts[part]).Zip(parts[part]))
            {
                whole[place] = value;
            }
        }

        return whole;
    }

    // A scalar stands for every element.
    private static double[] Element(double[][] operands, int i) => [.. operands.Select(o => o[o.Length == 1 ? 0 : i])];

    private static double Dot(ReadOnlySpan<double> u, ReadOnlySpan<double> v)
    {
        double sum = 0;
        for (int i = 0; i < u.Length; i++)
        {
            sum += u[i] * v[i];
        }

        return sum;
    }

    private static double[][] Rows(double[] matrix, int columns) => [.. matrix.Chunk(columns)];

    private static double[] TransposedProduct(double[] matrix, double[] v)
    {
        var product = new double[matrix.Length / v.Length];
        for (int place = 0; place < matrix.Length; place++)
        {
            product[place % product.Length] += matrix[place] * v[place / product.Length];
        }

        return product;
    }

    private static double[] Softmax(double[] z) => [.. LogSoftmax(z).Select(Math.Exp)];

    private static double[] LogSoftmax(double[] z)
    {
        double max = z.Max();
        double log = max + Math.Log(z.Sum(each => Math.Exp(each - max)));
        return [.. z.Select(each => each - log)];
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidOperationException(message);
        }
    }
}
