using static NetGen.Numerics.Tests.Contract.ContractNetworks;

namespace NetGen.Numerics.Tests.Contract;

/// <summary>What a step does, and that every way to take it does the same.</summary>
public sealed class TrainingTests
{
    public static TheoryData<string> Names => new(Trained.Concat(Optimizers.Select(o => $"By{o}")));

    /// <summary>Sizes around the tiles of a matrix product and the lanes of a vector.</summary>
    public static TheoryData<string, int> Batches
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string name in Trained)
            {
                foreach (int n in (int[])[1, 2, 5, 6, 7, 8, 12, 13, 16, 33, 64, 70])
                {
                    data.Add(name, n);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_are_the_mean_of_the_samples(string name)
    {
        INetwork network = Create(name);
        (float[] inputs, float[] targets) = Samples(network, 3);
        var mean = new double[network.ParameterCount];
        for (int row = 0; row < 3; row++)
        {
            network.ClearGradients();
            Gather(network, Row(inputs, row, network.InputCount), Row(targets, row, network.OutputCount));
            float[] one = Gradients(network);
            for (int i = 0; i < mean.Length; i++)
            {
                mean[i] += one[i] / 3.0;
            }
        }

        network.ClearGradients();
        Gather(network, inputs, targets);
        Near.Assert("mean", mean, Gradients(network), 1e-6, 1e-8);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ClearGradients_forgets(string name)
    {
        INetwork network = Create(name);
        (float[] inputs, float[] targets) = Samples(network, 3);
        Gather(network, inputs, targets);
        Assert.Contains(Gradients(network), g => g != 0);
        network.ClearGradients();
        Assert.All(Gradients(network), g => Assert.Equal(0, g));
        float[] before = Parameters(network);
        network.SgdStep(1);
        network.Step(1);
        Assert.Equal(before, Parameters(network));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_without_samples_does_nothing(string name)
    {
        INetwork network = Create(name);
        INetwork twin = Create(name);
        (float[] inputs, float[] targets) = Samples(network, 3);
        network.TrainBatch(inputs, targets, 0.01f);
        twin.TrainBatch(inputs, targets, 0.01f);

        // Memory of the optimizer would move the parameters, and an extra βᵗ would show in the steps after.
        network.SgdStep(0.5f);
        network.Step(0.5f);
        Assert.Equal(Parameters(twin), Parameters(network));
        network.TrainBatch(inputs, targets, 0.01f);
        twin.TrainBatch(inputs, targets, 0.01f);
        Assert.Equal(Parameters(twin), Parameters(network));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_forget_the_samples(string name)
    {
        INetwork network = Create(name);
        (float[] inputs, float[] targets) = Samples(network, 3);
        Action[] steps = [() => network.SgdStep(0.01f), () => network.Step(0.01f)];
        foreach (Action step in steps)
        {
            Gather(network, inputs, targets);
            step();
            Assert.All(Gradients(network), g => Assert.Equal(0, g));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SgdStep_is_plain_whatever_the_optimizer(string name)
    {
        INetwork network = Create(name);
        (float[] inputs, float[] targets) = Samples(network, 3);
        network.TrainBatch(inputs, targets, 0.01f);
        float[] before = Parameters(network);
        Gather(network, inputs, targets);
        float[] gradient = Gradients(network);
        network.SgdStep(0.25f);
        double[] expected = [.. before.Select((p, i) => p - (0.25 * gradient[i]))];
        Near.Assert("parameters", expected, Parameters(network), 3e-7, 0);
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void TrainBatch_is_Backward_of_each_and_Step(string name, int n)
    {
        INetwork network = Create(name);
        INetwork twin = Create(name);
        (float[] inputs, float[] targets) = Samples(network, n);

        // What was gathered before is forgotten.
        Gather(network, inputs.AsSpan(0, network.InputCount), targets.AsSpan(0, network.OutputCount));
        var losses = new List<float>();
        var output = new float[twin.OutputCount];
        for (int row = 0; row < n; row++)
        {
            twin.Forward(Row(inputs, row, twin.InputCount), output);
            losses.Add(twin.Backward(Row(targets, row, twin.OutputCount)));
        }

        // Adam divides by the gradient's size: a small step keeps what rounding adds to it small.
        float loss = network.TrainBatch(inputs, targets, 1e-3f);
        twin.Step(1e-3f);
        Near.AssertEach("loss", [losses.Average(l => (double)l)], [loss], 1e-5, 1e-7);
        Near.Assert("parameters", Doubles(Parameters(twin)), Parameters(network), 1e-5, 1e-6);
        Assert.All(Gradients(network), g => Assert.Equal(0, g));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TrainStep_is_Forward_Backward_and_Step(string name)
    {
        INetwork network = Create(name);
        INetwork twin = Create(name);
        (float[] inputs, float[] targets) = Samples(network, 20);
        var output = new float[twin.OutputCount];
        for (int row = 0; row < 20; row++)
        {
            float[] input = Row(inputs, row, network.InputCount);
            float[] target = Row(targets, row, network.OutputCount);
            float loss = network.TrainStep(input, target, 0.01f);
            twin.Forward(input, output);
            Near.AssertEach("loss", [twin.Backward(target)], [loss], 1e-4, 1e-6);
            twin.Step(0.01f);
        }

        Near.Assert("parameters", Doubles(Parameters(twin)), Parameters(network), 1e-5, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TrainStep_is_TrainBatch_of_one(string name)
    {
        INetwork network = Create(name);
        INetwork twin = Create(name);
        (float[] inputs, float[] targets) = Samples(network, 5);
        for (int row = 0; row < 5; row++)
        {
            network.TrainStep(Row(inputs, row, network.InputCount), Row(targets, row, network.OutputCount), 1e-3f);
            twin.TrainBatch(Row(inputs, row, network.InputCount), Row(targets, row, network.OutputCount), 1e-3f);
        }

        // Adam divides by the gradient's size: a small step keeps what rounding adds to it small.
        Near.Assert("parameters", Doubles(Parameters(twin)), Parameters(network), 1e-5, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TrainStep_keeps_what_was_gathered(string name)
    {
        INetwork network = Create(name);
        INetwork twin = Create(name);
        (float[] inputs, float[] targets) = Samples(network, 3);
        Gather(network, inputs, targets);
        float[] gathered = Gradients(network);
        float[] input = Row(inputs, 0, network.InputCount);
        float[] target = Row(targets, 0, network.OutputCount);
        network.TrainStep(input, target, 0.01f);
        twin.TrainStep(input, target, 0.01f);
        Assert.Equal(gathered, Gradients(network));
        Assert.Equal(Parameters(twin), Parameters(network));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Evaluate_is_the_mean_loss_and_changes_nothing(string name)
    {
        INetwork network = Create(name);
        INetwork twin = Create(name);
        (float[] inputs, float[] targets) = Samples(network, 9);
        Gather(network, inputs, targets);
        Gather(twin, inputs, targets);
        float evaluated = network.Evaluate(inputs, targets);
        Assert.Equal(Parameters(twin), Parameters(network));
        Assert.Equal(Gradients(twin), Gradients(network));

        double mean = 0;
        for (int row = 0; row < 9; row++)
        {
            Forward(twin, Row(inputs, row, twin.InputCount));
            mean += twin.Backward(Row(targets, row, twin.OutputCount)) / 9.0;
        }

        Near.AssertEach("loss", [mean], [evaluated], 1e-5, 1e-7);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Training_twice_gives_the_same_bits(string name)
    {
        Assert.Equal(Run(), Run());

        float[] Run()
        {
            INetwork network = Create(name);
            (float[] inputs, float[] targets) = Samples(network, 37);
            for (int step = 0; step < 5; step++)
            {
                network.TrainBatch(inputs, targets, 0.01f);
                network.TrainStep(Row(inputs, step, network.InputCount), Row(targets, step, network.OutputCount), 0.01f);
                Gather(network, inputs, targets);
                network.Step(0.01f);
            }

            return Parameters(network);
        }
    }

    [Fact]
    public void Without_an_error_the_root_of_its_mean_square_has_no_slope()
    {
        INetwork network = Create(Root);
        network.SetParameters([1, 0, 0, 0, 1, 0, 0, 0, 1]);
        float[] input = [0.5f, -2, 3];
        Assert.Equal(input, Forward(network, input));
        var inputGradient = new float[] { 1, 1, 1 };
        Assert.Equal(0, network.Backward(input, inputGradient));
        Assert.All(inputGradient, g => Assert.Equal(0, g));
        Assert.All(Gradients(network), g => Assert.Equal(0, g));

        float[] before = Parameters(network);
        Assert.Equal(0, network.TrainStep(input, input, 0.1f));
        Assert.Equal(0, network.TrainBatch(input, input, 0.1f));
        Assert.Equal(before, Parameters(network));
    }

    private static float[] Row(float[] values, int row, int count) => values[(row * count)..((row + 1) * count)];

    private static double[] Doubles(float[] values) => [.. values.Select(v => (double)v)];
}
