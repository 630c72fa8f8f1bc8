using static NetGen.Runtime.Tests.TrainerTests;

namespace NetGen.Runtime.Tests;

/// <summary>Whatever form the samples have, the network learns from the same batches.</summary>
public class TrainerDataTests
{
    private readonly float[] _inputs;
    private readonly float[] _targets;

    public TrainerDataTests() => (_inputs, _targets) = Line(10, slope: 3);

    [Theory]
    [InlineData(0f)]
    [InlineData(0.3f)]
    public void RowsAreTheSameAsSpans(float validationFraction)
    {
        LinearModel ofSpans = Trained(t => t.Train(_inputs, _targets));
        LinearModel ofRows = Trained(t => t.Train(SampleSet.Of(_inputs.Chunk(2).ToList(), _targets.Chunk(1).ToArray())));

        Assert.Equal(ofSpans.Batches!, ofRows.Batches!);
        Assert.Equal(ofSpans.Targets, ofRows.Targets);
        Assert.Equal(ofSpans.Weight, ofRows.Weight);

        LinearModel Trained(Func<Trainer, TrainingResult> train)
        {
            var network = new LinearModel { Batches = [] };
            train(new Trainer(network) { Epochs = 3, BatchSize = 4, LearningRate = 0.1f, ValidationFraction = validationFraction });
            return network;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AClassIsOneOfTheOutputs(bool rows)
    {
        var network = new LinearModel { OutputCount = 3, Batches = [] };
        var trainer = new Trainer(network) { Epochs = 1, BatchSize = 2, Shuffle = false };
        int[] classes = [2, 0, 1];

        TrainingResult result = rows
            ? trainer.Train(SampleSet.OfClasses([[0, 1], [1, 1], [2, 1]], classes))
            : trainer.Train(SampleSet.OfClasses([0, 1, 1, 1, 2, 1], classes));

        Assert.Equal([[0, 0, 1, 1, 0, 0], [0, 1, 0]], network.Targets);
        Assert.Equal([[0, 1], [2]], network.Batches!);
        Assert.Equal(StopReason.EpochLimit, result.StopReason);
    }

    [Fact]
    public void ClassesMayBeHeldBack()
    {
        var network = new LinearModel { OutputCount = 2, Batches = [] };
        int[] classes = [.. Enumerable.Range(0, 10).Select(row => row % 2)];

        new Trainer(network) { Epochs = 1, ValidationFraction = 0.3f }.Train(SampleSet.OfClasses(_inputs, classes));

        Assert.Equal(Enumerable.Range(0, 10), network.Batches![0].Concat(network.Evaluated).Order());
        Assert.Equal(network.Batches[0].Select(row => (float)(row % 2)), network.Targets[0].Chunk(2).Select(target => target[1]));
    }

    [Fact]
    public void TheLossOverRowsIsThatOverSpans()
    {
        // More rows than are measured at once.
        (float[] inputs, float[] targets) = Line(700, slope: 3);

        TrainingResult ofSpans = new Trainer(new LinearModel()) { Epochs = 1 }.Train(inputs, targets);
        TrainingResult ofRows = new Trainer(new LinearModel()) { Epochs = 1 }
            .Train(SampleSet.Of(inputs.Chunk(2).ToArray(), targets.Chunk(1).ToArray()));

        Assert.Equal(ofSpans.BestLoss, ofRows.BestLoss, 1e-5f);
    }

    [Theory]
    [InlineData(4, new[] { 4, 4, 2 })]
    [InlineData(3, new[] { 3, 3, 3, 1 })]
    public void ASourceIsReadBatchByBatch(int mostRows, int[] sizes)
    {
        List<int> begun = [];
        var network = new LinearModel { Batches = [] };
        var source = new Lines(_inputs, _targets) { MostRows = mostRows, BeforeBegin = begun.Add };

        TrainingResult result = new Trainer(network) { Epochs = 2, BatchSize = 4, LearningRate = 0.1f }.Train(source);

        Assert.Equal([.. sizes, .. sizes], network.Batches!.Select(batch => batch.Length));
        Assert.Equal(Enumerable.Range(0, 10), network.Batches!.Take(sizes.Length).SelectMany(batch => batch));

        // Once to measure where training begins, and in each epoch once to learn and once to measure.
        Assert.Equal([1, 1, 1, 2, 2], begun);
        Assert.Equal(network.Evaluate(_inputs, _targets), result.BestLoss, 1e-6f);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ASourceIsReadOnceWhereNothingIsToBeMeasured(bool validates)
    {
        List<int> begun = [];
        var source = new Lines(_inputs, _targets) { BeforeBegin = begun.Add };
        var trainer = new Trainer(new LinearModel()) { Epochs = 4, FirstEpoch = 2, RestoreBestWeights = validates };

        _ = validates ? trainer.TrainAndValidate(source, SampleSet.Of(_inputs, _targets)) : trainer.Train(source);

        Assert.Equal([2, 3, 4], begun);
    }

    [Fact]
    public void StepsHaveRatesOfTheirOwn()
    {
        var network = new LinearModel { Batches = [] };
        var trainer = new Trainer(network)
        {
            Epochs = 2,
            BatchSize = 4,
            LearningRate = 8,
            Schedule = LearningRateSchedule.Step(2, 0.5f).WithWarmup(1).PerStep(),
        };

        TrainingResult result = trainer.Train(_inputs, _targets);

        Assert.Equal([4, 8, 8, 4, 4, 2], network.Rates);
        Assert.Equal([8f, 2f], result.History.Select(epoch => epoch.LearningRate));

        // From the middle, and from a source that knows its length.
        var rest = new LinearModel { Batches = [] };
        new Trainer(rest) { Epochs = 2, FirstEpoch = 2, BatchSize = 4, LearningRate = 8, Schedule = trainer.Schedule }
            .Train(new Lines(_inputs, _targets) { RowCount = 10 });
        Assert.Equal([4, 4, 2], rest.Rates);
    }

    [Fact]
    public void ASourceThatMakesMoreStepsThanItSaidKeepsTheLastRate()
    {
        var network = new LinearModel { Batches = [] };
        var trainer = new Trainer(network) { Epochs = 1, BatchSize = 4, LearningRate = 1, Schedule = new Rates([1, 2, 3]).PerStep() };

        trainer.Train(new Lines(_inputs, _targets) { RowCount = 10, MostRows = 2 });

        Assert.Equal([1, 2, 3, 3, 3], network.Rates);
    }

    [Fact]
    public void WhatASourceMayNotDoIsRefused()
    {
        var network = new LinearModel();
        Assert.Throws<ArgumentNullException>("source", () => new Trainer(network).Train((IBatchSource)null!));
        Assert.Equal(
            "Expected from the source at most 32 rows, for which there is room, got 33.",
            Refused(new Greedy(33)));
        Assert.Equal("Expected from the source at least one row in epoch 1, got none.", Refused(new Greedy(0), restores: false));
        Assert.StartsWith("Expected a source that knows its RowCount", Refused(new Greedy(0), perStep: true), StringComparison.Ordinal);
        Assert.StartsWith("Expected validation samples", Refused(new Greedy(0), validationFraction: 0.5f), StringComparison.Ordinal);
        Assert.Equal(0, network.BatchCount);

        string Refused(IBatchSource source, bool restores = true, bool perStep = false, float validationFraction = 0)
        {
            var trainer = new Trainer(network) { RestoreBestWeights = restores, ValidationFraction = validationFraction };
            trainer.Schedule = perStep ? trainer.Schedule.PerStep() : trainer.Schedule;
            return Assert.Throws<InvalidOperationException>(() => trainer.Train(source)).Message;
        }
    }

    [Fact]
    public void SamplesThatDoNotFitAreRefused()
    {
        var trainer = new Trainer(new LinearModel { OutputCount = 2 });

        Assert.Equal(
            ("inputs", "Expected 2 numbers in each row, got 3 in row 1."),
            ErrorOf(() => trainer.Train(SampleSet.Of([[1, 2], [1, 2, 3]], [[1, 2], [1, 2]]))));
        Assert.Equal(
            ("targets", "Expected 2 rows, one for each input, got 1."),
            ErrorOf(() => trainer.Train(SampleSet.Of([[1, 2], [1, 2]], [[1, 2]]))));
        Assert.Equal(
            ("inputs[1]", "Expected finite numbers to learn from, got NaN at index 0."),
            ErrorOf(() => trainer.Train(SampleSet.Of([[1, 2], [float.NaN, 2]], [[1, 2], [1, 2]]))));
        Assert.Equal(
            ("targets", "Expected 2 numbers in each row, got null in row 0."),
            ErrorOf(() => trainer.Train(SampleSet.Of([[1, 2]], [null!]))));
        Assert.Equal(
            ("classes", "Expected a class from 0 to 1, got 2 at index 1."),
            ErrorOf(() => trainer.Train(SampleSet.OfClasses([1, 2, 3, 4], [0, 2]))));
        Assert.Equal(
            ("classes", "Expected 2 classes, one for each input, got 1."),
            ErrorOf(() => trainer.Train(SampleSet.OfClasses([1, 2, 3, 4], [0]))));
        Assert.Equal(
            ("validationClasses", "Expected a class from 0 to 1, got -1 at index 0."),
            ErrorOf(() => trainer.TrainAndValidate(SampleSet.OfClasses([1, 2], [0]), SampleSet.OfClasses([1, 2], [-1]))));
        Assert.Equal(
            ("classes", "Expected a network with an output for each class; with one output, give targets of 0 and 1."),
            ErrorOf(() => new Trainer(new LinearModel()).Train(SampleSet.OfClasses([1, 2], [0]))));
        Assert.Equal(
            ("inputs", "Expected at least 1 sample of 2 numbers, got none."),
            ErrorOf(() => trainer.Train(default(SampleSet))));
        Assert.Throws<ArgumentNullException>("inputs", () => trainer.Train(SampleSet.Of(null!, [[1]])));
        Assert.Throws<ArgumentNullException>("targets", () => trainer.Train(SampleSet.Of([[1]], null!)));
    }

    private static (string? Name, string Message) ErrorOf(Action action)
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(action);
        return (error.ParamName, error.Message.Replace($" (Parameter '{error.ParamName}')", "", StringComparison.Ordinal));
    }

    private sealed class Greedy(int rows) : IBatchSource
    {
        public long? RowCount => null;

        public void Begin(int epoch)
        {
        }

        public int Read(Span<float> inputs, Span<float> targets) => rows;
    }
}
