namespace NetGen.Runtime.Tests;

/// <summary>Bad arguments: the error names the parameter, what was expected and what was given.</summary>
public class TrainerArgumentTests
{
    private readonly LinearModel _network = new() { Weight = 7 };

    public static TheoryData<string, Action<Trainer>, string> BadSettings { get; } = new()
    {
        { "Epochs", trainer => trainer.Epochs = 0, "Expected at least 1, got 0." },
        { "FirstEpoch", trainer => trainer.FirstEpoch = 0, "Expected at least 1, got 0." },
        { "BatchSize", trainer => trainer.BatchSize = -3, "Expected at least 1, got -3." },
        { "DegreeOfParallelism", trainer => trainer.DegreeOfParallelism = 0, "Expected at least 1, got 0." },
        { "Patience", trainer => trainer.Patience = 0, "Expected at least 1, got 0." },
        { "LearningRate", trainer => trainer.LearningRate = -0.5f, "Expected a finite number of at least 0, got -0.5." },
        { "LearningRate", trainer => trainer.LearningRate = float.NaN, "Expected a finite number of at least 0, got NaN." },
        { "LearningRate", trainer => trainer.LearningRate = float.PositiveInfinity, "Expected a finite number of at least 0, got Infinity." },
        { "MinimumImprovement", trainer => trainer.MinimumImprovement = float.NaN, "Expected a finite number of at least 0, got NaN." },
        { "ValidationFraction", trainer => trainer.ValidationFraction = 1, "Expected at least 0 and below 1, got 1." },
        { "ValidationFraction", trainer => trainer.ValidationFraction = float.NaN, "Expected at least 0 and below 1, got NaN." },
        { "Schedule", trainer => trainer.Schedule = null!, "Value cannot be null." },
    };

    [Theory]
    [MemberData(nameof(BadSettings), DisableDiscoveryEnumeration = true)]
    public void BadSettingsAreRefused(string name, Action<Trainer> set, string message)
    {
        var trainer = new Trainer(_network);
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => set(trainer));
        Assert.Equal(name, error.ParamName);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, float[], float[], string> BadSamples { get; } = new()
    {
        { "inputs", [], [], "Expected at least 1 sample of 2 numbers, got none." },
        { "inputs", [1, 2, 3], [1], "Expected a multiple of 2 numbers, got 3." },
        { "targets", [1, 2, 3, 4], [1], "Expected 2 numbers, 1 for each of the 2 inputs, got 1." },
        { "inputs", [1, 2, 3, float.NaN], [1, 2], "Expected finite numbers to learn from, got NaN at index 3." },
        { "targets", [1, 2, 3, 4], [1, float.NaN], "Expected finite numbers to learn from, got NaN at index 1." },
    };

    [Theory]
    [MemberData(nameof(BadSamples), DisableDiscoveryEnumeration = true)]
    public void BadSamplesAreRefused(string name, float[] inputs, float[] targets, string message)
    {
        var trainer = new Trainer(_network);

        Assert.Equal((name, message), ErrorOf(() => trainer.Train(inputs, targets)));

        string validationName = "validation" + char.ToUpperInvariant(name[0]) + name[1..];
        Assert.Equal(
            (validationName, message),
            ErrorOf(() => trainer.TrainAndValidate([1, 2], [1], inputs, targets)));

        Assert.Equal((7f, 0), (_network.Weight, _network.BatchCount));
    }

    [Fact]
    public void AFirstEpochPastTheLastIsRefused()
    {
        var trainer = new Trainer(_network) { Epochs = 3, FirstEpoch = 4 };

        Assert.Equal("Expected a FirstEpoch of at most Epochs, 3, got 4.", Assert.Throws<InvalidOperationException>(() => trainer.Train([1, 2], [1])).Message);
        Assert.Throws<InvalidOperationException>(() => trainer.TrainAndValidate([1, 2], [1], [1, 2], [1]));
        Assert.Equal((7f, 0), (_network.Weight, _network.BatchCount));
    }

    [Fact]
    public void TooFewSamplesToHoldSomeBackAreRefused()
    {
        var trainer = new Trainer(_network) { ValidationFraction = 0.1f };

        Assert.Equal(
            ("inputs", "Expected enough samples to learn from some and hold back 0.1 of them, got 1."),
            ErrorOf(() => trainer.Train([1, 2], [1])));
    }

    [Fact]
    public void ValidationSamplesAndAFractionAreRefused()
    {
        var trainer = new Trainer(_network) { ValidationFraction = 0.1f };
        Assert.Throws<InvalidOperationException>(() => trainer.TrainAndValidate([1, 2], [1], [1, 2], [1]));
    }

    [Fact]
    public void AScheduleThatGivesNoRateIsRefused()
    {
        var trainer = new Trainer(_network) { Schedule = new BadSchedule() };

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => trainer.Train([1, 2], [1]));

        Assert.Equal("Expected from the schedule a finite learning rate of at least 0, got NaN for epoch 3.", error.Message);
        Assert.Equal(2, _network.BatchCount);
    }

    [Fact]
    public void ATrainerNeedsANetwork() => Assert.Throws<ArgumentNullException>("network", () => new Trainer(null!));

    private static (string? Name, string Message) ErrorOf(Action action)
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(action);
        return (error.ParamName, error.Message.Replace($" (Parameter '{error.ParamName}')", "", StringComparison.Ordinal));
    }

    private sealed class BadSchedule : LearningRateSchedule
    {
        public override float GetRate(float learningRate, int epochsDone, int epochs) =>
            epochsDone < 2 ? learningRate : float.NaN;
    }
}
