namespace NetGen.Runtime.Tests;

public class MetricTests
{
    // Outputs are the second input of each sample.
    private readonly LinearModel _identity = new() { Weight = 1 };

    [Fact]
    public void ErrorsAreThoseOfTheirNames()
    {
        float[] outputs = [1, 2, 3, 4];
        float[] targets = [1, 4, 2, 8];

        Assert.Equal(7 / 4.0, Measure(Metric.MeanAbsoluteError, outputs, targets), 12);
        Assert.Equal(Math.Sqrt(21 / 4.0), Measure(Metric.RootMeanSquaredError, outputs, targets), 12);

        // Σ(t − mean)² = 28.75.
        Assert.Equal(1 - (21 / 28.75), Measure(Metric.RSquared, outputs, targets), 12);
        Assert.Equal(1, Measure(Metric.RSquared, targets, targets));
    }

    [Fact]
    public void RSquaredIsExactFarFromZero()
    {
        // Σt² − n·mean² would have no digit left.
        Assert.Equal(0.75, Measure(Metric.RSquared, [4_000_000, 4_000_001, 4_000_002, 4_000_002], [4_000_000, 4_000_000, 4_000_002, 4_000_002]), 9);
    }

    [Theory]
    [InlineData(5f, 1)]
    [InlineData(4f, 0)]
    public void TargetsThatDoNotVaryAreMetOrMissed(float output, double expected) =>
        Assert.Equal(expected, Measure(Metric.RSquared, [output, 5], [5, 5]));

    [Fact]
    public void AccuracyOfOneOutputIsWhichSideOfAHalf() =>
        Assert.Equal(3 / 5.0, Measure(Metric.Accuracy, [0.5f, 0.49f, 0.9f, 0.1f, 7], [1, 0, 0, 1, 1]));

    [Fact]
    public void AccuracyOfSeveralOutputsIsTheGreatest()
    {
        // A NaN is no answer.
        float[] outputs = [0.1f, 0.7f, 0.2f, 0.5f, 0.4f, 0.1f, float.NaN, 0, 1, float.NaN, float.NaN, float.NaN];

        var network = new LinearModel { OutputCount = 3, ScriptedOutputs = outputs };

        Assert.Equal(3 / 4.0, Metric.Accuracy.Measure(network, SampleSet.OfClasses([0, 0, 1, 0, 2, 0, 3, 0], [1, 0, 2, 0])));
    }

    [Fact]
    public void AMetricMayBeYourOwn()
    {
        Metric within = Metric.Mean("within 1", (output, target) => Math.Abs(output[0] - target[0]) <= 1 ? 1 : 0);

        Assert.Equal(0.5, Measure(within, [1, 2, 3, 4], [1, 4, 2, 8]));
        Assert.Equal("within 1", within.ToString());
    }

    [Fact]
    public void MetricsOfManySamplesAreThoseOfAll()
    {
        (float[] inputs, float[] targets) = TrainerTests.Line(1000, slope: 2);
        double expected = inputs.Chunk(2).Zip(targets, (input, target) => Math.Abs((double)input[1] - target)).Average();

        Assert.Equal(expected, Metric.MeanAbsoluteError.Measure(_identity, SampleSet.Of(inputs, targets)), 6);
        Assert.Equal(
            Metric.MeanAbsoluteError.Measure(_identity, SampleSet.Of(inputs, targets)),
            Metric.MeanAbsoluteError.Measure(_identity, SampleSet.Of(inputs.Chunk(2).ToArray(), targets.Chunk(1).ToArray())));
    }

    [Theory]
    [InlineData("validation")]
    [InlineData("training")]
    [InlineData("source")]
    public void ATrainerMeasuresThemEachEpoch(string over)
    {
        var network = new LinearModel();
        (float[] inputs, float[] targets) = TrainerTests.Line(8, slope: 2);
        List<double> errors = [];
        var trainer = new Trainer(network)
        {
            Epochs = 3,
            LearningRate = 0.1f,
            RestoreBestWeights = over == "validation",
            Metrics = [Metric.MeanAbsoluteError, Metric.RSquared],
        };
        var progress = new TrainerTests.SynchronousProgress(epoch =>
            errors.Add(Metric.MeanAbsoluteError.Measure(network, SampleSet.Of(inputs, targets))));

        TrainingResult result = over switch
        {
            "validation" => trainer.TrainAndValidate(inputs, targets, inputs, targets, progress),
            "training" => trainer.Train(inputs, targets, progress),
            _ => trainer.Train(new Lines(inputs, targets), progress),
        };

        Assert.Equal(errors, result.History.Select(epoch => epoch.GetMetric("mae")!.Value));
        Assert.All(result.History, epoch => Assert.Equal(["mae", "r2"], epoch.Metrics.Select(metric => metric.Name)));
        Assert.Null(result.History[0].GetMetric("accuracy"));
        Assert.Contains(", mae ", result.History[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void BadMetricsAreRefused()
    {
        var trainer = new Trainer(_identity);
        Assert.Throws<ArgumentNullException>("Metrics", () => trainer.Metrics = null!);
        Assert.Throws<ArgumentException>("Metrics", () => trainer.Metrics = [null!]);
        Assert.Throws<ArgumentException>("Metrics", () => trainer.Metrics = [Metric.Accuracy, Metric.Mean("accuracy", (_, _) => 0)]);
        Assert.Throws<ArgumentNullException>("metric", () => Metric.Mean("m", null!));
        Assert.Throws<ArgumentException>("name", () => Metric.Mean("", (_, _) => 0));
        Assert.Throws<ArgumentNullException>("network", () => Metric.Accuracy.Measure(null!, SampleSet.Of([1, 2], [1])));
        Assert.Throws<ArgumentException>("targets", () => Metric.Accuracy.Measure(_identity, SampleSet.Of([1, 2], [1, 2])));
    }

    private double Measure(Metric metric, float[] outputs, float[] targets) =>
        metric.Measure(_identity, SampleSet.Of([.. outputs.SelectMany(output => (float[])[0, output])], targets));
}
