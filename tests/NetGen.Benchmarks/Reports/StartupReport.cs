using System.Globalization;
using NetGen.Benchmarks.Startup;

namespace NetGen.Benchmarks.Reports;

/// <summary>The tables of the first calls: a row for each network and operation, a column for each configuration.</summary>
internal sealed class StartupReport(IReadOnlyList<StartupCell> cells, IReadOnlyList<Configuration> configurations)
{
    private static readonly string[] Measured =
    [
        "create", "first", "early", "early_worst", "later", "later_worst", "steady", "jit_first", "jit_all", "methods_first", "methods_all", "lanes",
    ];

    /// <summary>All medians as a file.</summary>
    public void Write(string path) => File.WriteAllText(path, string.Join('\n', cells
        .Select(cell => $"{cell.Configuration.Name},{cell.Operation},{cell.Shape}," + string.Join(',', Measured.Select(what => cell[what].ToString("R", CultureInfo.InvariantCulture))))
        .Prepend("configuration,operation,network," + string.Join(',', Measured))) + "\n");

    public void Print(int processes)
    {
        foreach (Configuration configuration in configurations)
        {
            string lanes = string.Join(" or ", Of(configuration).Select(cell => Format.Number(cell["lanes"], 0)).Distinct());
            Console.WriteLine($"{configuration.Name,-10}  {lanes,2} lanes  {configuration.Meaning}");
        }

        Times("The network's constructor, µs", "create", 1e6, 0);
        Times("Call 1, µs", "first", 1e6, 1);
        Times("Calls 2 to 30, the mean of them, ns", "early", 1e9, 0);
        Times("Calls 2 to 30, the slowest, ns", "early_worst", 1e9, 0);
        Times("Calls 31 to 1,000, the mean of them, ns", "later", 1e9, 0);
        Times("Calls 31 to 1,000, the slowest, ns", "later_worst", 1e9, 0);
        Times("After the compiler has come to rest, ns", "steady", 1e9, 1);
        Times("Calls 1 to 1,000 together, µs", 0, cell => (cell["first"] + (29 * cell["early"]) + (970 * cell["later"])) * 1e6);
        Times("Just-in-time compilation for call 1, ms", "jit_first", 1e3, 1);
        Times("Just-in-time compilation from call 1 on until it comes to rest, ms", "jit_all", 1e3, 1);
        Times("Methods compiled for call 1", "methods_first", 1, 0);
        Times("Methods compiled until it comes to rest, each once for each tier", "methods_all", 1, 0);
        bool hasDefault = configurations.Contains(Configuration.Default);
        if (hasDefault)
        {
            StartupSizes.Print();
            Target();
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Medians of {processes} fresh processes for each figure; a slowest call is the median of the processes' slowest."));
    }

    private IEnumerable<StartupCell> Of(Configuration configuration) => cells.Where(cell => cell.Configuration == configuration);

    private void Times(string title, string what, double scale, int digits) => Times(title, digits, cell => cell[what] * scale);

    private void Times(string title, int digits, Func<StartupCell, double> value)
    {
        Console.WriteLine();
        Console.WriteLine(title);
        var table = new TextTable(["operation", "network", .. configurations.Select(c => c.Name)]);
        foreach (var row in cells.GroupBy(cell => (cell.Operation, cell.Shape.Name)))
        {
            table.Add([row.Key.Operation.ToString(), row.Key.Name, .. configurations.Select(c => (Entry)Format.Number(value(row.First(cell => cell.Configuration == c)), digits))]);
        }

        table.Print();
    }

    private void Target()
    {
        StartupCell cell = Of(Configuration.Default).First(c => c.Operation == Operation.Forward && c.Shape.Name == Targets.StartupNetwork);
        double milliseconds = cell["jit_all"] * 1e3;
        Console.WriteLine();
        Console.WriteLine(
            $"All compilation of {cell.Shape}'s {cell.Operation}: {Format.Number(milliseconds, 1)} ms "
            + $"{(milliseconds < Targets.StartupJitMilliseconds ? "<" : ">=")} {Format.Number(Targets.StartupJitMilliseconds, 0)} ms; the target is to be below.");
    }
}
