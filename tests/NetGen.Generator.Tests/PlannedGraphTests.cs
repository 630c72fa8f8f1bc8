namespace NetGen.Generator.Tests;

/// <summary>
/// Graphs that no attribute can express go through the planner like any other: what the planned methods add to the
/// gradients, and what they take from the parameters, agrees with central differences of the planned loss.
/// </summary>
public class PlannedGraphTests
{
    private const int Size = 3;

    private static readonly Shape Vector = Shape.Vector(Size);
    private static readonly Shape Matrix = Shape.Matrix(Size, Size);

    private static readonly Dictionary<string, Func<GraphBuilder, Node, Node>> Graphs = new()
    {
        ["a skip connection"] = (b, x) =>
        {
            Node a = b.Elementwise("a", Expr.Call("Tanh", Expr.X), [1 - (Expr.Y * Expr.Y)], [b.Affine("z", b.Parameter("W", Matrix), x, null)]);
            return Sum(b, "r", a, x);
        },
        ["one weight used twice"] = (b, x) =>
        {
            Node w = b.Parameter("W", Matrix);
            return b.Affine("y", w, b.Affine("a", w, x, null), b.Parameter("b", Vector));
        },
        ["one bias used twice"] = (b, x) =>
        {
            Node bias = b.Parameter("b", Vector);
            return b.Affine("y", b.Parameter("V", Matrix), b.Affine("a", b.Parameter("W", Matrix), x, bias), bias);
        },
        ["a tied autoencoder"] = (b, x) =>
        {
            Node w = b.Parameter("W", Matrix);
            return b.Add("y", new TransposedProductOp(), [w, b.Affine("a", w, x, null)]);
        },
        ["a masked weight"] = (b, x) =>
            b.Affine("y", Product(b, "M", b.Parameter("W", Matrix), b.Parameter("C", Matrix)), x, null),
        ["a weight of rank one"] = (b, x) =>
            b.Affine("y", b.Add("M", new OuterProductOp(), [b.Parameter("u", Vector), b.Parameter("v", Vector)]), x, null),
        ["a scalar that scales"] = (b, x) =>
            Product(b, "y", b.Parameter("s", Shape.Scalar), b.Affine("z", b.Parameter("W", Matrix), x, null)),
        ["a computed scalar that scales"] = (b, x) =>
        {
            Node z = b.Affine("z", b.Parameter("W", Matrix), x, null);
            return Product(b, "y", b.Add("s", new ReduceOp(IsMean: true), [z]), z);
        },
        ["a gate"] = (b, x) =>
            Product(b, "y", b.Affine("g", b.Parameter("W", Matrix), x, null), b.Affine("z", b.Parameter("V", Matrix), x, null)),
        ["a gradient that is made of a parameter"] = (b, x) =>
        {
            Node scale = b.Parameter("s", Vector);
            Node a = b.Elementwise("a", Expr.Call("Tanh", Expr.X), [1 - (Expr.Y * Expr.Y)], [b.Parameter("p", Vector)]);
            return Sum(b, "y", Product(b, "q", scale, a), x);
        },
        ["a parameter alone"] = (b, x) => Sum(b, "y", x, b.Parameter("p", Vector)),
    };

    public static TheoryData<string, string> All =>
        new(from graph in Graphs.Keys from unroll in Enum.GetNames<UnrollMode>() select (graph, unroll));

    [Theory]
    [MemberData(nameof(All))]
    public void Gradients_are_those_of_the_loss(string name, string unroll)
    {
        ClassPlan plan = Models.Plan(Models.Of(Size, [new AnyLayer(Graphs[name])], unroll: Enum.Parse<UnrollMode>(unroll)));
        var run = new PlanInterpreter(plan) { ["t"] = [0.3f, -0.8f, 0.5f] };
        float[] start = [.. Enumerable.Range(0, plan.ParameterCount).Select(i => MathF.Sin((3 * i) + 1))];
        float[] expected = [.. start.Select((_, i) => (LossAt(i, 1f / 64) - LossAt(i, -1f / 64)) * 32)];

        LossAt(0, 0);
        run.Run(EntryPoints.BackPropagate);
        run.Run(EntryPoints.BackPropagate);
        Near(expected.Select(g => 2 * g), run.Gradients);

        LossAt(0, 0);
        run.Run(EntryPoints.Descend, learningRate: 0.5f);
        Near(start.Zip(expected, (p, g) => p - (0.5f * g)), run.Parameters);

        float LossAt(int parameter, float change)
        {
            start.CopyTo(run.Parameters, 0);
            run.Parameters[parameter] += change;
            new[] { 0.4f, -0.6f, 0.9f }.CopyTo(run.Scratch, plan.Get("x").Offset);
            run.Run(EntryPoints.Forward);
            return run.Run(EntryPoints.LossGradient);
        }
    }

    // Central differences of polynomials of small degree, in single precision.
    private static void Near(IEnumerable<float> expected, float[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - 2e-3f, pair.First + 2e-3f));

    private static Node Sum(GraphBuilder b, string name, Node left, Node right) =>
        b.Elementwise(name, Expr.X + Expr.Y, [1, 1], [left, right]);

    private static Node Product(GraphBuilder b, string name, Node left, Node right) =>
        b.Elementwise(name, Expr.X * Expr.Y, [Expr.Y, Expr.X], [left, right]);

    private sealed record AnyLayer(Func<GraphBuilder, Node, Node> Make) : LayerModel
    {
        public override int Units => Size;

        public override string Activation => "Linear";

        public override long CountParameters(int inputs) => throw new NotSupportedException("Only the parser asks.");

        public override LayerNodes Build(GraphBuilder builder, Node input, LayerNames names)
        {
            Node output = Make(builder, input);
            return new LayerNodes(output, output);
        }
    }
}
