using CsCheck;

namespace NetGen.Numerics.Tests.Reference;

/// <summary>Random networks as they are compiled against the graph in double.</summary>
public sealed class RandomNetworkTests
{
    private const int Compilations = 3;
    private const int NetworksEach = 40;

    // Errors of up to 70 terms through up to 6 layers.
    private const double Forward = 1e-5;
    private const double Gradient = 5e-5;
    private const double Floor = 2e-7;

    // Nearer to a kink than this, float and double may take different sides.
    private const double Clear = 1e-5;

    private static readonly Gen<LayerSpec> Layer =
        from units in Size
        from activation in Among(Enum.GetNames<Activation>())
        from bias in Gen.Frequency((3, Gen.Const(true)), (1, Gen.Const(false)))
        select new LayerSpec(units, activation, bias);

    private static readonly Gen<NetworkSpec> Network =
        from inputs in Size
        from layers in Layer.Array[1, 6]
        from loss in Among(Enum.GetNames<Loss>())
        from optimizer in Among(Enum.GetNames<Optimizer>())
        from unroll in Among(Enum.GetValues<Unroll>())
        from output in Among(["Sigmoid", "Softmax"])
        select new NetworkSpec("Net", inputs, For(loss, layers, output), loss, optimizer, unroll);

    private static readonly Gen<(NetworkSpec Network, int Rows, int Seed)> Trial =
        Gen.Select(Network, Gen.Int[1, 70], Gen.Int[0, 1_000_000]);

    // Narrow layers more often than even chance gives: they are what is written out.
    private static Gen<int> Size => Gen.OneOf(Gen.Int[1, 9], Gen.Int[10, 70]);

    [Fact]
    public void Compiled_networks_compute_what_their_graphs_mean() => Trial.Array[NetworksEach].Sample(
        trials =>
        {
            NetworkSpec[] specs = [.. trials.Select((t, i) => t.Network with { Name = $"Net{i}" })];
            var compiled = new CompiledNetworks("Drawn", specs);
            for (int i = 0; i < specs.Length; i++)
            {
                AssertSame(specs[i], compiled.Create(specs[i].Name), trials[i].Rows, trials[i].Seed);
            }
        },
        iter: Compilations,
        threads: 1);

    private static Gen<T> Among<T>(T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static IReadOnlyList<LayerSpec> For(string loss, LayerSpec[] layers, string output) =>
        loss is "BinaryCrossEntropy" or "CategoricalCrossEntropy"
            ? [.. layers[..^1], layers[^1] with { Activation = output }]
            : layers;

    private static void AssertSame(NetworkSpec spec, INetwork network, int rows, int seed)
    {
        string what = $"{spec}, {rows} samples, seed {seed}";
        network.Initialize((ulong)seed);
        var parameters = new float[network.ParameterCount];
        network.GetParameters(parameters);
        var random = new Random(seed);
        for (int i = 0; i < parameters.Length; i++)
        {
            // Biases start at zero, and would hide a mistake.
            parameters[i] += (random.NextSingle() - 0.5f) * 0.1f;
        }

        network.SetParameters(parameters);
        float[] inputs = [.. Enumerable.Range(0, rows * spec.Inputs).Select(_ => (random.NextSingle() * 2) - 1)];
        float[] targets = [.. Enumerable.Range(0, rows * spec.Outputs).Select(_ => random.NextSingle())];

        var reference = new ReferenceNetwork(spec, parameters);
        ReferenceSample[] samples = [.. Enumerable.Range(0, rows).Select(row => reference.Sample(Row(inputs, row, spec.Inputs), Row(targets, row, spec.Outputs)))];
        double[] outputs = [.. samples.SelectMany(s => s.Outputs)];
        double loss = samples.Average(s => s.Loss);

        var actual = new float[outputs.Length];
        network.ForwardBatch(inputs, actual);
        Near.Assert($"{what}: ForwardBatch", outputs, actual, Forward, Floor);
        Near.AssertEach($"{what}: Evaluate", [loss], [network.Evaluate(inputs, targets)], 3e-5, 1e-6);

        double sum = 0;
        var inputGradient = new float[spec.Inputs];
        for (int row = 0; row < rows; row++)
        {
            network.Forward(inputs.AsSpan(row * spec.Inputs, spec.Inputs), actual.AsSpan(row * spec.Outputs, spec.Outputs));
            sum += network.Backward(targets.AsSpan(row * spec.Outputs, spec.Outputs), inputGradient);
            if (samples[row].DistanceToKinks > Clear)
            {
                Near.Assert($"{what}: input gradient {row}", samples[row].InputGradient, inputGradient, Gradient, Floor);
            }
        }

        Near.Assert($"{what}: Forward", outputs, actual, Forward, Floor);
        Near.AssertEach($"{what}: Backward", [loss], [(float)(sum / rows)], 3e-5, 1e-6);
        if (samples.Min(s => s.DistanceToKinks) <= Clear)
        {
            return;
        }

        double[] gradient = [.. Enumerable.Range(0, parameters.Length).Select(i => samples.Average(s => s.Gradient[i]))];
        var gathered = new float[parameters.Length];
        network.GetGradients(gathered);
        Near.AssertTensors($"{what}: gradient", spec, gradient, gathered, Gradient, Floor);
        AssertBatch(what, spec, network, inputs, targets, gradient, loss);
    }

    /// <summary>A step on the whole batch is a step from the gradient, for optimizers whose first step shows it.</summary>
    private static void AssertBatch(
        string what, NetworkSpec spec, INetwork network, float[] inputs, float[] targets, double[] gradient, double loss)
    {
        var before = new float[gradient.Length];
        var moved = new float[gradient.Length];
        network.GetParameters(before);
        Near.AssertEach($"{what}: TrainBatch", [loss], [network.TrainBatch(inputs, targets, 1)], 3e-5, 1e-6);
        network.GetParameters(moved);
        for (int i = 0; i < moved.Length; i++)
        {
            moved[i] = before[i] - moved[i];
        }

        // First steps at learning rate 1: the gradient itself, or 1.9 times it.
        if (spec.Optimizer is "Sgd" or "Momentum" or "Nesterov")
        {
            double scale = spec.Optimizer == "Nesterov" ? 1.9 : 1;
            Near.AssertTensors($"{what}: TrainBatch's step", spec, [.. gradient.Select(g => scale * g)], moved, Gradient, 2 * Floor);
            return;
        }

        // The others go by the sign of each element, which rounding decides where it is nearly 0.
        double clear = 1e-3 * gradient.Max(Math.Abs);
        double step = spec.Optimizer == "RmsProp" ? 10 : 1;
        for (int i = 0; i < moved.Length; i++)
        {
            if (Math.Abs(gradient[i]) > Math.Max(clear, 1e-3))
            {
                double decay = spec.Optimizer == "AdamW" ? 0.01 * before[i] : 0;
                double expected = (step * Math.Sign(gradient[i])) + decay;
                Assert.True(Math.Abs(moved[i] - expected) < 2e-3, $"{what}: TrainBatch moved [{i}] by {moved[i]}, not {expected}");
            }
        }
    }

    private static double[] Row(float[] values, int row, int count) =>
        [.. values.Skip(row * count).Take(count).Select(v => (double)v)];
}
