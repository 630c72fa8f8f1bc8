namespace NetGen.Runtime.Tests;

public class TrainerTests
{
    [Fact]
    public void LearnsASlope()
    {
        var network = new LinearModel();
        (float[] inputs, float[] targets) = Line(50, slope: 3);

        TrainingResult result = new Trainer(network) { LearningRate = 0.1f, BatchSize = 8 }.Train(inputs, targets);

        Assert.Equal(3f, network.Weight, 3);
        Assert.Equal(StopReason.EpochLimit, result.StopReason);
        Assert.Equal(100, result.EpochsRun);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void EveryEpochVisitsEveryRowOnce(bool shuffle)
    {
        var network = new LinearModel { Batches = [] };
        (float[] inputs, float[] targets) = Line(10);

        new Trainer(network) { Epochs = 3, BatchSize = 4, Shuffle = shuffle }.Train(inputs, targets);

        Assert.Equal([4, 4, 2, 4, 4, 2, 4, 4, 2], network.Batches.Select(batch => batch.Length));
        int[][] epochs = [.. network.Batches.Chunk(3).Select(batches => batches.SelectMany(batch => batch).ToArray())];
        Assert.All(epochs, epoch => Assert.Equal(Enumerable.Range(0, 10), epoch.Order()));
        Assert.Equal(shuffle ? 3 : 1, epochs.Select(epoch => string.Join(" ", epoch)).Distinct().Count());
    }

    [Theory]
    [InlineData(true, 0f)]
    [InlineData(true, 0.3f)]
    [InlineData(false, 0.3f)]
    public void TrainingGoesOnWithAnEpoch(bool shuffle, float validationFraction)
    {
        var whole = new LinearModel { Batches = [] };
        var rest = new LinearModel { Batches = [] };
        (float[] inputs, float[] targets) = Line(10);

        TrainingResult ofWhole = Train(whole, firstEpoch: 1);
        TrainingResult ofRest = Train(rest, firstEpoch: 3);

        int batches = whole.Batches.Count / 5;
        Assert.Equal(whole.Batches.Skip(2 * batches), rest.Batches);
        Assert.Equal(whole.Rates.Skip(2 * batches), rest.Rates);
        Assert.Equal(whole.Evaluated, rest.Evaluated);
        Assert.Equal(ofWhole.History.Skip(2).Select(epoch => epoch.Epoch), ofRest.History.Select(epoch => epoch.Epoch));

        TrainingResult Train(LinearModel network, int firstEpoch) => new Trainer(network)
        {
            Epochs = 5,
            FirstEpoch = firstEpoch,
            BatchSize = 4,
            Shuffle = shuffle,
            ValidationFraction = validationFraction,
            Schedule = LearningRateSchedule.Cosine(),
            Seed = 7,
        }.Train(inputs, targets);
    }

    [Fact]
    public void TheBestEpochIsOneThatWasRun()
    {
        var network = new LinearModel { ScriptedEvaluations = new([9f, 3f, 1f, 2f]) };
        (float[] inputs, float[] targets) = Line(10);

        TrainingResult result = new Trainer(network) { Epochs = 4, FirstEpoch = 2 }.Train(inputs, targets);

        Assert.Equal((3, true), (result.BestEpoch, result.BestWeightsRestored));
    }

    [Fact]
    public void RowsKeepTheirTargets()
    {
        // y = 2x exactly: at weight 2 any pairing of a row with another's target has a loss above 0.
        var network = new LinearModel { Weight = 2 };
        (float[] inputs, float[] targets) = Line(11, slope: 2);

        TrainingResult result =
            new Trainer(network) { Epochs = 4, BatchSize = 3, ValidationFraction = 0.3f }.Train(inputs, targets);

        Assert.All(result.History, epoch => Assert.Equal((0f, 0f), (epoch.TrainingLoss, epoch.ValidationLoss)));
    }

    [Fact]
    public void EveryBatchHasTheDegreeOfParallelism()
    {
        var network = new LinearModel { Batches = [] };
        (float[] inputs, float[] targets) = Line(10);

        new Trainer(network) { Epochs = 1, BatchSize = 4 }.Train(inputs, targets);
        new Trainer(network) { Epochs = 1, BatchSize = 4, DegreeOfParallelism = 5 }.Train(inputs, targets);

        Assert.Equal([1, 1, 1, 5, 5, 5], network.Degrees);
    }

    [Fact]
    public void ABatchMayBeLargerThanTheData()
    {
        var network = new LinearModel { Batches = [] };
        (float[] inputs, float[] targets) = Line(5);

        new Trainer(network) { Epochs = 1, BatchSize = int.MaxValue }.Train(inputs, targets);

        Assert.Equal(5, Assert.Single(network.Batches).Length);
    }

    [Fact]
    public void TheSeedDecidesTheBatches()
    {
        Assert.Equal(BatchesOf(1), BatchesOf(1));
        Assert.NotEqual(BatchesOf(1), BatchesOf(2));

        // The same on every platform, so it may be written down.
        Assert.Equal("0 3 7|1 2 6|5 4", string.Join("|", BatchesOf(1).Select(batch => string.Join(" ", batch))));

        static List<int[]> BatchesOf(ulong seed)
        {
            var network = new LinearModel { Batches = [] };
            (float[] inputs, float[] targets) = Line(8);
            new Trainer(network) { Epochs = 1, BatchSize = 3, Seed = seed }.Train(inputs, targets);
            return network.Batches;
        }
    }

    [Theory]
    [InlineData(0.25f, 5)]
    [InlineData(0.001f, 1)]
    [InlineData(0.94f, 19)]
    public void ValidationRowsAreHeldBack(float fraction, int expected)
    {
        var network = new LinearModel { Batches = [] };
        (float[] inputs, float[] targets) = Line(20);

        new Trainer(network) { Epochs = 2, Shuffle = false, ValidationFraction = fraction, Seed = 5 }.Train(inputs, targets);

        int[] learned = network.Batches[0];
        Assert.Equal(expected, network.Evaluated.Length);
        Assert.Equal(Enumerable.Range(0, 20), learned.Concat(network.Evaluated).Order());
        Assert.Equal(learned.Order(), learned);
        Assert.Equal(learned, network.Batches[1]);
        Assert.NotEqual(Enumerable.Range(20 - expected, expected), network.Evaluated.Order());
    }

    [Fact]
    public void ValidationSamplesMayBeGiven()
    {
        var network = new LinearModel { Batches = [] };
        (float[] inputs, float[] targets) = Line(10);
        float[] validationInputs = [40, 1, 41, 1];

        TrainingResult result =
            new Trainer(network) { Epochs = 1 }.TrainAndValidate(inputs, targets, validationInputs, [1, 1]);

        Assert.Equal([40, 41], network.Evaluated);
        Assert.Equal(10, network.Batches[0].Length);
        Assert.NotNull(result.ValidationLoss);
    }

    [Fact]
    public void TheEpochsLossWeighsBatchesByTheirSize()
    {
        var network = new LinearModel { ScriptedBatches = new([1f, 4f, 10f]) };
        (float[] inputs, float[] targets) = Line(5);

        TrainingResult result = new Trainer(network) { Epochs = 1, BatchSize = 2 }.Train(inputs, targets);

        Assert.Equal((1 * 2 + 4 * 2 + 10 * 1) / 5f, result.TrainingLoss);
    }

    [Fact]
    public void TheScheduleSetsEachEpochsRate()
    {
        var network = new LinearModel { Batches = [] };
        (float[] inputs, float[] targets) = Line(4);

        TrainingResult result = new Trainer(network)
        {
            Epochs = 4,
            BatchSize = 2,
            LearningRate = 0.5f,
            Schedule = LearningRateSchedule.Step(2, 0.5f),
        }.Train(inputs, targets);

        Assert.Equal([0.5f, 0.5f, 0.5f, 0.5f, 0.25f, 0.25f, 0.25f, 0.25f], network.Rates);
        Assert.Equal([0.5f, 0.5f, 0.25f, 0.25f], result.History.Select(epoch => epoch.LearningRate));
    }

    [Fact]
    public void StopsWhenPatienceEndsAndRestoresTheBestEpoch()
    {
        var weights = new List<float>();
        var network = new LinearModel { ScriptedEvaluations = new([9f, 5f, 3f, 4f, 3f, 3.5f, 1f]) };
        (float[] inputs, float[] targets) = Line(8);
        var progress = new SynchronousProgress(_ => weights.Add(network.Weight));

        TrainingResult result =
            new Trainer(network) { Patience = 3, ValidationFraction = 0.25f }.Train(inputs, targets, progress);

        Assert.Equal(StopReason.NoImprovement, result.StopReason);
        Assert.Equal((5, 2, 3f), (result.EpochsRun, result.BestEpoch, result.BestLoss));
        Assert.True(result.BestWeightsRestored);
        Assert.Equal(weights[1], network.Weight);
        Assert.NotEqual(weights[4], network.Weight);
    }

    [Fact]
    public void ImprovementBelowTheMinimumCountsForTheWeightsOnly()
    {
        var network = new LinearModel { ScriptedEvaluations = new([9f, 5f, 4.9f, 4.8f, 1f]) };
        (float[] inputs, float[] targets) = Line(8);

        TrainingResult result = new Trainer(network) { Patience = 2, MinimumImprovement = 0.5f, ValidationFraction = 0.25f }
            .Train(inputs, targets);

        Assert.Equal((3, 3, 4.8f), (result.EpochsRun, result.BestEpoch, result.BestLoss));
        Assert.False(result.BestWeightsRestored);
    }

    [Fact]
    public void SmallImprovementsAddUp()
    {
        // Each epoch gains 0.3, below the minimum of 0.5; every second one is 0.6 below the last that counted.
        var network = new LinearModel { ScriptedEvaluations = new([9f, 5f, 4.7f, 4.4f, 4.1f, 3.8f, 3.5f]) };
        (float[] inputs, float[] targets) = Line(8);

        TrainingResult result =
            new Trainer(network) { Epochs = 6, Patience = 2, MinimumImprovement = 0.5f, ValidationFraction = 0.25f }
                .Train(inputs, targets);

        Assert.Equal(StopReason.EpochLimit, result.StopReason);
    }

    [Fact]
    public void WithoutValidationTheTrainingSamplesCount()
    {
        var network = new LinearModel { Batches = [], ScriptedEvaluations = new([9f, 2f, 1f, 3f, 3f]) };
        (float[] inputs, float[] targets) = Line(4);

        TrainingResult result = new Trainer(network) { Patience = 2 }.Train(inputs, targets);

        Assert.Equal((4, 2, 1f), (result.EpochsRun, result.BestEpoch, result.BestLoss));
        Assert.Equal([0, 1, 2, 3], network.Evaluated);
        Assert.Null(result.ValidationLoss);
    }

    [Fact]
    public void NothingIsEvaluatedWhenNoWeightsAreToBeRestored()
    {
        var network = new LinearModel { Batches = [], ScriptedBatches = new([2f, 1f, 3f, 3f]) };
        (float[] inputs, float[] targets) = Line(4);

        TrainingResult result = new Trainer(network) { Patience = 2, RestoreBestWeights = false }.Train(inputs, targets);

        Assert.Equal((4, 2, 1f), (result.EpochsRun, result.BestEpoch, result.BestLoss));
        Assert.Empty(network.Evaluated);
    }

    [Fact]
    public void TheBestLossIsThatOfTheWeightsGivenBack()
    {
        // One batch an epoch, and the second rate overshoots: the loss before that step is lower than what it leaves, but the
        // epoch does not end with the weights it belongs to.
        var network = new LinearModel { Weight = 2 };
        (float[] inputs, float[] targets) = Line(4);
        var trainer = new Trainer(network) { Epochs = 2, LearningRate = 1, Schedule = new Rates([0.5f, 9f]) };

        TrainingResult result = trainer.Train(inputs, targets);

        Assert.Equal(1, result.BestEpoch);
        Assert.Equal(result.BestLoss, network.Evaluate(inputs, targets));
        Assert.Equal(result.BestLoss, result.History[1].TrainingLoss, 1e-6f);
        Assert.True(result.BestLoss < result.History[1].Loss);
    }

    [Fact]
    public void KeepsTheLastWeightsWhenAsked()
    {
        float last = float.NaN;
        var network = new LinearModel { ScriptedEvaluations = new([1f, 2f]) };
        (float[] inputs, float[] targets) = Line(8);
        var progress = new SynchronousProgress(_ => last = network.Weight);

        TrainingResult result = new Trainer(network) { Epochs = 2, ValidationFraction = 0.25f, RestoreBestWeights = false }
            .Train(inputs, targets, progress);

        Assert.Equal(1, result.BestEpoch);
        Assert.False(result.BestWeightsRestored);
        Assert.Equal(last, network.Weight);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void StopsAtOnceWhenTheLossIsNotFinite(float loss)
    {
        float best = float.NaN;
        var network = new LinearModel { ScriptedEvaluations = new([9f, 2f]), ScriptedBatches = new([3f, 3f, loss]) };
        (float[] inputs, float[] targets) = Line(6);
        var progress = new SynchronousProgress(epoch => best = epoch.IsBest ? network.Weight : best);

        TrainingResult result = new Trainer(network) { BatchSize = 3 }.Train(inputs, targets, progress);

        Assert.Equal(StopReason.Diverged, result.StopReason);
        Assert.Equal(3, network.BatchCount);
        Assert.Equal((2, 1, 2f, loss), (result.EpochsRun, result.BestEpoch, result.BestLoss, result.TrainingLoss));
        Assert.True(result.BestWeightsRestored);
        Assert.Equal(best, network.Weight);
    }

    [Fact]
    public void ANetworkThatDivergesInItsFirstEpochIsGivenBackAsItWas()
    {
        var network = new LinearModel { Weight = 7 };
        (float[] inputs, float[] targets) = Line(200, slope: 3);

        TrainingResult result =
            new Trainer(network) { LearningRate = 1e20f, BatchSize = 1, Schedule = LearningRateSchedule.Constant }
                .Train(inputs, targets);

        Assert.Equal((StopReason.Diverged, 1, 0), (result.StopReason, result.EpochsRun, result.BestEpoch));
        Assert.Equal(7f, network.Weight);
        Assert.Equal(network.Evaluate(inputs, targets), result.BestLoss);
    }

    [Fact]
    public void AValidationLossThatIsNaNStopsToo()
    {
        var network = new LinearModel { ScriptedEvaluations = new([9f, 1f, float.NaN]) };
        (float[] inputs, float[] targets) = Line(8);

        TrainingResult result = new Trainer(network) { ValidationFraction = 0.25f }.Train(inputs, targets);

        Assert.Equal((StopReason.Diverged, 2, 1), (result.StopReason, result.EpochsRun, result.BestEpoch));
    }

    [Fact]
    public void CancellingGivesTheBestCompleteEpoch()
    {
        using var cancellation = new CancellationTokenSource();
        float first = float.NaN;
        var network = new LinearModel
        {
            ScriptedEvaluations = new([9f, 1f, 2f]),
            BeforeBatch = batch =>
            {
                if (batch == 4)
                {
                    cancellation.Cancel();
                }
            },
        };
        (float[] inputs, float[] targets) = Line(8);
        var progress = new SynchronousProgress(epoch => first = epoch.Epoch == 1 ? network.Weight : first);
        var trainer = new Trainer(network) { BatchSize = 3, ValidationFraction = 0.25f };

        Assert.Throws<OperationCanceledException>(() => trainer.Train(inputs, targets, progress, cancellation.Token));

        Assert.Equal(5, network.BatchCount);
        Assert.Equal(first, network.Weight);
    }

    [Fact]
    public void CancellingTheFirstEpochKeepsItsSteps()
    {
        using var cancellation = new CancellationTokenSource();
        var network = new LinearModel { BeforeBatch = _ => cancellation.Cancel() };
        (float[] inputs, float[] targets) = Line(8);
        var trainer = new Trainer(network) { BatchSize = 3 };

        Assert.Throws<OperationCanceledException>(() => trainer.Train(inputs, targets, null, cancellation.Token));
        float afterOne = network.Weight;
        Assert.Throws<OperationCanceledException>(() => trainer.Train(inputs, targets, null, cancellation.Token));

        Assert.Equal(1, network.BatchCount);
        Assert.NotEqual(0f, afterOne);
        Assert.Equal(afterOne, network.Weight);
    }

    [Fact]
    public void ProgressTellsEachEpoch()
    {
        var reports = new List<TrainingProgress>();
        var network = new LinearModel { ScriptedEvaluations = new([9f, 3f, 2f, 2.5f]) };
        (float[] inputs, float[] targets) = Line(8);

        TrainingResult result = new Trainer(network) { Epochs = 3, LearningRate = 0.25f, ValidationFraction = 0.25f }
            .Train(inputs, targets, new SynchronousProgress(reports.Add));

        Assert.Equal(reports, result.History);
        Assert.Equal([1, 2, 3], reports.Select(report => report.Epoch));
        Assert.Equal([1, 2, 2], reports.Select(report => report.BestEpoch));
        Assert.Equal([3f, 2f, 2f], reports.Select(report => report.BestLoss));
        Assert.Equal([true, true, false], reports.Select(report => report.IsBest));
        Assert.Equal([3f, 2f, 2.5f], reports.Select(report => report.Loss));
        Assert.All(reports, report => Assert.Equal((3, 0.25f), (report.Epochs, report.LearningRate)));
        Assert.StartsWith("epoch 3 of 3: loss ", reports[2].ToString(), StringComparison.Ordinal);
        Assert.EndsWith(", validation loss 2.5", reports[2].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void MemoryDoesNotGrowWithTheNumberOfEpochs()
    {
        Allocated(2);

        Assert.Equal(Allocated(10), Allocated(250));

        static long Allocated(int epochs)
        {
            var trainer = new Trainer(new LinearModel()) { Epochs = epochs, BatchSize = 3, ValidationFraction = 0.2f };
            (float[] inputs, float[] targets) = Line(20);
            var progress = new SynchronousProgress(static _ => { });
            long before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Train(inputs, targets, progress);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    /// <summary>Samples of y = slope · x with x from 0.1 to 1.</summary>
    internal static (float[] Inputs, float[] Targets) Line(int count, float slope = 1)
    {
        float[] inputs = new float[count * 2];
        float[] targets = new float[count];
        for (int row = 0; row < count; row++)
        {
            float x = 0.1f + (0.9f * row / count);
            (inputs[row * 2], inputs[(row * 2) + 1], targets[row]) = (row, x, slope * x);
        }

        return (inputs, targets);
    }

    /// <summary>A schedule that is written down.</summary>
    internal sealed class Rates(float[] rates) : LearningRateSchedule
    {
        public override float GetRate(float learningRate, int epochsDone, int epochs) => rates[epochsDone];
    }

    internal sealed class SynchronousProgress(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
