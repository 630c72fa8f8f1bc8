using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis.CSharp;

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
            return Sum(b, "y", a, x);
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
        ["a slice"] = (b, x) => b.Affine("y", b.Parameter("W", Shape.Matrix(Size, 2)), b.View("s", Run(1, 2), Tanh(b, "a", x), "[1…2]"), null),
        ["a slice of what is learned"] = (b, x) => b.Affine("y", b.Parameter("W", Matrix), x, b.View("s", Run(2, Size), b.Parameter("b", Shape.Vector(9)), "[2…4]")),
        ["a concatenation"] = (b, x) => b.Affine("y", b.Parameter("W", Shape.Matrix(Size, 2 * Size)), b.Join("j", [Tanh(b, "a", x), x]), null),
        ["a concatenation that pads every part"] = (b, x) => b.Affine(
            "y", b.Parameter("W", Shape.Matrix(Size, 17)), b.Join("j", [b.Affine("z", b.Parameter("V", Shape.Matrix(9, Size)), x, null), b.Affine("u", b.Parameter("U", Shape.Matrix(8, Size)), x, null)]), null),
        ["a transposition"] = (b, x) =>
        {
            Node z = b.Affine("z", b.Parameter("V", Shape.Matrix(12, Size)), x, null);
            return b.Affine("y", b.Parameter("W", Shape.Matrix(Size, 12)), b.View("s", new StridedAxes(0, [new(3, 1), new(4, 3)]), z, "transposed"), null);
        },
        ["backwards"] = (b, x) => b.Affine("y", b.Parameter("W", Matrix), b.View("s", new StridedAxes(2, [new(Size, -1)]), Tanh(b, "a", x), "backwards"), null),
        ["repetitions of rows and of elements"] = (b, x) =>
        {
            Node a = Tanh(b, "a", x);
            Node tiled = b.View("tiled", StridedAxes.Of(0, [new(5, 0), new(Size, 1)]), a, "repeated");
            Node elements = b.View("elements", StridedAxes.Of(0, [new(Size, 1), new(5, 0)]), a, "repeated");
            return b.Affine("y", b.Parameter("W", Shape.Matrix(Size, 15)), Product(b, "p", tiled, Sum(b, "q", elements, b.Parameter("c", Shape.Vector(15)))), null);
        },
        ["sums over an axis"] = (b, x) =>
        {
            Node z = b.Affine("z", b.Parameter("V", Shape.Matrix(24, Size)), x, null);
            Node first = b.Add("first", new AxisSumOp([new(4, true), new(6, false)]), [z]);
            Node last = b.Add("last", new AxisSumOp([new(6, false), new(4, true)]), [z]);
            Node middle = b.Add("middle", new AxisSumOp([new(2, false), new(4, true), new(3, false)]), [z]);
            return b.Affine("y", b.Parameter("W", Shape.Matrix(Size, 6)), Product(b, "p", first, Sum(b, "q", last, middle)), null);
        },
        ["every other element"] = (b, x) =>
        {
            Node z = b.Affine("z", b.Parameter("V", Shape.Matrix(11, Size)), x, null);
            return b.Affine("y", b.Parameter("W", Shape.Matrix(Size, 5)), b.View("s", new StridedAxes(1, [new(5, 2)]), z, "[1…9 by 2]"), null);
        },
        ["a logarithm of probabilities"] = (b, x) => b.Add("y", new LogSoftmaxOp(), [b.Affine("z", b.Parameter("W", Matrix), x, null)]),
        ["constants beside what is learned"] = (b, x) => Product(
            b, "y", b.Constant("k", new TensorData([0.5f, -2, 3])), b.Affine("z", b.Parameter("W", Matrix), Sum(b, "s", x, b.Constant("c", new TensorData([1, 0.25f, -1]))), null)),
        ["a power of zero"] = (b, x) => Sum(b, "y", b.Elementwise("p", 1, [0], [b.Affine("z", b.Parameter("W", Matrix), x, null)]), b.Affine("a", b.Parameter("V", Matrix), x, null)),
        ["a formula that reads one of its inputs for a slope alone"] = (b, x) => b.Elementwise(
            "y", Expr.X + Expr.Z, [1, 0, 1], [b.Affine("z", b.Parameter("W", Matrix), x, null), b.Affine("u", b.Parameter("U", Matrix), x, null), x]),
        ["a comparison of two sides that turn out to be one"] = (b, x) =>
        {
            // The same formula with different slopes is two nodes.
            Node z = b.Affine("z", b.Parameter("W", Matrix), x, null);
            Node left = b.Elementwise("l", 2 * Expr.X, [2], [z]);
            Node right = b.Elementwise("r", 2 * Expr.X, [2 + (0 * Expr.X)], [z]);
            return b.Elementwise("y", Expr.IfLess(Expr.X, Expr.Y, Expr.Z, new Expr.Argument(3)), [0, 0, 0, 1], [left, right, b.Affine("u", b.Parameter("U", Matrix), x, null), z]);
        },
        ["a parameter alone"] = (b, x) => Sum(b, "y", x, b.Parameter("p", Vector)),
    };

    public static TheoryData<string, string> All =>
        new(from graph in Graphs.Keys from unroll in Enum.GetNames<UnrollMode>() select (graph, unroll));

    public static TheoryData<string> Names => [.. Graphs.Keys];

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

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_vector_stays_in_its_tensor(string name)
    {
        foreach (bool training in new[] { true, false })
        {
            VectorBounds.AssertInside(Models.PlanWithVectors(Models.Of(Size, [new AnyLayer(Graphs[name])], training: training)).Vectors!);
        }
    }

    [Fact]
    public void Vectors_compute_what_scalar_code_does()
    {
        NetworkModel[] models = [.. Graphs.Values.Select((graph, i) => Models.Of(Size, [new AnyLayer(graph)], name: $"Net{i}"))];
        Assembly scalar = Load(models, Models.Consumer);
        Assembly vectors = Load(models, Models.ConsumerWithVectors);
        foreach ((string name, NetworkModel model) in Graphs.Keys.Zip(models))
        {
            float[] expected = Train(scalar, model.Type.FullName);
            float[] actual = Train(vectors, model.Type.FullName);

            Assert.All(expected.Zip(actual), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= 1e-5f * (1 + Math.Abs(pair.First)), $"{name}: {pair}"));
        }
    }

    // All that a network computes: samples, gradients, steps, and batches with rests of tiles.
    private static float[] Train(Assembly assembly, string name)
    {
        var network = (INetwork)Activator.CreateInstance(assembly.GetType(name, throwOnError: true)!)!;
        float[] parameters = [.. Enumerable.Range(0, network.ParameterCount).Select(i => MathF.Sin((3 * i) + 1))];
        network.SetParameters(parameters);
        float[] inputs = [.. Enumerable.Range(0, 7 * Size).Select(i => MathF.Sin((5 * i) + 2))];
        float[] targets = [.. Enumerable.Range(0, 7 * Size).Select(i => MathF.Cos((7 * i) + 3))];
        var outputs = new float[7 * Size];
        var inputGradient = new float[Size];
        var results = new List<float>();
        for (int i = 0; i < 2; i++)
        {
            network.Forward(inputs.AsSpan(i * Size, Size), outputs.AsSpan(0, Size));
            results.AddRange(outputs[..Size]);
            results.Add(network.Backward(targets.AsSpan(i * Size, Size), inputGradient));
            results.AddRange(inputGradient);
            network.GetGradients(parameters);
            results.AddRange(parameters);
            results.Add(network.TrainStep(inputs.AsSpan(i * Size, Size), targets.AsSpan(i * Size, Size), 0.1f));
            network.GetParameters(parameters);
            results.AddRange(parameters);
        }

        network.ClearGradients();
        network.ForwardBatch(inputs, outputs);
        results.AddRange(outputs);
        results.Add(network.TrainBatch(inputs, targets, 0.1f));
        network.GetParameters(parameters);
        results.AddRange(parameters);
        return [.. results];
    }

    private static Assembly Load(NetworkModel[] models, ConsumerModel consumer)
    {
        CSharpCompilation compilation = CompileHelper.CreateCompilation(
            [
                ("Networks.cs", string.Concat(models.Select(m => $"public partial class {m.Type.FullName} {{ }}\n"))),
                .. models.SelectMany(m => Models.Compile(m, consumer).Select(file => ($"{m.Type.FullName}-{file.HintSuffix}.cs", file.Text))),
            ],
            RunOptions.Default);
        using var image = new MemoryStream();
        var result = compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(10)));
        image.Position = 0;
        return new AssemblyLoadContext(name: null, isCollectible: true).LoadFromStream(image);
    }

    // Central differences in single precision.
    private static void Near(IEnumerable<float> expected, float[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second - pair.First, -2e-3f * Math.Max(1, Math.Abs(pair.First)), 2e-3f * Math.Max(1, Math.Abs(pair.First))));

    private static Node Sum(GraphBuilder b, string name, Node left, Node right) =>
        b.Elementwise(name, Expr.X + Expr.Y, [1, 1], [left, right]);

    private static Node Product(GraphBuilder b, string name, Node left, Node right) =>
        b.Elementwise(name, Expr.X * Expr.Y, [Expr.Y, Expr.X], [left, right]);

    private static Node Tanh(GraphBuilder b, string name, Node x) =>
        b.Elementwise(name, Expr.Call("Tanh", Expr.X), [1 - (Expr.Y * Expr.Y)], [x]);

    private static StridedAxes Run(int offset, int count) => new(offset, [new(count, 1)]);

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
