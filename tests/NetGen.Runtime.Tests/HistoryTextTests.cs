using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetGen.Runtime.Tests;

public class HistoryTextTests
{
    private const string CsvHead = "epoch,learningRate,trainingLoss,validationLoss,loss";

    [Fact]
    public void CsvHasALineForEachEpoch()
    {
        TrainingResult result = Result(
            new() { Epoch = 1, Epochs = 2, LearningRate = 0.1f, TrainingLoss = 3.5f, ValidationLoss = 4, Loss = 4, Metrics = [new("accuracy", 0.25), new("a \"b\", c", 1 / 3.0)] },
            new() { Epoch = 2, Epochs = 2, LearningRate = 0.1f, TrainingLoss = float.NaN, Loss = float.PositiveInfinity });

        Assert.Equal(
            $"{CsvHead},accuracy,\"a \"\"b\"\", c\"\n1,0.1,3.5,4,4,0.25,0.3333333333333333\n2,0.1,NaN,,Infinity,,\n",
            result.ToCsv());
    }

    [Fact]
    public void JsonOfADivergenceIsJson()
    {
        TrainingResult result = Result(
            new() { Epoch = 1, Epochs = 2, LearningRate = 0.1f, TrainingLoss = 3.5f, ValidationLoss = 4, Loss = 4, BestEpoch = 1, BestLoss = 4, Metrics = [new("\\\"\n", double.NegativeInfinity)] },
            new() { Epoch = 2, Epochs = 2, LearningRate = 0.1f, TrainingLoss = float.NaN, Loss = float.PositiveInfinity, BestEpoch = 1, BestLoss = 4 });

        Read read = JsonSerializer.Deserialize<Read>(
            result.ToJson(),
            new JsonSerializerOptions(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals })!;

        Assert.Equal(("Diverged", 2, 1, 4f, true, true), (read.StopReason, read.EpochsRun, read.BestEpoch, read.BestLoss, read.BestWeightsRestored, read.OptimizerReset));
        Assert.Equal(float.NaN, read.InitialLoss);
        Assert.Equal(result.History.Select(e => (e.Epoch, e.Epochs, e.LearningRate, e.TrainingLoss, e.ValidationLoss, e.Loss, e.BestEpoch, e.BestLoss)), read.History.Select(e => (e.Epoch, e.Epochs, e.LearningRate, e.TrainingLoss, e.ValidationLoss, e.Loss, e.BestEpoch, e.BestLoss)));
        Assert.Equal(double.NegativeInfinity, Assert.Single(read.History[0].Metrics, metric => metric.Key == "\\\"\n").Value);
        Assert.Empty(read.History[1].Metrics);
    }

    [Fact]
    public void NumbersReadBackWhateverTheCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = ",", NegativeSign = "~" } };
            string csv = Result(new TrainingProgress { Epoch = 1, LearningRate = 1.1754944E-38f, TrainingLoss = 0.1f + 0.2f, Loss = -1e-20f }).ToCsv();
            string[] fields = csv.Split('\n')[1].Split(',');

            Assert.Equal(["1.1754944E-38", "0.3", "-1E-20"], [fields[1], fields[2][..3], fields[4]]);
            Assert.Equal(0.1f + 0.2f, float.Parse(fields[2], CultureInfo.InvariantCulture));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void ATrainingsOwnHistoryIsWritten()
    {
        (float[] inputs, float[] targets) = TrainerTests.Line(8);

        TrainingResult result = new Trainer(new LinearModel()) { Epochs = 3, Metrics = [Metric.RSquared] }.Train(inputs, targets);

        Assert.StartsWith($"{CsvHead},r2\n1,0.001,", result.ToCsv(), StringComparison.Ordinal);
        Assert.Equal(3, JsonDocument.Parse(result.ToJson()).RootElement.GetProperty("history").GetArrayLength());
        Assert.Throws<ArgumentNullException>("writer", () => result.WriteCsv(null!));
        Assert.Throws<ArgumentNullException>("writer", () => result.WriteJson(null!));
    }

    private static TrainingResult Result(params TrainingProgress[] history) =>
        new(history, StopReason.Diverged, float.NaN, bestWeightsRestored: true);

    private sealed record Read(
        string StopReason,
        int EpochsRun,
        float? InitialLoss,
        int BestEpoch,
        float BestLoss,
        bool BestWeightsRestored,
        bool OptimizerReset,
        Entry[] History);

    private sealed record Entry(
        int Epoch,
        int Epochs,
        float LearningRate,
        float TrainingLoss,
        float? ValidationLoss,
        float Loss,
        int BestEpoch,
        float BestLoss,
        Dictionary<string, double> Metrics);
}
