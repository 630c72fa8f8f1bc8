using System.Globalization;

namespace NetGen;

/// <summary>A training's history for other programs: the same text on every culture, and no reflection.</summary>
internal static class HistoryText
{
    public static void WriteCsv(TrainingResult result, TextWriter writer)
    {
        string[] metrics = MetricNames(result);
        WriteLine(writer, ["epoch", "learningRate", "trainingLoss", "validationLoss", "loss", .. metrics.Select(CsvField)]);
        foreach (TrainingProgress epoch in result.History)
        {
            WriteLine(
                writer,
                [
                    Number(epoch.Epoch),
                    Number(epoch.LearningRate),
                    Number(epoch.TrainingLoss),
                    epoch.ValidationLoss is float loss ? Number(loss) : "",
                    Number(epoch.Loss),
                    .. metrics.Select(name => epoch.GetMetric(name) is double value ? Number(value) : ""),
                ]);
        }
    }

    public static void WriteJson(TrainingResult result, TextWriter writer)
    {
        writer.Write($"{{\"stopReason\":\"{result.StopReason}\"");
        Write(writer, "epochsRun", Number(result.EpochsRun));
        Write(writer, "initialLoss", JsonNumber(result.InitialLoss));
        Write(writer, "bestEpoch", Number(result.BestEpoch));
        Write(writer, "bestLoss", JsonNumber(result.BestLoss));
        Write(writer, "bestWeightsRestored", result.BestWeightsRestored ? "true" : "false");
        Write(writer, "optimizerReset", result.OptimizerReset ? "true" : "false");
        writer.Write(",\"history\":[");
        for (int i = 0; i < result.History.Count; i++)
        {
            writer.Write(i == 0 ? "\n" : ",\n");
            WriteJson(result.History[i], writer);
        }

        writer.Write("\n]}\n");
    }

    private static void WriteJson(TrainingProgress epoch, TextWriter writer)
    {
        writer.Write($"{{\"epoch\":{Number(epoch.Epoch)}");
        Write(writer, "epochs", Number(epoch.Epochs));
        Write(writer, "learningRate", JsonNumber(epoch.LearningRate));
        Write(writer, "trainingLoss", JsonNumber(epoch.TrainingLoss));
        Write(writer, "validationLoss", JsonNumber(epoch.ValidationLoss));
        Write(writer, "loss", JsonNumber(epoch.Loss));
        Write(writer, "bestEpoch", Number(epoch.BestEpoch));
        Write(writer, "bestLoss", JsonNumber(epoch.BestLoss));
        writer.Write(",\"metrics\":{");
        for (int i = 0; i < epoch.Metrics.Count; i++)
        {
            MetricValue metric = epoch.Metrics[i];
            writer.Write($"{(i == 0 ? "" : ",")}{JsonText(metric.Name)}:{JsonNumber(Number(metric.Value))}");
        }

        writer.Write("}}");
    }

    // The first epochs may have been measured and the last not, when it diverged.
    private static string[] MetricNames(TrainingResult result) =>
        [.. result.History.SelectMany(epoch => epoch.Metrics).Select(metric => metric.Name).Distinct()];

    private static void WriteLine(TextWriter writer, IEnumerable<string> fields)
    {
        writer.Write(string.Join(",", fields));
        writer.Write('\n');
    }

    private static void Write(TextWriter writer, string name, string value) => writer.Write($",\"{name}\":{value}");

    private static string JsonNumber(float? value) => value is float number ? JsonNumber(Number(number)) : "null";

    private static string JsonNumber(string number) => char.IsLetter(number[number.Length - 1]) ? $"\"{number}\"" : number;

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    // R reads back as the same number on .NET Framework, too.
    private static string Number(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string CsvField(string text) =>
        text.IndexOfAny([',', '"', '\n', '\r']) < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";

    private static string JsonText(string text) => string.Concat(
        "\"",
        string.Concat(text.Select(character => character switch
        {
            '"' or '\\' => "\\" + character,
            < ' ' => FormattableString.Invariant($"\\u{(int)character:x4}"),
            _ => character.ToString(),
        })),
        "\"");
}
