using System.Text;
using Spectre.Console;

namespace CartPole;

/// <summary>What the terminal shows. In a file or a pipe the same as plain lines.</summary>
internal static class Report
{
    private const int RidesPerRow = 20;
    private const int BarWidth = 25;

    public static void Prepare()
    {
        // The bars need it on Windows.
        Console.OutputEncoding = Encoding.UTF8;

        // Spectre.Console colours the logs of some build servers, which are files all the same.
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Capabilities.Ansi = false;
            AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }
    }

    public static void Introduction() => Console.WriteLine(
        $"Position, speed, angle and spin in, left or right out, {Policy.ParameterCount} parameters.\n" +
        $"A ride lasts until the pole has fallen, at most {Cart.MostSteps} steps: ten seconds.");

    /// <summary>Rides as long as that says to go on, and shows a row for every twenty rides as they end.</summary>
    public static void WhileLearning(RideLog log, Func<bool> ride)
    {
        if (Console.IsOutputRedirected)
        {
            for (bool goesOn = true; goesOn;)
            {
                goesOn = ride();
                if (log.Count % RidesPerRow == 0 || !goesOn)
                {
                    Console.WriteLine($"rides {log.Count,4}  mean of the last {RidesPerRow} {MeanOfRow(log),5:F1}  of the last {RideLog.Window} {log.Means[^1],5:F1}");
                }
            }

            return;
        }

        Table table = new Table().Border(TableBorder.Minimal)
            .AddColumn(new TableColumn("rides").RightAligned())
            .AddColumn(new TableColumn($"mean of {RidesPerRow}").RightAligned())
            .AddColumn(new TableColumn("steps before the pole fell").Width(BarWidth))
            .AddColumn(new TableColumn($"mean of {RideLog.Window}").RightAligned());
        AnsiConsole.Live(table).Start(screen =>
        {
            for (bool goesOn = true; goesOn;)
            {
                goesOn = ride();
                if (log.Count % RidesPerRow == 0 || !goesOn)
                {
                    double mean = MeanOfRow(log);
                    table.AddRow($"{log.Count}", $"{mean:F1}", Bar(mean), $"{log.Means[^1]:F1}");
                    screen.Refresh();
                }
            }
        });
    }

    public static void Outcome(RideLog log, TimeSpan time)
    {
        int steps = log.Steps.Sum();
        Console.WriteLine($"{steps:N0} steps, each predicted once and most learned from once.");
        AnsiConsole.MarkupLine(log.IsSolved
            ? $"[bold green]Solved after {log.Count} rides and {time.TotalSeconds:F3} s[/]: the last {RideLog.Window} lasted {log.Means[^1]:F1} steps in the mean."
            : $"[bold red]Not solved in {log.Count} rides[/]; another seed may do.");
    }

    // The last row may have fewer.
    private static double MeanOfRow(RideLog log) => log.Steps.Skip((log.Count - 1) / RidesPerRow * RidesPerRow).Average();

    private static string Bar(double steps) => $"[green]{new string('█', (int)Math.Round(BarWidth * steps / Cart.MostSteps))}[/]";
}
