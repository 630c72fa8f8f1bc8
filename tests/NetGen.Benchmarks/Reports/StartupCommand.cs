using System.Globalization;
using NetGen.Benchmarks.Startup;

namespace NetGen.Benchmarks.Reports;

/// <summary>The first calls of a network in a fresh process, against the settings that a program may be built or started with.</summary>
internal static class StartupCommand
{
    public const int DefaultProcesses = 5;

    private static readonly Operation[] Operations = [Operation.Forward, Operation.TrainStep];

    public static int Run(int processes)
    {
        IReadOnlyList<Configuration> configurations = Publish();
        if (configurations.Count == 0)
        {
            return 1;
        }

        StartupCell[] cells =
        [
            .. Operations.SelectMany(operation => NetworkShape.All.SelectMany(shape =>
                configurations.Select(configuration => new StartupCell(shape, operation, configuration)))),
        ];

        // The configurations take turns: a machine that slows down for a while slows all of them.
        for (int process = 1; process <= processes; process++)
        {
            foreach (StartupCell cell in cells)
            {
                if (cell.Configuration == configurations[0])
                {
                    Console.Error.WriteLine(string.Create(
                        CultureInfo.InvariantCulture, $"process {process} of {processes}: {cell.Operation} {cell.Shape} ..."));
                }

                if (cell.Measure() is { } error)
                {
                    Console.Error.WriteLine($"{cell.Configuration.Name}, {cell.Operation} {cell.Shape}: {error}.");
                    return 1;
                }
            }
        }

        var report = new StartupReport(cells, configurations);
        report.Write(Path.Combine(Repository.Artifacts, "startup.csv"));
        report.Print(processes);
        return 0;
    }

    // What cannot be built here is named and left out.
    private static List<Configuration> Publish()
    {
        var missing = new Dictionary<Publication, string?>();
        foreach (Publication publication in Configuration.All.Select(c => c.Publication).Distinct())
        {
            Console.Error.WriteLine($"publishing {publication.Variant} ...");
            missing[publication] = publication.Publish();
        }

        foreach (Configuration configuration in Configuration.All)
        {
            if (missing[configuration.Publication] is { } reason)
            {
                Console.WriteLine($"Without {configuration.Name}: {reason}.");
            }
        }

        return [.. Configuration.All.Where(c => missing[c.Publication] is null)];
    }
}
