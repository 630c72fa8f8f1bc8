using NetGen.Numerics.Tests.Widths;
using static NetGen.Numerics.Tests.Contract.ContractNetworks;

namespace NetGen.Numerics.Tests.Contract;

/// <summary>
/// The index of a class is its target of 0 and 1, to the same bits; and a batch whose samples weigh has the weighted mean
/// Σ w·loss / Σ w, with the gradient of that. With vectors of all lengths, and without.
/// </summary>
public sealed class BatchTargetsTests
{
    private const string Kinds = nameof(Kinds);
    private const string Smooth = nameof(Smooth);
    private const string Pair = nameof(Pair);

    private static readonly Lazy<WidthNetworks> Compiled = new(() => new WidthNetworks(
    [
        new NetworkSpec(Kinds, 3, [new(5, "Gelu"), new(4, "Softmax")], "CategoricalCrossEntropy"),
        new NetworkSpec(Smooth, 3, [new(17, "Tanh"), new(19, "Softmax")], "CategoricalCrossEntropy", "Adam") { Options = new Dictionary<string, float> { ["LabelSmoothing"] = 0.1f, ["ClipNorm"] = 0.5f } },
        new NetworkSpec(Pair, 3, [new(6, "Tanh"), new(2)], "MeanSquaredError", "Momentum"),
    ]));

    public static TheoryData<string, int> Networks
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string name in (string[])[Kinds, Smooth, Pair])
            {
                foreach (int lanes in (int[])[16, 8, 4, 0])
                {
                    data.Add(name, lanes);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_class_is_its_target(string name, int lanes)
    {
        INetwork network = Compiled.Value.Create(name, lanes);
        INetwork twin = Compiled.Value.Create(name, lanes);
        foreach (int rows in (int[])[1, 3, 64, 150])
        {
            (float[] inputs, int[] classes, float[] targets) = Classes(network, rows);
            Assert.Equal(twin.Evaluate(inputs, targets), network.Evaluate(inputs, classes));
            Assert.Equal(twin.BackwardBatch(inputs, targets), network.BackwardBatch(inputs, classes));
            Assert.Equal(Gradients(twin), Gradients(network));
            Assert.Equal(twin.TrainBatch(inputs, targets, 0.1f), network.TrainBatch(inputs, classes, 0.1f));
            Assert.Equal(twin.TrainBatch(inputs, targets, 0.1f, 3), network.TrainBatch(inputs, classes, 0.1f, 3));
            Assert.Equal(Parameters(twin), Parameters(network));

            float[] input = inputs[..network.InputCount];
            float[] target = targets[..network.OutputCount];
            Assert.Equal(twin.TrainStep(input, target, 0.1f), network.TrainStep(input, classes[0], 0.1f));
            Assert.Equal(Parameters(twin), Parameters(network));
            Forward(network, input);
            Forward(twin, input);
            var gradient = new float[network.InputCount];
            var expected = new float[network.InputCount];
            Assert.Equal(twin.Backward(target, expected), network.Backward(classes[0], gradient));
            Assert.Equal(expected, gradient);
            Assert.Equal(twin.Backward(target), network.Backward(classes[0]));
            Assert.Equal(Gradients(twin), Gradients(network));
            network.ClearGradients();
            twin.ClearGradients();
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void What_samples_weigh_makes_a_weighted_mean(string name, int lanes)
    {
        INetwork network = Compiled.Value.Create(name, lanes);
        foreach (int rows in (int[])[1, 3, 150])
        {
            (float[] inputs, int[] classes, float[] targets) = Classes(network, rows);
            float[] weights = [.. Enumerable.Range(0, rows).Select(row => row % 5 == 4 ? 0f : 0.2f + (row * 0.7f % 3f))];

            // By hand, sample by sample.
            double loss = 0, total = weights.Sum(w => (double)w);
            var gradient = new double[network.ParameterCount];
            for (int row = 0; row < rows; row++)
            {
                Forward(network, inputs.AsSpan(row * network.InputCount, network.InputCount));
                loss += weights[row] / total * network.Backward(targets.AsSpan(row * network.OutputCount, network.OutputCount));
                float[] own = Gradients(network);
                for (int i = 0; i < own.Length; i++)
                {
                    gradient[i] += weights[row] / total * own[i];
                }

                network.ClearGradients();
            }

            Assert.Equal(loss, network.Evaluate(inputs, BatchTargets.Of(targets).WithWeights(weights)), 1e-5);
            Assert.Equal(loss, network.Evaluate(inputs, BatchTargets.OfClasses(classes).WithWeights(weights)), 1e-5);
            Assert.Equal(loss, network.BackwardBatch(inputs, BatchTargets.OfClasses(classes).WithWeights(weights)), 1e-5);
            Assert.Equal(rows, network.GradientSamples);
            Near.Assert("gradient", gradient, Gradients(network), 1e-5, 1e-6);

            // A step takes the same gradient.
            INetwork twin = Compiled.Value.Create(name, lanes);
            twin.CopyParametersFrom(network);
            network.Step(0.3f);
            Assert.Equal(loss, twin.TrainBatch(inputs, BatchTargets.OfClasses(classes).WithWeights(weights), 0.3f), 1e-5);
            Near.Assert("step", Array.ConvertAll(Parameters(network), p => (double)p), Parameters(twin), 1e-4, 1e-5);
            network.ResetOptimizer();
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Weights_that_are_alike_are_none(string name, int lanes)
    {
        (float[] inputs, int[] classes, _) = Classes(Compiled.Value.Create(name, lanes), 150);
        INetwork plain = Compiled.Value.Create(name, lanes);
        float expected = plain.TrainBatch(inputs, classes, 0.1f);
        foreach (float weight in (float[])[1f, 0.3f, 1e-30f, 1e30f])
        {
            INetwork network = Compiled.Value.Create(name, lanes);
            float[] weights = [.. Enumerable.Repeat(weight, 150)];
            Assert.Equal(expected, network.TrainBatch(inputs, BatchTargets.OfClasses(classes).WithWeights(weights), 0.1f));
            Assert.Equal(Parameters(plain), Parameters(network));
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Threads_weigh_alike(string name, int lanes)
    {
        INetwork network = Compiled.Value.Create(name, lanes);
        INetwork twin = Compiled.Value.Create(name, lanes);
        (float[] inputs, int[] classes, float[] targets) = Classes(network, 300);
        float[] weights = [.. Enumerable.Range(0, 300).Select(row => row * 0.37f % 2f)];
        for (int step = 0; step < 3; step++)
        {
            BatchTargets weighed = BatchTargets.OfClasses(classes).WithWeights(weights);
            Assert.Equal(network.TrainBatch(inputs, weighed, 0.1f), twin.TrainBatch(inputs, weighed, 0.1f, 3));
            weighed = BatchTargets.Of(targets).WithWeights(weights);
            Assert.Equal(network.TrainBatch(inputs, weighed, 0.1f, 2), twin.TrainBatch(inputs, weighed, 0.1f));
            Assert.Equal(Parameters(network), Parameters(twin));
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_sample_that_weighs_nothing_is_not_there(string name, int lanes)
    {
        INetwork network = Compiled.Value.Create(name, lanes);
        INetwork twin = Compiled.Value.Create(name, lanes);
        (float[] inputs, _, float[] targets) = Classes(network, 8);

        // Its loss is infinite.
        float[] strange = [.. targets];
        strange.AsSpan(3 * network.OutputCount, network.OutputCount).Fill(float.MaxValue);
        float[] weights = [1, 1, 1, 0, 1, 1, 1, 1];
        Assert.False(float.IsFinite(network.Evaluate(inputs, strange)));
        float expected = twin.TrainBatch(Without(inputs, network.InputCount), Without(targets, network.OutputCount), 0.1f);
        Assert.Equal(expected, network.TrainBatch(inputs, BatchTargets.Of(strange).WithWeights(weights), 0.1f), 1e-5f);
        Near.Assert("step", Array.ConvertAll(Parameters(twin), p => (double)p), Parameters(network), 1e-4, 1e-5);

        float[] Without(float[] values, int width) => [.. values[..(3 * width)], .. values[(4 * width)..]];
    }

    [Fact]
    public void Who_only_predicts_measures_the_same()
    {
        IPredictor predictor = CreatePredictor(Predictor);
        INetwork network = Create(Wide);
        (float[] inputs, int[] classes, _) = Classes(network, 70);
        float[] weights = [.. Enumerable.Range(0, 70).Select(row => row * 0.37f % 2f)];
        predictor.SetParameters(Parameters(network));

        Assert.Equal(network.Evaluate(inputs, classes), predictor.Evaluate(inputs, classes));
        BatchTargets weighed = BatchTargets.OfClasses(classes).WithWeights(weights);
        Assert.Equal(network.Evaluate(inputs, weighed), predictor.Evaluate(inputs, weighed));
    }

    private static (float[] Inputs, int[] Classes, float[] Targets) Classes(IPredictor network, int rows)
    {
        (float[] inputs, _) = Samples(network, rows, seed: rows);
        int[] classes = [.. Enumerable.Range(0, rows).Select(row => row * 7 % 11 % network.OutputCount)];
        var targets = new float[rows * network.OutputCount];
        for (int row = 0; row < rows; row++)
        {
            targets[(row * network.OutputCount) + classes[row]] = 1;
        }

        return (inputs, classes, targets);
    }
}
