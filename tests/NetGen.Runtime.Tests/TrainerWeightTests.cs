namespace NetGen.Runtime.Tests;

/// <summary>A trainer hands on the indices of classes and what samples weigh, and adds up losses as they weigh.</summary>
public class TrainerWeightTests
{
    [Fact]
    public void WeightsGoWithTheirSamples()
    {
        (float[] inputs, float[] targets) = TrainerTests.Line(20);
        float[] weights = [.. Enumerable.Range(0, 20).Select(row => 1f + row)];
        var model = new LinearModel { Batches = [] };
        new Trainer(model) { Epochs = 3, BatchSize = 6 }.Train(SampleSet.Of(inputs, targets).WithWeights(weights));

        Assert.Equal(12, model.Batches.Count);
        Assert.All(model.Batches, (numbers, batch) => Assert.Equal(numbers.Select(n => 1f + n), model.Weights[batch]));
        Assert.NotEqual(Enumerable.Range(0, 6), model.Batches[0]);
    }

    [Fact]
    public void ClassesAreHandedOnAsTheyAre()
    {
        (float[] inputs, _) = TrainerTests.Line(20);
        int[] classes = [.. Enumerable.Range(0, 20).Select(row => row % 3)];
        float[][] rows = [.. Enumerable.Range(0, 20).Select(row => inputs[(2 * row)..((2 * row) + 2)])];
        foreach (bool apart in (bool[])[false, true])
        {
            var model = new LinearModel { OutputCount = 3, Batches = [] };
            var trainer = new Trainer(model) { Epochs = 2, BatchSize = 6, ValidationFraction = 0.2f };
            trainer.Train(apart ? SampleSet.OfClasses(rows, classes) : SampleSet.OfClasses(inputs, classes));

            Assert.Equal(6, model.Batches.Count);
            Assert.All(model.Batches, (numbers, batch) => Assert.Equal(numbers.Select(n => n % 3), model.Classes[batch]));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LossesAreWeightedMeans(bool apart)
    {
        // With a learning rate of 0 nothing changes: each loss is that of the first weight, y = 0.
        (float[] inputs, float[] targets) = TrainerTests.Line(20);
        float[] weights = [.. Enumerable.Range(0, 20).Select(row => row % 4 == 3 ? 0f : 0.25f + row)];
        double expected = Enumerable.Range(0, 20).Sum(row => (double)weights[row] * targets[row] * targets[row]) / weights.Sum(w => (double)w);
        float[][] rows = [.. Enumerable.Range(0, 20).Select(row => inputs[(2 * row)..((2 * row) + 2)])];
        SampleSet samples = (apart ? SampleSet.Of(rows, [.. targets.Select(t => new[] { t })]) : SampleSet.Of(inputs, targets)).WithWeights(weights);
        TrainingResult result = new Trainer(new LinearModel()) { Epochs = 2, BatchSize = 3, LearningRate = 0 }.TrainAndValidate(samples, samples);

        Assert.Equal(expected, result.TrainingLoss, 1e-6);
        Assert.Equal(expected, result.ValidationLoss!.Value, 1e-6);
        Assert.Equal(expected, result.InitialLoss!.Value, 1e-6);
    }

    [Fact]
    public void ABatchThatWeighsNothingIsPassedOver()
    {
        (float[] inputs, float[] targets) = TrainerTests.Line(9);
        var model = new LinearModel { Batches = [] };
        var trainer = new Trainer(model) { Epochs = 1, BatchSize = 3, Shuffle = false, RestoreBestWeights = false };
        TrainingResult result = trainer.Train(SampleSet.Of(inputs, targets).WithWeights([1, 1, 1, 0, 0, 0, 1, 0, 0]));

        Assert.Equal([[0, 1, 2], [6, 7, 8]], model.Batches);
        Assert.True(float.IsFinite(result.TrainingLoss));
    }

    [Fact]
    public void WhereNothingWeighsThereIsNothingToLearn()
    {
        (float[] inputs, float[] targets) = TrainerTests.Line(4);
        var trainer = new Trainer(new LinearModel());

        Assert.Throws<ArgumentException>("sampleWeights", () => trainer.Train(SampleSet.Of(inputs, targets).WithWeights(new float[4])));
        Assert.Throws<ArgumentException>("sampleWeights", () => trainer.Train(SampleSet.Of(inputs, targets).WithWeights([1, 1, 1])));
        Assert.Throws<ArgumentException>("sampleWeights", () => trainer.Train(SampleSet.Of(inputs, targets).WithWeights([1, 1, 1, float.NaN])));
        Assert.Throws<ArgumentOutOfRangeException>("sampleWeights", () => trainer.Train(SampleSet.Of(inputs, targets).WithWeights([1, 1, 1, -1])));
        Assert.Throws<ArgumentException>(
            "validationSampleWeights",
            () => trainer.TrainAndValidate(SampleSet.Of(inputs, targets), SampleSet.Of(inputs, targets).WithWeights(new float[4])));
        Assert.Throws<InvalidOperationException>(() => new Trainer(new LinearModel()) { RestoreBestWeights = false }.Train(new Weighed(inputs, targets, new float[4])));
    }

    [Fact]
    public void ASourceMayWeighItsSamples()
    {
        (float[] inputs, float[] targets) = TrainerTests.Line(10);
        float[] weights = [.. Enumerable.Range(0, 10).Select(row => row % 3f)];
        var model = new LinearModel { Batches = [] };
        TrainingResult result = new Trainer(model) { Epochs = 1, BatchSize = 4, LearningRate = 0 }.Train(new Weighed(inputs, targets, weights));

        Assert.Equal([weights[..4], weights[4..8], weights[8..]], model.Weights);
        double expected = Enumerable.Range(0, 10).Sum(row => (double)weights[row] * targets[row] * targets[row]) / weights.Sum(w => (double)w);
        Assert.Equal(expected, result.TrainingLoss, 1e-6);
        Assert.Equal(expected, result.InitialLoss!.Value, 1e-6);
    }

    [Fact]
    public void MetricsCountSamplesAlike()
    {
        (float[] inputs, float[] targets) = TrainerTests.Line(4);
        SampleSet weighed = SampleSet.Of(inputs, targets).WithWeights([0, 0, 0, 1]);

        Assert.Equal(Metric.MeanAbsoluteError.Measure(new LinearModel(), SampleSet.Of(inputs, targets)), Metric.MeanAbsoluteError.Measure(new LinearModel(), weighed));
    }

    private sealed class Weighed(float[] inputs, float[] targets, float[] weights) : IWeightedBatchSource
    {
        private int _next;

        public long? RowCount => weights.Length;

        public void Begin(int epoch) => _next = 0;

        public int Read(Span<float> inputsOfBatch, Span<float> targetsOfBatch) => throw new NotSupportedException();

        public int Read(Span<float> inputsOfBatch, Span<float> targetsOfBatch, Span<float> weightsOfBatch)
        {
            int rows = Math.Min(targetsOfBatch.Length, targets.Length - _next);
            inputs.AsSpan(2 * _next, 2 * rows).CopyTo(inputsOfBatch);
            targets.AsSpan(_next, rows).CopyTo(targetsOfBatch);
            weights.AsSpan(_next, rows).CopyTo(weightsOfBatch);
            _next += rows;
            return rows;
        }
    }
}
