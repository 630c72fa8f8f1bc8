namespace NetGen.Runtime.Tests;

public class LearningRateScheduleTests
{
    [Fact]
    public void ConstantStays() => Assert.Equal([2f, 2f, 2f], RatesOf(LearningRateSchedule.Constant, 2, 3));

    [Fact]
    public void StepFallsAfterEverySoManyEpochs() =>
        Assert.Equal([8f, 8f, 8f, 4f, 4f, 4f, 2f], RatesOf(LearningRateSchedule.Step(3, 0.5f), 8, 7));

    [Fact]
    public void ExponentialFallsAfterEveryEpoch()
    {
        float[] rates = RatesOf(LearningRateSchedule.Exponential(0.9f), 1, 100);
        for (int epoch = 0; epoch < rates.Length; epoch++)
        {
            Assert.Equal((float)Math.Pow(0.9f, epoch), rates[epoch], rates[epoch] * 1e-6f);
        }
    }

    [Fact]
    public void CosineFollowsHalfAWave()
    {
        float[] rates = RatesOf(LearningRateSchedule.Cosine(0.5f), 2.5f, 1000);
        for (int epoch = 0; epoch < rates.Length; epoch++)
        {
            double expected = 0.5 + (2.0 * (1 + Math.Cos(Math.PI * epoch / 1000)) / 2);
            Assert.Equal((float)expected, rates[epoch], 1e-6f);
        }

        Assert.Equal(2.5f, rates[0]);
        Assert.Equal(1.5f, rates[500], 1e-6f);
        Assert.True(rates[^1] > 0.5f);
    }

    [Fact]
    public void WarmupRisesThenTheOtherBegins() =>
        Assert.Equal([2f, 4f, 6f, 8f, 8f, 4f, 4f], RatesOf(LearningRateSchedule.Step(2, 0.5f).WithWarmup(3), 8, 7));

    [Fact]
    public void WarmupMayOutlastTraining() =>
        Assert.Equal([1f, 2f], RatesOf(LearningRateSchedule.Cosine().WithWarmup(9), 10, 2));

    [Fact]
    public void OneCycleIsThatOfPyTorch()
    {
        // torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=2.0, total_steps=10), and with total_steps=3, pct_start=0.5.
        float[] expected = [0.08f, 1.04f, 2f, 1.90096926f, 1.62349131f, 1.22252404f, 0.777483956f, 0.376516692f, 0.099038736f, 8e-06f];
        float[] rates = RatesOf(LearningRateSchedule.OneCycle(), 2, 10);
        Assert.All(expected.Zip(rates), pair => Assert.Equal(pair.First, pair.Second, pair.First * 1e-6f));

        expected = [0.08f, 1.500002f, 8e-06f];
        rates = RatesOf(LearningRateSchedule.OneCycle(rising: 0.5f), 2, 3);
        Assert.All(expected.Zip(rates), pair => Assert.Equal(pair.First, pair.Second, pair.First * 1e-6f));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void OneCycleMayBeShort(int steps) =>
        Assert.All(RatesOf(LearningRateSchedule.OneCycle(0.5f), 2, steps), rate => Assert.InRange(rate, 0, 2));

    [Fact]
    public void PerStepIsTheSameScheduleOfOtherUnits()
    {
        Assert.Equal(RatesOf(LearningRateSchedule.Cosine(), 3, 50), RatesOf(LearningRateSchedule.Cosine().PerStep(), 3, 50));
        Assert.True(LearningRateSchedule.Cosine().PerStep().WithWarmup(3).IsPerStep);
        Assert.False(LearningRateSchedule.Cosine().WithWarmup(3).IsPerStep);
    }

    [Fact]
    public void BadArgumentsAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("rising", () => LearningRateSchedule.OneCycle(1));
        Assert.Throws<ArgumentOutOfRangeException>("rising", () => LearningRateSchedule.OneCycle(float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("startFactor", () => LearningRateSchedule.OneCycle(startFactor: 0));
        Assert.Throws<ArgumentOutOfRangeException>("endFactor", () => LearningRateSchedule.OneCycle(endFactor: 2));
        Assert.Throws<ArgumentOutOfRangeException>("every", () => LearningRateSchedule.Step(0));
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => LearningRateSchedule.Step(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => LearningRateSchedule.Exponential(1.5f));
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => LearningRateSchedule.Exponential(float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("minimum", () => LearningRateSchedule.Cosine(-1));
        Assert.Throws<ArgumentOutOfRangeException>("minimum", () => LearningRateSchedule.Cosine(float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("epochs", () => LearningRateSchedule.Constant.WithWarmup(0));
    }

    private static float[] RatesOf(LearningRateSchedule schedule, float learningRate, int epochs) =>
        [.. Enumerable.Range(0, epochs).Select(done => schedule.GetRate(learningRate, done, epochs))];
}
