namespace NetGen.Numerics.Tests.Oracle;

/// <summary>The same networks in PyTorch (float64) and as NetGen compiles them (float).</summary>
/// <remarks>
/// Tolerances are about ten times what PyTorch itself loses in float32 (tests/oracle/README.md): a unit in the last
/// place is 6e-8, sums here have up to 70 terms, and errors add up through at most 6 layers.
/// </remarks>
public sealed class OracleTests
{
    private const double Forward = 4e-6;
    private const double Gradient = 2e-5;

    // What is below this is noise of numbers around 1: of y - t, or of 1 - y in the slope of a saturated sigmoid.
    private const double Floor = 3e-7;

    public static TheoryData<string, Unroll, int> Cases => OracleNetworks.All;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_gives_the_outputs(string name, Unroll unroll, int lanes)
    {
        OracleCase expected = OracleNetworks.Case(name);
        INetwork network = OracleNetworks.Create(expected, unroll, lanes);

        var outputs = new float[expected.Outputs.Length];
        for (int row = 0; row < expected.Rows; row++)
        {
            network.Forward(expected.Sample(row), outputs.AsSpan(row * network.OutputCount, network.OutputCount));
        }

        Near.Assert($"{name} outputs", expected.Outputs, outputs, Forward, Floor);

        Array.Clear(outputs);
        network.ForwardBatch(expected.Samples, outputs);
        Near.Assert($"{name} outputs of ForwardBatch", expected.Outputs, outputs, Forward, Floor);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Backward_returns_the_losses(string name, Unroll unroll, int lanes)
    {
        OracleCase expected = OracleNetworks.Case(name);
        INetwork network = OracleNetworks.Create(expected, unroll, lanes);

        var output = new float[network.OutputCount];
        var losses = new float[expected.Rows];
        for (int row = 0; row < expected.Rows; row++)
        {
            network.Forward(expected.Sample(row), output);
            losses[row] = network.Backward(expected.Target(row));
        }

        Near.AssertEach($"{name} losses", expected.Losses, losses, 1e-5, 1e-6);
        AssertLoss($"{name} Evaluate", expected.Losses.Average(), network.Evaluate(expected.Samples, expected.Targets));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Backward_gathers_the_gradients(string name, Unroll unroll, int lanes)
    {
        OracleCase expected = OracleNetworks.Case(name);
        INetwork network = OracleNetworks.Create(expected, unroll, lanes);

        double floor = GradientFloor(expected);
        var output = new float[network.OutputCount];
        var gradient = new float[network.ParameterCount];
        var inputGradient = new float[network.InputCount];
        for (int row = expected.Rows - 1; row >= 0; row--)
        {
            network.Forward(expected.Sample(row), output);
            network.Backward(expected.Target(row), inputGradient);
        }

        network.GetGradients(gradient);
        Near.AssertTensors($"{name} gradient", expected.Network, expected.Gradient, gradient, Gradient, floor);
        Near.Assert($"{name} input gradient", expected.InputGradient, inputGradient, Gradient, Floor);

        network.ClearGradients();
        for (int row = 0; row < expected.Rows; row++)
        {
            network.Forward(expected.Sample(row), output);
            network.Backward(expected.Target(row));
        }

        network.GetGradients(gradient);
        Near.AssertTensors($"{name} gradient without input gradient", expected.Network, expected.Gradient, gradient, Gradient, floor);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void BackwardFrom_the_slope_of_the_loss_is_Backward(string name, Unroll unroll, int lanes)
    {
        OracleCase expected = OracleNetworks.Case(name);

        // Behind a saturated output the caller's dL/dy is infinite or lost, and only the fused formula is exact.
        Assert.SkipWhen(name.StartsWith("Saturated") || name.StartsWith("Clamped"), "The loss has no finite slope.");

        INetwork network = OracleNetworks.Create(expected, unroll, lanes);
        var output = new float[network.OutputCount];
        var gradient = new float[network.ParameterCount];
        var inputGradient = new float[network.InputCount];
        for (int row = expected.Rows - 1; row >= 0; row--)
        {
            network.Forward(expected.Sample(row), output);
            float[] slope = LossSlope.Of(expected, row);
            if (row == 0)
            {
                network.BackwardFrom(slope, inputGradient);
            }
            else
            {
                network.BackwardFrom(slope);
            }
        }

        network.GetGradients(gradient);
        double floor = GradientFloor(expected);
        Near.AssertTensors($"{name} gradient", expected.Network, expected.Gradient, gradient, Gradient, floor);
        Near.Assert($"{name} input gradient", expected.InputGradient, inputGradient, Gradient, Floor);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Steps_on_the_whole_batch_follow_the_optimizer(string name, Unroll unroll, int lanes)
    {
        OracleCase expected = OracleNetworks.Case(name);

        INetwork network = OracleNetworks.Create(expected, unroll, lanes);
        AssertTrail($"{name} TrainBatch", expected, expected.Batch, network, step =>
        {
            float loss = network.TrainBatch(expected.Samples, expected.Targets, expected.LearningRate);
            if (step == 0)
            {
                AssertLoss($"{name} first TrainBatch", expected.Losses.Average(), loss);
            }
        });

        INetwork stepped = OracleNetworks.Create(expected, unroll, lanes);
        AssertTrail($"{name} Step", expected, expected.Batch, stepped, _ =>
        {
            Gather(stepped, expected);
            stepped.Step(expected.LearningRate);
        });

        if (expected.Optimizer == "Sgd" && expected.Option("WeightDecay", 0) == 0)
        {
            INetwork plain = OracleNetworks.Create(expected, unroll, lanes);
            AssertTrail($"{name} SgdStep", expected, expected.Batch, plain, _ =>
            {
                Gather(plain, expected);
                plain.SgdStep(expected.LearningRate);
            });
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Steps_on_single_samples_follow_plain_descent(string name, Unroll unroll, int lanes)
    {
        OracleCase expected = OracleNetworks.Case(name);

        // Others take a step of their own there: TrainingTests holds it against Backward and Step.
        bool isLimited = expected.Option("ClipNorm", 0) + expected.Option("ClipValue", 0) > 0;
        if (expected.Optimizer == "Sgd" && !isLimited && expected.Option("WeightDecay", 0) == 0)
        {
            INetwork network = OracleNetworks.Create(expected, unroll, lanes);
            AssertTrail($"{name} TrainStep", expected, expected.Single, network, step =>
            {
                int row = step % expected.Rows;
                float loss = network.TrainStep(expected.Sample(row), expected.Target(row), expected.LearningRate);
                if (step == 0)
                {
                    AssertLoss($"{name} first TrainStep", expected.Losses[0], loss);
                }
            });
        }

        INetwork stepped = OracleNetworks.Create(expected, unroll, lanes);
        var output = new float[stepped.OutputCount];
        AssertTrail($"{name} SgdStep", expected, expected.Single, stepped, step =>
        {
            int row = step % expected.Rows;
            stepped.Forward(expected.Sample(row), output);
            stepped.Backward(expected.Target(row));
            stepped.SgdStep(expected.LearningRate);
        });
    }

    private static void Gather(INetwork network, OracleCase expected)
    {
        var output = new float[network.OutputCount];
        for (int row = 0; row < expected.Rows; row++)
        {
            network.Forward(expected.Sample(row), output);
            network.Backward(expected.Target(row));
        }
    }

    /// <summary>
    /// Compares how far the parameters moved, not where they are: a wrong constant of an optimizer shows in the
    /// movement long before it shows in the parameters.
    /// </summary>
    private static void AssertTrail(
        string what, OracleCase expected, OracleStep[] trail, INetwork network, Action<int> step)
    {
        // Optimizers that divide by the gradient's size pass on the relative error of small gradients.
        double relative = expected.Optimizer is "Sgd" or "Momentum" or "Nesterov" ? 1e-4 : 1e-3;
        var parameters = new float[network.ParameterCount];
        int done = 0;
        foreach (OracleStep mark in trail)
        {
            for (; done < mark.Steps; done++)
            {
                step(done);
            }

            AssertLoss($"{what}, loss after {done} steps", mark.Loss, network.Evaluate(expected.Samples, expected.Targets));
            if (mark.Parameters is null)
            {
                continue;
            }

            network.GetParameters(parameters);
            for (int i = 0; i < parameters.Length; i++)
            {
                parameters[i] -= expected.Parameters[i];
            }

            // Each step rounds each parameter once: half a unit in its last place. The vectors have seven digits.
            double largest = expected.Parameters.Max(Math.Abs);
            double[] moved = [.. mark.Parameters.Select((p, i) => p - expected.Parameters[i])];
            double floor = (Floor + (6e-8 * done)) * Math.Max(largest, 0.1);
            Near.AssertTensors($"{what}, movement after {done} steps", expected.Network, moved, parameters, relative, floor);
        }
    }

    private static void AssertLoss(string what, double expected, float actual) =>
        Near.AssertEach(what, [expected], [actual], 2e-5, 1e-6);

    // A weight's gradient is dz·x, so the noise of dz grows with x: with dL/dy = 0.1, a slope that is off by 6e-8
    // (1 - y² of a saturated tanh), and x up to 1e4 it is 6e-5. PyTorch's float32 is off by as much.
    private static double GradientFloor(OracleCase expected) =>
        expected.Name.StartsWith("Far") ? 300 * Floor : Floor;
}
