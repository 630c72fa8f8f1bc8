using System.Text;
using NetGen;
using Spectre.Console;

namespace Digits;

/// <summary>What the terminal shows. In a file or a pipe the same as plain lines.</summary>
internal static class Report
{
    private const int MisreadShown = 5;

    // What the whole progress line needs; below, it is shortened rather than wrapped.
    private const int WideTerminal = 80;

    public static void Prepare()
    {
        // The shades of grey need it on Windows.
        Console.OutputEncoding = Encoding.UTF8;

        // Spectre.Console colours the logs of some build servers, which are files all the same.
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Capabilities.Ansi = false;
            AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }
    }

    public static void Introduction(DigitSet training, DigitSet validation, DigitSet test)
    {
        Console.WriteLine(
            $"{DigitReader.InputCount} pixels in, {DigitReader.OutputCount} digits out, " +
            $"{DigitReader.ParameterCount:N0} parameters.");
        Console.WriteLine(
            $"{training.Count:N0} images to learn from, each five times, " +
            $"{validation.Count} to watch, {test.Count} to test.");
    }

    /// <summary>Runs a training that hands over each epoch, and shows where it is.</summary>
    public static TrainingResult WhileTraining(int epochs, Func<Action<TrainingProgress>, TrainingResult> train)
    {
        if (Console.IsOutputRedirected)
        {
            return train(static epoch =>
            {
                if (epoch.Epoch == 1 || epoch.Epoch % 10 == 0)
                {
                    Console.WriteLine($"epoch {epoch.Epoch,3}  {Figures(epoch)}");
                }
            });
        }

        return AnsiConsole.Progress()
            .Columns(new ProgressBarColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(bar =>
            {
                ProgressTask task = bar.AddTask("training", maxValue: epochs);
                TrainingResult result = train(epoch =>
                {
                    task.Description = AnsiConsole.Profile.Width >= WideTerminal
                        ? $"epoch {epoch.Epoch}/{epochs}  {Figures(epoch)}"
                        : $"loss {epoch.TrainingLoss:F2}, {epoch.GetMetric("accuracy"):P0}";
                    task.Increment(1);
                });

                // Early stopping leaves the bar short: training is over all the same.
                task.Value = epochs;
                return result;
            });
    }

    public static void Outcome(TrainingResult result, TimeSpan time, Reading[] readings)
    {
        string reason = result.StopReason switch
        {
            StopReason.NoImprovement => "the validation loss no longer fell",
            StopReason.Diverged => "the loss was no longer finite",
            _ => "all epochs were run",
        };
        Console.WriteLine(
            $"Stopped after {result.EpochsRun} epochs and {time.TotalSeconds:F2} s: {reason}.\n" +
            $"The weights are those of epoch {result.BestEpoch}.");
        AnsiConsole.MarkupLine(
            $"[bold green]Test accuracy {Reading.Accuracy(readings):P1}[/] " +
            $"({readings.Count(reading => reading.IsRight)} of {readings.Length})");
    }

    public static void ConfusionMatrix(Reading[] readings)
    {
        int[,] counts = new int[DigitData.ClassCount, DigitData.ClassCount];
        foreach (Reading reading in readings)
        {
            counts[reading.Truth, reading.Answer]++;
        }

        int width = counts.Cast<int>().Max().ToString().Length + 1;
        var text = new StringBuilder("\nRows: the digit shown. Columns: as read.\n ");
        for (int answer = 0; answer < DigitData.ClassCount; answer++)
        {
            text.Append($"{answer}".PadLeft(width));
        }

        for (int truth = 0; truth < DigitData.ClassCount; truth++)
        {
            text.Append($"\n{truth}");
            for (int answer = 0; answer < DigitData.ClassCount; answer++)
            {
                int count = counts[truth, answer];
                string cell = (count == 0 ? "·" : $"{count}").PadLeft(width);
                string color = answer == truth ? "green" : count == 0 ? "grey" : "red";
                text.Append($"[{color}]{cell}[/]");
            }
        }

        AnsiConsole.MarkupLine(text.Append('\n').ToString());
    }

    /// <summary>Draws the mistakes the network was surest of, as many side by side as there is room for.</summary>
    public static void Misread(DigitSet digits, Reading[] misread)
    {
        const int Width = 2 * DigitData.Side;
        const string Gap = "   ";
        int room = (AnsiConsole.Profile.Width + Gap.Length) / (Width + Gap.Length);
        Reading[] shown = [.. misread.Take(Math.Clamp(room, 1, MisreadShown))];
        if (shown.Length == 0)
        {
            return;
        }

        var text = new StringBuilder();
        text.AppendJoin(Gap, shown.Select(reading => Caption(reading).PadRight(Width))).Append('\n');
        for (int y = 0; y < DigitData.Side; y++)
        {
            text.AppendJoin(Gap, shown.Select(reading => Line(digits.Image(reading.Index), y))).Append('\n');
        }

        Console.WriteLine(text);
    }

    private static string Caption(Reading reading) => $"{reading.Truth} as {reading.Answer} ({reading.Confidence:P0})";

    /// <summary>One row of pixels, two characters each, which makes them about square.</summary>
    private static string Line(ReadOnlySpan<float> image, int y)
    {
        const string Shades = " ░▒▓█";
        var line = new StringBuilder();
        foreach (float pixel in image.Slice(y * DigitData.Side, DigitData.Side))
        {
            line.Append(Shades[(int)Math.Round(pixel * (Shades.Length - 1))], 2);
        }

        return line.ToString();
    }

    private static string Figures(TrainingProgress epoch) =>
        $"loss {epoch.TrainingLoss:F3}, validation {epoch.ValidationLoss:F3}, " +
        $"accuracy {epoch.GetMetric("accuracy"):P1}";
}
