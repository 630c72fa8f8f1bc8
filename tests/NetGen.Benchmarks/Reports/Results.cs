using System.Globalization;
using System.Runtime.InteropServices;
using NetGen.Benchmarks.Machine;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Reports;

/// <summary>What was measured on a processor, as a file: charts and pages can be made again without measuring.</summary>
/// <param name="Processor">What it was measured on.</param>
/// <param name="When">The day, and with what.</param>
/// <param name="Cells">All networks and operations.</param>
internal sealed record Results(ThisProcessor Processor, string When, IReadOnlyList<Cell> Cells)
{
    private const string Header = "network,operation,what,value";
    private const string Machine = "machine:";
    private const string ProcessorLine = "# processor: ";
    private const string VectorsLine = "# vectors: ";
    private const string WhenLine = "# measured: ";

    /// <summary>The files of all processors.</summary>
    public static string Folder => Path.Combine(Repository.Root, "docs", "results");

    /// <summary>Writes the file of this processor, in place of one that may be there.</summary>
    /// <returns>Its path.</returns>
    public static string Write(IReadOnlyList<Cell> cells)
    {
        ThisProcessor processor = ThisProcessor.Current;
        string when = string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd}, {RuntimeInformation.FrameworkDescription}");
        IEnumerable<string> lines = cells.SelectMany(cell =>
            cell.Seconds.Select(pair => (Name: pair.Key, pair.Value))
                .Concat(cell.Rates.Select(pair => (Name: Machine + pair.Key, pair.Value)))
                .Select(row => string.Create(CultureInfo.InvariantCulture, $"{cell.Shape},{cell.Operation},{row.Name},{row.Value:G6}")));
        string[] head = [ProcessorLine + processor.Name, string.Create(CultureInfo.InvariantCulture, $"{VectorsLine}{processor.Vectors} {processor.Preferred}"), WhenLine + when, Header];
        string path = Path.Combine(Directory.CreateDirectory(Folder).FullName, processor.Slug + ".csv");
        File.WriteAllText(path, string.Join('\n', head.Concat(lines)) + "\n");
        return path;
    }

    public static Results Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        string After(string start) => lines.FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal))?[start.Length..]
            ?? throw new FormatException($"{path} has no line '{start}…'.");
        int[] bits = [.. After(VectorsLine).Split(' ').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        return new Results(new ThisProcessor(After(ProcessorLine), bits[0], bits[1]), After(WhenLine),
        [
            .. lines.SkipWhile(line => line != Header)
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
        ]);
    }

    /// <summary>Of all processors, in the order of their names.</summary>
    public static IReadOnlyList<Results> ReadAll() => Directory.Exists(Folder)
        ? [.. Directory.GetFiles(Folder, "*.csv").Order(StringComparer.Ordinal).Select(Read)]
        : [];
}
