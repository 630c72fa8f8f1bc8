using static NetGen.Numerics.Tests.Contract.ContractNetworks;

namespace NetGen.Numerics.Tests.Contract;

/// <summary>Gradients as numbers: gathered in batches, over logits, and elsewhere; and parameters that follow another network's.</summary>
public sealed class GradientDataTests
{
    private const int Rows = 70; // more than go through a network at once

    public static TheoryData<string> Names => [.. Trained];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_batch_gathers_what_its_samples_do(string name)
    {
        INetwork network = Create(name);
        INetwork single = Create(name);
        (float[] inputs, float[] targets) = Samples(network, Rows);
        float[] slopes = Slopes(targets.Length);

        // Twice, as what is there must be added to.
        for (int round = 1; round <= 2; round++)
        {
            float loss = network.BackwardBatch(inputs, targets);
            Each(single, inputs, row => single.Backward(Row(targets, single.OutputCount, row)));
            Assert.Equal(network.Evaluate(inputs, targets), loss, 1e-5f);
            AssertSame(single, network);
            network.BackwardFromBatch(inputs, slopes);
            Each(single, inputs, row => single.BackwardFrom(Row(slopes, single.OutputCount, row)));
            AssertSame(single, network);
            Assert.Equal(2 * Rows * round, network.GradientSamples);
        }

        network.BackwardFromBatch([], []);
        Assert.Equal(4 * Rows, network.GradientSamples);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_that_were_gathered_elsewhere_count_as_here(string name)
    {
        INetwork all = Create(name), sum = Create(name), worker = Create(name);
        (float[] inputs, float[] targets) = Samples(all, Rows);
        var sums = new float[all.ParameterCount];
        int half = Rows / 2;
        foreach ((int first, int count) in new[] { (0, half), (half, Rows - half) })
        {
            float[] x = inputs[(first * all.InputCount)..((first + count) * all.InputCount)];
            float[] t = targets[(first * all.OutputCount)..((first + count) * all.OutputCount)];
            worker.ClearGradients();
            worker.BackwardBatch(x, t);
            worker.GetGradientSums(sums);
            sum.AddGradients(sums, worker.GradientSamples);
        }

        all.BackwardBatch(inputs, targets);
        Assert.Equal(Rows, sum.GradientSamples);
        AssertSame(all, sum);

        // Into a network without samples they come as they are.
        sum.GetGradientSums(sums);
        worker.ClearGradients();
        worker.AddGradients(sums, Rows);
        Assert.Equal(Gradients(sum), Gradients(worker));
        worker.Step(0.01f);
        Assert.Equal(0, worker.GradientSamples);
        worker.GetGradientSums(sums);
        Assert.All(sums, g => Assert.Equal(0, g));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_norm_and_the_scale_are_those_of_the_mean(string name)
    {
        INetwork network = Create(name);
        Assert.Equal(0, network.GetGradientNorm());
        network.ScaleGradients(2);
        (float[] inputs, float[] targets) = Samples(network, Rows);
        network.BackwardBatch(inputs, targets);
        float[] gradients = Gradients(network);
        double norm = Math.Sqrt(gradients.Sum(g => (double)g * g));
        Assert.Equal(norm, network.GetGradientNorm(), norm * 1e-6);
        network.ScaleGradients(-0.5f);
        Assert.Equal(Array.ConvertAll(gradients, g => -0.5f * g), Gradients(network));
        Assert.Equal(norm / 2, network.GetGradientNorm(), norm * 1e-6);
    }

    [Fact]
    public void Over_logits_nothing_is_divided_by_a_probability()
    {
        INetwork network = Create(Classifier), fused = Create(Classifier);
        (float[] inputs, _) = Samples(network, 1);
        var targets = new float[network.OutputCount];
        targets[0] = 1;
        var y = new float[network.OutputCount];
        float[] inputGradient = new float[network.InputCount], expected = new float[network.InputCount];
        foreach (float size in new[] { 1f, 1e4f })
        {
            // Saturated logits: some probabilities are 0.
            float[] parameters = [.. Enumerable.Range(0, network.ParameterCount).Select(i => size * (((i * 7) % 5) - 2))];
            network.SetParameters(parameters);
            fused.SetParameters(parameters);
            network.Forward(inputs, y);
            network.BackwardFromLogits([.. y.Zip(targets, (p, t) => p - t)], inputGradient);
            fused.Forward(inputs, y);
            fused.Backward(targets, expected);
            Assert.Equal(expected, inputGradient);
            Assert.Equal(Gradients(fused), Gradients(network));
            Assert.All(Gradients(network), g => Assert.True(float.IsFinite(g)));
            network.ClearGradients();
            fused.ClearGradients();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameters_follow_another_networks(string name)
    {
        INetwork network = Create(name), other = Create(name);
        other.Initialize(5);
        float[] before = Parameters(network), target = Parameters(other);
        network.CopyParametersFrom(other, 0.25f);
        float[] after = Parameters(network);
        for (int i = 0; i < before.Length; i++)
        {
            Assert.Equal(before[i] + (0.25 * (target[i] - before[i])), after[i], 1e-6);
        }

        network.CopyParametersFrom(other, 0);
        Assert.Equal(after, Parameters(network));
        network.CopyParametersFrom(other);
        Assert.Equal(target, Parameters(network));

        // What pads weights in memory is copied, too, and must stay zero for what batches compute.
        (float[] inputs, float[] targets) = Samples(network, Rows);
        Assert.Equal(other.Evaluate(inputs, targets), network.Evaluate(inputs, targets));
    }

    [Fact]
    public void Wrong_arguments_are_named_and_change_nothing()
    {
        INetwork network = Create(Tiny);
        (float[] inputs, float[] targets) = Samples(network, 3);
        network.BackwardBatch(inputs, targets);
        float[] gradients = Gradients(network), parameters = Parameters(network), sums = new float[network.ParameterCount];

        Assert.Equal("sums", Assert.Throws<ArgumentException>(() => network.AddGradients(sums.AsSpan(1), 1)).ParamName);
        Assert.Equal("samples", Assert.Throws<ArgumentOutOfRangeException>(() => network.AddGradients(sums, 0)).ParamName);
        Assert.Equal("samples", Assert.Throws<ArgumentOutOfRangeException>(() => network.AddGradients(sums, int.MaxValue)).ParamName);
        sums[1] = float.NaN;
        Assert.Equal("sums", Assert.Throws<ArgumentException>(() => network.AddGradients(sums, 1)).ParamName);
        Assert.Equal("destination", Assert.Throws<ArgumentException>(() => network.GetGradientSums(sums.AsSpan(1))).ParamName);
        foreach (float factor in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            Assert.Equal("factor", Assert.Throws<ArgumentOutOfRangeException>(() => network.ScaleGradients(factor)).ParamName);
        }

        foreach (float amount in new[] { float.NaN, -0.1f, 1.1f })
        {
            Assert.Equal("amount", Assert.Throws<ArgumentOutOfRangeException>(() => network.CopyParametersFrom(Create(Tiny), amount)).ParamName);
        }

        Assert.Equal("other", Assert.Throws<ArgumentNullException>(() => network.CopyParametersFrom(null!)).ParamName);
        Assert.Equal("other", Assert.Throws<ArgumentException>(() => network.CopyParametersFrom(Create(Linear))).ParamName);
        Assert.Equal("inputs", Assert.Throws<ArgumentException>(() => network.BackwardBatch([], [])).ParamName);
        Assert.Equal("targets", Assert.Throws<ArgumentException>(() => network.BackwardBatch(inputs, targets.AsSpan(1))).ParamName);
        Assert.Equal("outputGradients", Assert.Throws<ArgumentException>(() => network.BackwardFromBatch(inputs, targets.AsSpan(1))).ParamName);
        targets[1] = float.NaN;
        Assert.Equal("targets", Assert.Throws<ArgumentException>(() => network.BackwardBatch(inputs, targets)).ParamName);
        Assert.Equal("outputGradients", Assert.Throws<ArgumentException>(() => network.BackwardFromBatch(inputs, targets)).ParamName);
        inputs[1] = float.NaN;
        Assert.Equal("inputs", Assert.Throws<ArgumentException>(() => network.BackwardBatch(inputs, targets)).ParamName);
        Assert.Throws<InvalidOperationException>(() => Create(Tiny).BackwardFromLogits(new float[network.OutputCount]));

        Assert.Equal(3, network.GradientSamples);
        Assert.Equal(gradients, Gradients(network));
        Assert.Equal(parameters, Parameters(network));
    }

    private static void Each(INetwork network, float[] inputs, Action<int> back)
    {
        var y = new float[network.OutputCount];
        for (int row = 0; row < Rows; row++)
        {
            network.Forward(Row(inputs, network.InputCount, row), y);
            back(row);
        }
    }

    private static void AssertSame(INetwork expected, INetwork actual) =>
        Near.Assert("mean gradient", Array.ConvertAll(Gradients(expected), g => (double)g), Gradients(actual), 1e-5, 1e-7);

    private static ReadOnlySpan<float> Row(float[] rows, int length, int row) => rows.AsSpan(row * length, length);

    private static float[] Slopes(int count) => [.. Enumerable.Range(0, count).Select(i => (((i * 37) % 11) - 5) / 10f)];

    private static float[] Gradients(INetwork network)
    {
        var gradients = new float[network.ParameterCount];
        network.GetGradients(gradients);
        return gradients;
    }

    private static float[] Parameters(INetwork network)
    {
        var parameters = new float[network.ParameterCount];
        network.GetParameters(parameters);
        return parameters;
    }
}
