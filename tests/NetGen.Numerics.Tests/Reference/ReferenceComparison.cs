using NetGen.Numerics.Tests.Widths;

namespace NetGen.Numerics.Tests.Reference;

/// <summary>
/// All that a network computes, through its public members and with guards around what it is given, against its graph in
/// double.
/// </summary>
internal static class ReferenceComparison
{
    // Errors of up to 70 terms through up to 6 layers, or of 130 terms through 3.
    private const double Forward = 1e-5;
    private const double Gradient = 5e-5;
    private const double Floor = 2e-7;

    // Nearer to a kink than this, float and double may take different sides.
    private const double Clear = 1e-5;

    public static void AssertSame(NetworkSpec spec, INetwork network, int rows, int seed, string how = "")
    {
        string what = $"{spec}{how}, {rows} samples, seed {seed}";
        network.Initialize((ulong)seed);
        float[] parameters = Parameters(network);
        var random = new Random(seed);
        for (int i = 0; i < parameters.Length; i++)
        {
            // Biases start at zero, and would hide a mistake.
            parameters[i] += (random.NextSingle() - 0.5f) * 0.1f;
        }

        Set(network, parameters);
        var inputs = new Guarded([.. Enumerable.Range(0, rows * spec.Inputs).Select(_ => (random.NextSingle() * 2) - 1)]);
        var targets = new Guarded([.. Enumerable.Range(0, rows * spec.Outputs).Select(_ => random.NextSingle())]);

        var reference = new ReferenceNetwork(spec, parameters);
        ReferenceSample[] samples =
        [
            .. Enumerable.Range(0, rows).Select(row => reference.Sample(Doubles(Row(inputs, row, spec.Inputs)), Doubles(Row(targets, row, spec.Outputs)))),
        ];
        double[] outputs = [.. samples.SelectMany(s => s.Outputs)];
        double loss = samples.Average(s => s.Loss);

        var actual = new Guarded(outputs.Length);
        network.ForwardBatch(inputs.Span, actual.Span);
        Near.Assert($"{what}: ForwardBatch", outputs, actual.Intact(), Forward, Floor);
        AssertLoss($"{what}: Evaluate", loss, network.Evaluate(inputs.Span, targets.Span));

        actual.Span.Clear();
        double sum = 0;
        var inputGradient = new Guarded(spec.Inputs);
        for (int row = 0; row < rows; row++)
        {
            network.Forward(Row(inputs, row, spec.Inputs), Row(actual, row, spec.Outputs));
            sum += network.Backward(Row(targets, row, spec.Outputs), inputGradient.Span);
            if (samples[row].DistanceToKinks > Clear)
            {
                Near.Assert($"{what}: input gradient {row}", samples[row].InputGradient, inputGradient.Intact(), Gradient, Floor);
            }
        }

        Near.Assert($"{what}: Forward", outputs, actual.Intact(), Forward, Floor);
        AssertLoss($"{what}: Backward", loss, (float)(sum / rows));
        if (samples.Min(s => s.DistanceToKinks) <= Clear)
        {
            return;
        }

        double[] gradient = [.. Enumerable.Range(0, parameters.Length).Select(i => samples.Average(s => s.Gradient[i]))];
        Near.AssertTensors($"{what}: gradient", spec, gradient, Gradients(network), Gradient, Floor);
        AssertBackwardFrom(what, spec, network, reference, Row(inputs, 0, spec.Inputs));
        AssertTrainStep(what, spec, network, Row(inputs, 0, spec.Inputs), Row(targets, 0, spec.Outputs), samples[0]);
        Set(network, parameters);
        network.ResetOptimizer();
        AssertBatch(what, spec, network, inputs.Span, targets.Span, gradient, loss);
        inputs.AssertIntact();
        targets.AssertIntact();
    }

    private static void AssertBackwardFrom(string what, NetworkSpec spec, INetwork network, ReferenceNetwork reference, ReadOnlySpan<float> input)
    {
        var output = new Guarded(spec.Outputs);
        var inputGradient = new Guarded(spec.Inputs);
        var outputGradient = new Guarded([.. Enumerable.Range(0, spec.Outputs).Select(i => 0.25f + (0.5f * (i % 3)))]);
        (double[] gradient, double[] exact) = reference.BackFrom(Doubles(input), Doubles(outputGradient.Span));
        network.ClearGradients();
        network.Forward(input, output.Span);
        network.BackwardFrom(outputGradient.Span, inputGradient.Span);
        output.AssertIntact();
        outputGradient.AssertIntact();
        Near.Assert($"{what}: BackwardFrom's input gradient", exact, inputGradient.Intact(), Gradient, Floor);
        Near.AssertTensors($"{what}: BackwardFrom's gradient", spec, gradient, Gradients(network), Gradient, Floor);
        network.ClearGradients();
    }

    private static void AssertTrainStep(
        string what, NetworkSpec spec, INetwork network, ReadOnlySpan<float> input, ReadOnlySpan<float> target, ReferenceSample sample)
    {
        float[] before = Parameters(network);
        AssertLoss($"{what}: TrainStep", sample.Loss, network.TrainStep(input, target, 1));
        AssertStep($"{what}: TrainStep", spec, sample.Gradient, before, network);
    }

    private static void AssertBatch(
        string what,
        NetworkSpec spec,
        INetwork network,
        ReadOnlySpan<float> inputs,
        ReadOnlySpan<float> targets,
        double[] gradient,
        double loss)
    {
        float[] before = Parameters(network);
        AssertLoss($"{what}: TrainBatch", loss, network.TrainBatch(inputs, targets, 1));
        AssertStep($"{what}: TrainBatch", spec, gradient, before, network);
    }

    /// <summary>An optimizer's first step at the learning rate 1 is a step from the gradient, where it shows it.</summary>
    private static void AssertStep(string what, NetworkSpec spec, double[] gradient, float[] before, INetwork network)
    {
        float[] moved = Moved(before, network);

        // The gradient itself, or 1.9 times it.
        if (spec.Optimizer is "Sgd" or "Momentum" or "Nesterov")
        {
            double scale = spec.Optimizer == "Nesterov" ? 1.9 : 1;
            Near.AssertTensors($"{what}'s step", spec, [.. gradient.Select(g => scale * g)], moved, Gradient, 2 * Floor);
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
                Assert.True(Math.Abs(moved[i] - expected) < 2e-3, $"{what} moved [{i}] by {moved[i]}, not {expected}");
            }
        }
    }

    private static void AssertLoss(string what, double expected, float actual) => Near.AssertEach(what, [expected], [actual], 3e-5, 1e-6);

    private static float[] Moved(float[] before, INetwork network) => [.. before.Zip(Parameters(network), (b, a) => b - a)];

    private static void Set(INetwork network, float[] parameters)
    {
        var given = new Guarded(parameters);
        network.SetParameters(given.Span);
        given.AssertIntact();
    }

    private static float[] Parameters(INetwork network)
    {
        var parameters = new Guarded(network.ParameterCount);
        network.GetParameters(parameters.Span);
        return parameters.Intact();
    }

    private static float[] Gradients(INetwork network)
    {
        var gradients = new Guarded(network.ParameterCount);
        network.GetGradients(gradients.Span);
        return gradients.Intact();
    }

    private static Span<float> Row(Guarded values, int row, int count) => values.Span.Slice(row * count, count);

    private static double[] Doubles(ReadOnlySpan<float> values) => Array.ConvertAll(values.ToArray(), v => (double)v);
}
