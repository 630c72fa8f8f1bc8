using System.Reflection;

namespace NetGen.Generator.Tests;

/// <summary>
/// A network that has nothing to learn, as files have that only compute, does all the same what every network does: losses
/// and gradients over the input are right, and steps change nothing.
/// </summary>
public sealed class NoParametersTests
{
    public static TheoryData<bool, string> Forms
    {
        get
        {
            var data = new TheoryData<bool, string>();
            foreach (OptimizerRow row in Optimizers.All)
            {
                data.Add(false, row.Name);
                data.Add(true, row.Name);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Nothing_is_learned_and_all_else_works(bool hasVectors, string optimizer)
    {
        EquatableArray<GeneratedFile> files = Compile(hasVectors, optimizer);
        Assembly assembly = NetworkAssembly.CompileGenerated(files.Select(file => ($"{file.HintSuffix}.cs", file.Text)).Append(("Net.cs", "public partial class Net { }")));
        var network = (INetwork)Activator.CreateInstance(assembly.GetType("Net", throwOnError: true)!)!;
        float[] inputs = [.. Enumerable.Range(0, 300).Select(i => (i % 7 * 0.25f) - 0.5f)];
        float[] targets = new float[300];
        double loss = inputs.Average(x => Math.Pow(Math.Tanh(x), 2));
        float[] input = inputs[..3], output = new float[3], gradient = new float[3];

        Assert.Equal(0, network.ParameterCount);
        Assert.Equal(loss, network.Evaluate(inputs, targets), 1e-5);
        Assert.Equal(loss, network.TrainBatch(inputs, targets, 0.1f), 1e-5);
        Assert.Equal(loss, network.TrainBatch(inputs, targets, 0.1f, 3), 1e-5);
        Assert.Equal(loss, network.BackwardBatch(inputs, targets), 1e-5);
        Assert.Equal(100, network.GradientSamples);
        Assert.Equal(0, network.GetGradientNorm());
        network.Step(0.1f);
        network.TrainStep(input, new float[3], 0.1f);
        network.Forward(input, output);
        network.Backward(new float[3], gradient);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(Math.Tanh(input[i]), output[i], 1e-5);
            Assert.Equal(2.0 / 3 * output[i] * (1 - (output[i] * output[i])), gradient[i], 1e-5);
        }

        network.SgdStep(0.1f);
        network.CopyParametersFrom(network.Share(), 0.5f);
        network.GetParameters([]);
        network.SetParameters([]);
        network.Initialize(3);
        using var file = new MemoryStream();
        network.Save(file, withOptimizer: true);
        file.Position = 0;
        network.Load(file);
        network.ResetOptimizer();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_step_is_planned_over_nothing(bool hasVectors)
    {
        string text = string.Concat(Compile(hasVectors, "Adam").Select(file => file.Text));
        Assert.DoesNotContain("Update(", text, StringComparison.Ordinal);
        Assert.DoesNotContain("j < 0", text, StringComparison.Ordinal);
    }

    private static EquatableArray<GeneratedFile> Compile(bool hasVectors, string optimizer) => Models.Compile(
        Models.Of(3, []) with { Source = new TanhFrontEnd(), Optimizer = optimizer },
        hasVectors ? Models.ConsumerWithVectors : Models.Consumer);

    private sealed record TanhFrontEnd : FrontEnd
    {
        public override ForwardGraph Build(CancellationToken cancellation)
        {
            var builder = new GraphBuilder();
            Node x = builder.Input("x", Shape.Vector(3));
            Node y = builder.Elementwise("y", Expr.Call("Tanh", Expr.X), [1 - (Expr.Y * Expr.Y)], [x]);
            return new ForwardGraph(builder, x, x, y, "Tanh");
        }

        public override string Describe(NetworkGraph network) => "3 → 3";
    }
}
