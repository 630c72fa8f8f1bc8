using static NetGen.Runtime.Tests.TrainerTests;

namespace NetGen.Runtime.Tests;

/// <summary>With which weights, and which memory of the optimizer, training ends, however it ends.</summary>
public class TrainerBestWeightsTests
{
    // The second epoch is the best; the fourth fails.
    private readonly LinearModel _network = new() { Momentum = 0.9f, ScriptedEvaluations = new([9f, 3f, 1f, 2f, 2f]) };
    private readonly float[] _inputs;
    private readonly float[] _targets;
    private float _best = float.NaN;

    public TrainerBestWeightsTests() => (_inputs, _targets) = Line(8);

    [Theory]
    [InlineData("progress")]
    [InlineData("schedule")]
    [InlineData("metric")]
    [InlineData("network")]
    public void WhoeverFailsTheBestWeightsAreGivenBack(string culprit)
    {
        int epochs = 0;
        var trainer = new Trainer(_network) { Epochs = 9, ValidationFraction = 0.25f };
        trainer.Schedule = new Scripted(done => culprit == "schedule" && done == 3 ? throw new IOException("disk full") : 0.1f);
        trainer.Metrics = [Metric.Mean("m", (_, _) => culprit == "metric" && epochs == 3 ? throw new IOException("disk full") : 0)];
        var progress = new SynchronousProgress(epoch =>
        {
            epochs = epoch.Epoch;
            _best = epoch.IsBest ? _network.Weight : _best;
            if (culprit == "progress" && epoch.Epoch == 4)
            {
                throw new IOException("disk full");
            }
        });
        _network.BeforeBatch = batch => _ = culprit == "network" && batch == 3 ? throw new IOException("disk full") : 0;

        Assert.Throws<IOException>(() => trainer.Train(_inputs, _targets, progress));

        Assert.False(float.IsNaN(_best));
        Assert.Equal(_best, _network.Weight);
        Assert.Equal(1, _network.OptimizerResets);
    }

    [Fact]
    public void AFailingSourceLeavesTheBestWeights()
    {
        var source = new Lines(_inputs, _targets) { BeforeBegin = epoch => _ = epoch == 4 ? throw new IOException("unplugged") : 0 };
        var trainer = new Trainer(_network) { Epochs = 9, LearningRate = 0.1f };
        var progress = new SynchronousProgress(epoch => _best = epoch.IsBest ? _network.Weight : _best);

        Assert.Throws<IOException>(() => trainer.TrainAndValidate(source, SampleSet.Of(_inputs, _targets), progress));

        Assert.Equal(_best, _network.Weight);
    }

    [Fact]
    public void WithoutRestoringAFailureLeavesTheLastStep()
    {
        var trainer = new Trainer(_network) { Epochs = 9, LearningRate = 0.1f, RestoreBestWeights = false };
        float last = float.NaN;

        Assert.Throws<IOException>(() => trainer.Train(_inputs, _targets, new SynchronousProgress(epoch =>
        {
            last = _network.Weight;
            _ = epoch.Epoch == 3 ? throw new IOException("disk full") : 0;
        })));

        Assert.Equal(last, _network.Weight);
        Assert.Equal(0, _network.OptimizerResets);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.25f)]
    public void TheStartMayBeBest(float validationFraction)
    {
        // Fine-tuning at a rate that is far too high for what was learned before.
        var network = new LinearModel { Weight = 1.01f };
        var trainer = new Trainer(network) { Epochs = 3, LearningRate = 5, ValidationFraction = validationFraction };

        TrainingResult result = trainer.Train(_inputs, _targets);

        Assert.Equal((0, true), (result.BestEpoch, result.BestWeightsRestored));
        Assert.Equal(1.01f, network.Weight);
        Assert.Equal(result.InitialLoss, result.BestLoss);
        Assert.All(result.History, epoch => Assert.True(epoch.Loss > result.InitialLoss && !epoch.IsBest));
        Assert.Contains("before the first epoch", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void TheStartOfTrainingThatGoesOnIsTheEpochBefore()
    {
        var network = new LinearModel { Weight = 1.01f };

        TrainingResult result = new Trainer(network) { Epochs = 4, FirstEpoch = 3, LearningRate = 5 }.Train(_inputs, _targets);

        Assert.Equal((2, true, 1.01f), (result.BestEpoch, result.BestWeightsRestored, network.Weight));
    }

    [Fact]
    public void AStartWithoutALossIsBeatenByAnyEpoch()
    {
        var network = new LinearModel { ScriptedEvaluations = new([float.NaN, 5f, 6f]) };

        TrainingResult result = new Trainer(network) { Epochs = 2 }.Train(_inputs, _targets);

        Assert.Equal((1, 5f), (result.BestEpoch, result.BestLoss));
    }

    [Fact]
    public void PatienceDoesNotWaitForTheStartToBeBeaten()
    {
        var network = new LinearModel { ScriptedEvaluations = new([1f, 9f, 8f, 7f, 6f, 5f]) };

        TrainingResult result = new Trainer(network) { Epochs = 5, Patience = 2 }.Train(_inputs, _targets);

        Assert.Equal((StopReason.EpochLimit, 0), (result.StopReason, result.BestEpoch));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void TheOptimizerForgetsWhatItLearnedOfLaterWeights(bool restores, bool resets)
    {
        var trainer = new Trainer(_network) { Epochs = 3, LearningRate = 0.1f, RestoreBestWeights = restores };

        TrainingResult result = trainer.Train(_inputs, _targets);

        Assert.Equal(resets, result.OptimizerReset);
        Assert.Equal(resets ? 1 : 0, _network.OptimizerResets);
    }

    [Fact]
    public void ABestLastEpochKeepsTheOptimizersMemory()
    {
        TrainingResult result = new Trainer(_network) { Epochs = 2, LearningRate = 0.1f }.Train(_inputs, _targets);

        Assert.Equal((2, false, false), (result.BestEpoch, result.BestWeightsRestored, result.OptimizerReset));
        Assert.Equal(0, _network.OptimizerResets);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AfterADivergenceTheOptimizerStartsAfresh(bool restores)
    {
        var network = new LinearModel { Momentum = 0.9f, ScriptedBatches = new([1f, float.NaN]) };

        TrainingResult result = new Trainer(network) { BatchSize = 4, RestoreBestWeights = restores }.Train(_inputs, _targets);

        Assert.Equal((StopReason.Diverged, restores, true), (result.StopReason, result.BestWeightsRestored, result.OptimizerReset));
        Assert.Equal(1, network.OptimizerResets);
    }

    private sealed class Scripted(Func<int, float> rate) : LearningRateSchedule
    {
        public override float GetRate(float learningRate, int epochsDone, int epochs) => rate(epochsDone);
    }
}
