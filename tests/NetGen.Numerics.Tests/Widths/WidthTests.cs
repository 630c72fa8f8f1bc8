namespace NetGen.Numerics.Tests.Widths;

/// <summary>
/// The code for each length of vectors computes what the scalar form does. All of them run here, whatever the processor
/// has: what it lacks, .NET carries out in software.
/// </summary>
public sealed class WidthTests
{
    // Sums of up to 300 terms in another order, and functions that round differently.
    private const double Forward = 2e-5;
    private const double Gradient = 1e-4;
    private const double Floor = 1e-6;

    private static readonly Simd[] Widths = [Simd.Vector512, Simd.Vector256, Simd.Vector128];

    private static readonly Dictionary<string, NetworkSpec[]> Groups = new()
    {
        ["narrow"] =
        [
            .. from inputs in new[] { 1, 2, 3, 5, 8 }
               from units in new[] { 1, 4, 7 }
               select Chain($"{inputs}-{units}-{1 + (inputs % 3)}"),
        ],
        ["around the lanes"] = [.. new[] { "4-15-16-17", "17-33-9", "16-16-16", "31-32-33", "7-47-65-5", "9-24-40-56-3" }.Select(Chain)],
        ["panels"] = [.. new[] { "5-64-1", "3-65-4", "66-96-2", "10-128-128-2", "20-129-130-7", "300-70-1", "100-260-40" }.Select(Chain)],
        ["activations"] =
        [
            .. Enum.GetNames<Activation>().Select(a => Chain("6-20-13-5") with
            {
                Layers = [new LayerSpec(20, a), new LayerSpec(13, a, Bias: false), new LayerSpec(5)],
            }),
        ],
        ["losses"] =
        [
            .. from loss in Enum.GetNames<Loss>()
               from sizes in new[] { "6-20-11", "6-5-3" }
               select Chain(sizes) with { Loss = loss } into spec
               select spec with
               {
                   Layers = [spec.Layers[0], spec.Layers[1] with { Activation = OutputFor(spec.Loss) }],
               },
        ],
        ["optimizers"] = [.. Enum.GetNames<Optimizer>().Select(o => Chain("6-20-3") with { Optimizer = o })],
    };

    public static TheoryData<string> All => [.. Groups.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_width_computes_the_same(string group)
    {
        NetworkSpec[] networks = [.. Groups[group].Select((spec, i) => spec with { Name = "Net" + i, Simd = Simd.None })];
        var compiled = new CompiledNetworks("Widths", networks.Concat(
            networks.SelectMany(n => Widths, (n, width) => n with { Name = n.Name + width, Simd = width })));
        foreach (NetworkSpec network in networks)
        {
            foreach (Simd width in Widths)
            {
                AssertSame(network, $"{network} as {width}", compiled.Create(network.Name), compiled.Create(network.Name + width));
            }
        }
    }

    private static void AssertSame(NetworkSpec spec, string what, INetwork expected, INetwork actual)
    {
        var random = new Random(7);
        float[] parameters = Draw(random, spec.ParameterCount, -0.6f, 0.6f);
        Assert.Equal(Parameters(expected), Parameters(actual));
        foreach (INetwork network in new[] { expected, actual })
        {
            network.SetParameters(parameters);
        }

        Assert.Equal(parameters, Parameters(actual));
        Samples(spec, what, expected, actual, random);
        foreach (int rows in new[] { 1, 2, 3, 4, 7, 64, 65, 130 })
        {
            Batch(spec, $"{what}, {rows} rows", expected, actual, random, rows);
        }
    }

    private static void Samples(NetworkSpec spec, string what, INetwork expected, INetwork actual, Random random)
    {
        float[] inputGradient = new float[spec.Inputs];
        float[] actualInputGradient = new float[spec.Inputs];
        for (int i = 0; i < 3; i++)
        {
            float[] x = Draw(random, spec.Inputs, -1, 1);
            float[] t = Targets(spec, random, 1);
            Same(what + ": y", Run(expected, x), Run(actual, x), Forward);
            float loss = expected.Backward(t, inputGradient);
            Same(what + ": loss", [loss], [actual.Backward(t, actualInputGradient)], Forward);
            Same(what + ": input gradient", inputGradient, actualInputGradient, Gradient);

            float[] dy = Draw(random, spec.Outputs, -1, 1);
            expected.BackwardFrom(dy, inputGradient);
            actual.BackwardFrom(dy, actualInputGradient);
            Same(what + ": input gradient from output", inputGradient, actualInputGradient, Gradient);
            AssertTensors(spec, what + ": gradients", Gradients(expected), Gradients(actual));

            Same(what + ": TrainStep", [expected.TrainStep(x, t, 0.05f)], [actual.TrainStep(x, t, 0.05f)], Forward);
            AssertTensors(spec, what + ": after TrainStep", Parameters(expected), Parameters(actual));
            if (i > 0)
            {
                expected.SgdStep(0.05f);
                actual.SgdStep(0.05f);
                AssertTensors(spec, what + ": after SgdStep", Parameters(expected), Parameters(actual));
            }
        }

        // Steps that divide by the size of a gradient would make much of its rounding error.
        expected.ClearGradients();
        actual.ClearGradients();
    }

    private static void Batch(NetworkSpec spec, string what, INetwork expected, INetwork actual, Random random, int rows)
    {
        actual.SetParameters(Parameters(expected));
        float[] x = Draw(random, spec.Inputs * rows, -1, 1);
        float[] t = Targets(spec, random, rows);
        float[] y = new float[spec.Outputs * rows];
        var guarded = new Guarded(spec.Outputs * rows);
        expected.ForwardBatch(x, y);
        actual.ForwardBatch(x, guarded.Span);
        guarded.AssertIntact(what);
        Same(what + ": y", y, guarded.Span, Forward);
        Same(what + ": Evaluate", [expected.Evaluate(x, t)], [actual.Evaluate(x, t)], Forward);
        Same(what + ": TrainBatch", [expected.TrainBatch(x, t, 1e-3f)], [actual.TrainBatch(x, t, 1e-3f)], Forward);
        AssertTensors(spec, what + ": after TrainBatch", Parameters(expected), Parameters(actual));
    }

    private static NetworkSpec Chain(string sizes)
    {
        int[] counts = [.. sizes.Split('-').Select(int.Parse)];
        return new NetworkSpec(
            "Net",
            counts[0],
            [.. counts[1..].Select((units, i) => new LayerSpec(units, i == counts.Length - 2 ? "Linear" : "Tanh"))]);
    }

    private static string OutputFor(string loss) => loss switch
    {
        "BinaryCrossEntropy" => "Sigmoid",
        "CategoricalCrossEntropy" => "Softmax",
        _ => "Linear",
    };

    private static float[] Targets(NetworkSpec spec, Random random, int rows)
    {
        float[] targets = Draw(random, rows * spec.Outputs, 0.1f, 0.9f);
        if (spec.Loss == "CategoricalCrossEntropy")
        {
            for (int row = 0; row < rows; row++)
            {
                Span<float> t = targets.AsSpan(row * spec.Outputs, spec.Outputs);
                t.Clear();
                t[random.Next(t.Length)] = 1;
            }
        }

        return targets;
    }

    private static float[] Run(INetwork network, float[] x)
    {
        var y = new Guarded(network.OutputCount);
        network.Forward(x, y.Span);
        y.AssertIntact("Forward");
        return y.Span.ToArray();
    }

    private static float[] Parameters(INetwork network)
    {
        var parameters = new Guarded(network.ParameterCount);
        network.GetParameters(parameters.Span);
        parameters.AssertIntact("GetParameters");
        return parameters.Span.ToArray();
    }

    private static float[] Gradients(INetwork network)
    {
        var gradients = new Guarded(network.ParameterCount);
        network.GetGradients(gradients.Span);
        gradients.AssertIntact("GetGradients");
        return gradients.Span.ToArray();
    }

    private static void Same(string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance) =>
        Near.Assert(what, Array.ConvertAll(expected.ToArray(), v => (double)v), actual, tolerance, Floor);

    private static void AssertTensors(NetworkSpec spec, string what, float[] expected, float[] actual) =>
        Near.AssertTensors(what, spec, Array.ConvertAll(expected, v => (double)v), actual, Gradient, Floor);

    private static float[] Draw(Random random, int count, float low, float high) =>
        [.. Enumerable.Range(0, count).Select(_ => low + ((high - low) * random.NextSingle()))];
}
