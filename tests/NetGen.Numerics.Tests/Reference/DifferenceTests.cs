using NetGen.Generator;
using NetGen.Testing.Reference;
using static NetGen.Generator.Expr;

namespace NetGen.Numerics.Tests.Reference;

/// <summary>Differentiated graphs against central differences, in double.</summary>
public sealed class DifferenceTests
{
    // Central differences have an error of about 1e-10 of the function's scale.
    private const double Tolerance = 1e-7;

    public static TheoryData<string, string, string> Combinations
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (ActivationRow hidden in Generator.Activations.All)
            {
                foreach (LossRow loss in Losses.All)
                {
                    data.Add(hidden.Name, loss.NeedsProbability ? "Sigmoid" : hidden.Name, loss.Name);
                    if (loss.NeedsProbability)
                    {
                        data.Add(hidden.Name, "Softmax", loss.Name);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Every_activation_and_loss(string hidden, string output, string loss)
    {
        var spec = new NetworkSpec("Net", 3, [new(5, hidden), new(4, output)], loss);
        var random = new Random(hidden.Length + (7 * loss.Length));
        float[] parameters = [.. Draw(random, spec.ParameterCount).Select(p => (float)p)];
        var network = new ReferenceNetwork(spec, parameters);
        double[] x = Draw(random, 3);
        double[] t = [.. Draw(random, 4).Select(v => loss == "Huber" ? 3 * v : 0.5 + (0.4 * v))];

        ReferenceSample sample = network.Sample(x, t);
        double[] differences = [.. network.Parameters.SelectMany(p => ReferenceInterpreter.Differences(() => network.Loss(x, t), p))];
        AssertNear(differences, sample.Gradient);
        AssertNear(ReferenceInterpreter.Differences(() => network.Loss(x, t), x), sample.InputGradient);

        // The same from dL/dy, for L = Σ cᵢ·yᵢ.
        double[] c = Draw(random, 4);
        double Weighted() => network.Outputs(x).Zip(c, (y, w) => y * w).Sum();
        (double[] gradient, double[] inputGradient) = network.BackFrom(x, c);
        AssertNear([.. network.Parameters.SelectMany(p => ReferenceInterpreter.Differences(Weighted, p))], gradient);
        AssertNear(ReferenceInterpreter.Differences(Weighted, x), inputGradient);
    }

    [Fact]
    public void A_skip_connection() => AssertGradients(b =>
    {
        // y = W2·tanh(W1·x + b1) + x
        Node x = b.Input("x", Shape.Vector(4));
        Node a = Tanh(b, b.Affine("z1", b.Parameter("W1", Shape.Matrix(6, 4)), x, b.Parameter("b1", Shape.Vector(6))));
        Node z = b.Affine("z2", b.Parameter("W2", Shape.Matrix(4, 6)), a, null);
        return MeanSquare(b, Add(b, z, x), b.Input("t", Shape.Vector(4)));
    });

    [Fact]
    public void Two_heads_with_two_losses() => AssertGradients(b =>
    {
        Node x = b.Input("x", Shape.Vector(3));
        Node trunk = Tanh(b, b.Affine("z1", b.Parameter("W1", Shape.Matrix(5, 3)), x, b.Parameter("b1", Shape.Vector(5))));
        Node value = b.Affine("v", b.Parameter("Wv", Shape.Matrix(2, 5)), trunk, b.Parameter("bv", Shape.Vector(2)));
        Node logits = b.Affine("p", b.Parameter("Wp", Shape.Matrix(4, 5)), trunk, b.Parameter("bp", Shape.Vector(4)));
        Node probabilities = b.Add("y", new SoftmaxOp(), [logits]);
        Node policyLoss = b.Add("Lp", new SoftmaxCrossEntropyOp(), [logits, probabilities, b.Input("tp", Shape.Vector(4))]);
        return Add(b, MeanSquare(b, value, b.Input("tv", Shape.Vector(2))), policyLoss);
    });

    [Fact]
    public void One_weight_used_twice() => AssertGradients(b =>
    {
        // A recurrent cell, two steps: h2 = tanh(W·tanh(W·x + b) + b)
        Node x = b.Input("x", Shape.Vector(4));
        Node weight = b.Parameter("W", Shape.Matrix(4, 4));
        Node bias = b.Parameter("b", Shape.Vector(4));
        Node h1 = Tanh(b, b.Affine("z1", weight, x, bias));
        Node h2 = Tanh(b, b.Affine("z2", weight, h1, bias));
        return MeanSquare(b, h2, b.Input("t", Shape.Vector(4)));
    });

    [Fact]
    public void A_tied_autoencoder() => AssertGradients(b =>
    {
        // y = Wᵀ·tanh(W·x): the weight is read in both directions.
        Node x = b.Input("x", Shape.Vector(5));
        Node weight = b.Parameter("W", Shape.Matrix(3, 5));
        Node y = b.Add("y", new TransposedProductOp(), [weight, Tanh(b, b.Affine("z", weight, x, null))]);
        return MeanSquare(b, y, x);
    });

    [Fact]
    public void A_gate_of_one_vector_by_another() => AssertGradients(b =>
    {
        // y = tanh(W·x) ⊙ σ(V·x), times a learned scalar, and a softmax in the middle of the graph.
        Node x = b.Input("x", Shape.Vector(3));
        Node a = Tanh(b, b.Affine("z1", b.Parameter("W", Shape.Matrix(4, 3)), x, null));
        Node gate = b.Add("g", new SoftmaxOp(), [b.Affine("z2", b.Parameter("V", Shape.Matrix(4, 3)), x, null)]);
        Node scale = b.Parameter("s", Shape.Scalar);
        Node y = b.Elementwise("y", X * Y * Z, [Y * Z, X * Z, X * Y], [a, gate, scale]);
        return MeanSquare(b, y, b.Input("t", Shape.Vector(4)));
    });

    [Fact]
    public void An_outer_product_and_a_broadcast() => AssertGradients(b =>
    {
        // y = (u·vᵀ)·x + mean(x) for each element
        Node x = b.Input("x", Shape.Vector(3));
        Node matrix = b.Add("M", new OuterProductOp(), [b.Parameter("u", Shape.Vector(4)), b.Parameter("v", Shape.Vector(3))]);
        Node mean = b.Add("m", new BroadcastOp(Shape.Vector(4)), [b.Add("mean", new ReduceOp(IsMean: true), [x])]);
        return MeanSquare(b, Add(b, b.Affine("z", matrix, x, null), mean), b.Input("t", Shape.Vector(4)));
    });

    private static void AssertGradients(Func<GraphBuilder, Node> build)
    {
        var builder = new GraphBuilder();
        Node loss = build(builder);
        Node[] sources = [.. builder.Nodes.Where(n => n.Op is InputOp or ParameterOp)];
        Node[] wanted = [.. sources.Where(s => !s.Name.StartsWith('t'))];
        IReadOnlyDictionary<Node, Node> adjoints = Differentiation.Differentiate(
            builder, new Dictionary<Node, Node> { [loss] = builder.Constant(1) }, wanted);

        var random = new Random(3);
        var values = sources.ToDictionary(s => s, s => Draw(random, s.Shape.Count));
        Graph graph = builder.ToGraph();
        IReadOnlyDictionary<Node, double[]> results = ReferenceInterpreter.Evaluate(graph, values);
        foreach (Node node in wanted)
        {
            Assert.Equal(node.Shape, adjoints[node].Shape);
            double[] differences = ReferenceInterpreter.Differences(() => ReferenceInterpreter.Evaluate(graph, values)[loss][0], values[node]);
            Assert.Contains(differences, d => d != 0);
            AssertNear(differences, results[adjoints[node]]);
        }
    }

    private static Node Tanh(GraphBuilder builder, Node z) =>
        builder.Elementwise("a", Call("Tanh", X), [1 - (Y * Y)], [z]);

    private static Node Add(GraphBuilder builder, Node a, Node b) => builder.Elementwise("sum", X + Y, [1, 1], [a, b]);

    private static Node MeanSquare(GraphBuilder builder, Node y, Node t) => builder.Add(
        "L",
        new ReduceOp(IsMean: true),
        [builder.Elementwise("e", (X - Y) * (X - Y), [2 * (X - Y), -2 * (X - Y)], [y, t])]);

    // Normal enough to visit both sides of most kinks, and never exactly on one.
    private static double[] Draw(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (random.NextDouble() * 2) - 1)];

    private static void AssertNear(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = Math.Max(1e-3, expected.Max(Math.Abs));
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(actual[i] - expected[i]) <= Tolerance * scale, $"[{i}]: expected {expected[i]:R}, got {actual[i]:R}");
        }
    }
}
