using System.Globalization;
using NetGen.Benchmarks.Machine;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Reports;

/// <summary>Measured cells as a file: charts can be drawn again without measuring.</summary>
internal static class Results
{
    public static string DefaultPath => Path.Combine(Repository.Artifacts, "results.csv");

    private const string Header = "network,operation,what,value";
    private const string Machine = "machine:";

    public static void Write(IReadOnlyList<Cell> cells)
    {
        IEnumerable<string> lines = cells.SelectMany(cell =>
            cell.Seconds.Select(pair => (Name: pair.Key, pair.Value))
                .Concat(cell.Rates.Select(pair => (Name: Machine + pair.Key, pair.Value)))
                .Select(row => string.Create(CultureInfo.InvariantCulture, $"{cell.Shape},{cell.Operation},{row.Name},{row.Value:R}")));
        File.WriteAllText(DefaultPath, string.Join('\n', lines.Prepend(Header)) + "\n");
    }

    public static IReadOnlyList<Cell> Read(string path) =>
    [
        .. File.ReadAllLines(path)
            .Skip(1)
            .Select(line => line.Split(','))
            .GroupBy(parts => (Network: parts[0], Operation: parts[1]))
            .Select(group =>
            {
                var values = group.ToDictionary(parts => parts[2], parts => double.Parse(parts[3], CultureInfo.InvariantCulture));
                return new Cell(
                    NetworkShape.Parse(group.Key.Network),
                    Enum.Parse<Operation>(group.Key.Operation),
                    values.Where(pair => !pair.Key.StartsWith(Machine, StringComparison.Ordinal)).ToDictionary(),
                    Enum.GetValues<Limit>().ToDictionary(limit => limit, limit => values[Machine + limit]));
            }),
    ];
}
