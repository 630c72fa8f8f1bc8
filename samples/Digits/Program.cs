using System.Diagnostics;
using Digits;
using NetGen;

const int Epochs = 40;
Report.Prepare();
string path = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "data", "digits.csv.gz");
DigitSet training, validation, test;
try
{
    (training, validation, test) = DigitData.Load(path);
}
catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
{
    return Fail($"Cannot read the digits from {path}: {error.Message}");
}

var network = new DigitReader();
network.Initialize(seed: 1);
var trainer = new Trainer(network)
{
    Epochs = Epochs,
    BatchSize = 32,
    LearningRate = 0.005f,
    Schedule = LearningRateSchedule.Cosine(),
    Patience = 10,
    Metrics = [Metric.Accuracy],
    Seed = 1,
};

Report.Introduction(training, validation, test);
DigitSet lessons = training.WithShiftedCopies();
List<TrainingProgress> epochs = [];

// Ctrl+C ends the training and leaves the terminal in order; pressed again, it ends the program at once.
using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
};

var clock = Stopwatch.StartNew();
TrainingResult result;
try
{
    result = Report.WhileTraining(Epochs, show => trainer.TrainAndValidate(
        lessons.Pixels,
        lessons.Targets,
        validation.Pixels,
        validation.Targets,
        new EpochLog(epoch =>
        {
            epochs.Add(epoch);
            show(epoch);
        }),
        cancellation.Token));
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine($"Cancelled in epoch {epochs.Count + 1}.");
    return 130;
}

clock.Stop();

Reading[] readings = Reading.All(network, test);
Reading[] misread = [.. readings.Where(reading => !reading.IsRight).OrderByDescending(reading => reading.Confidence)];
Report.Outcome(result, clock.Elapsed, readings);
Report.ConfusionMatrix(readings);
Report.Misread(test, misread);

try
{
    string[] pictures = Pictures.Write(Environment.CurrentDirectory, epochs, result.BestEpoch, test, readings, misread);
    Console.WriteLine($"Pictures: {string.Join(", ", pictures)}");
    return 0;
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException)
{
    return Fail($"Cannot write the pictures: {error.Message}");
}

static int Fail(string message)
{
    Console.Error.WriteLine(message);
    return 1;
}
