using static NetGen.Numerics.Tests.Contract.ContractNetworks;

namespace NetGen.Numerics.Tests.Contract;

/// <summary>What a trainer leaves behind in a generated network: weights and an optimizer's memory that go together.</summary>
public class TrainerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> OptimizerNames => new(Optimizers.Select(o => "By" + o).Append(Wide));

    [Theory]
    [MemberData(nameof(OptimizerNames))]
    public void After_a_divergence_training_is_a_new_networks(string name)
    {
        INetwork network = Create(name);
        INetwork fresh = Create(name);
        (float[] inputs, float[] targets) = Samples(network, 40);

        TrainingResult diverged = new Trainer(network) { Epochs = 3, BatchSize = 10, LearningRate = 1e30f }.Train(inputs, targets, null, Token);
        TrainingResult result = new Trainer(network) { Epochs = 3, LearningRate = 0.001f }.Train(inputs, targets, null, Token);
        TrainingResult expected = new Trainer(fresh) { Epochs = 3, LearningRate = 0.001f }.Train(inputs, targets, null, Token);

        Assert.Equal((StopReason.Diverged, 0, true), (diverged.StopReason, diverged.BestEpoch, diverged.OptimizerReset));
        Assert.Equal(expected.History, result.History);
        Assert.Equal(Saved(fresh), Saved(network));
    }

    [Theory]
    [MemberData(nameof(OptimizerNames))]
    public void Weights_that_are_given_back_have_an_optimizer_that_starts_afresh(string name)
    {
        INetwork network = Create(name);
        (float[] inputs, float[] targets) = Samples(network, 40);
        float[] best = new float[network.ParameterCount];
        var schedule = new Rates([0.001f, 0.001f, 1000]);

        TrainingResult result = new Trainer(network) { Epochs = 3, Schedule = schedule }.Train(inputs, targets, new Reports(epoch =>
        {
            if (epoch.IsBest)
            {
                network.GetParameters(best);
            }
        }), Token);

        Assert.Equal((true, true), (result.BestWeightsRestored, result.OptimizerReset));
        INetwork expected = Create(name);
        expected.SetParameters(best);
        Assert.Equal(Saved(expected), Saved(network));
    }

    private static byte[] Saved(INetwork network)
    {
        byte[] bytes = new byte[network.GetSavedLength(withOptimizer: true)];
        network.Save(bytes, withOptimizer: true);
        return bytes;
    }

    private sealed class Rates(float[] rates) : LearningRateSchedule
    {
        public override float GetRate(float learningRate, int epochsDone, int epochs) => rates[epochsDone];
    }

    private sealed class Reports(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
