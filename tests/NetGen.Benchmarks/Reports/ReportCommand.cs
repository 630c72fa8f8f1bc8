using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Reports;

/// <summary>Writes what was measured on all processors, side by side, into docs/performance.md.</summary>
internal static class ReportCommand
{
    private const string Begin = "<!-- Written by \"report\" from docs/results: -->\n";
    private const string End = "<!-- So far. -->\n";

    // Those whose figures the goals name; the files have all.
    private static readonly string[] Peers = ["C++", "ONNX", "Eigen"];

    public static int Run()
    {
        IReadOnlyList<Results> all = Results.ReadAll();
        if (all.Count == 0)
        {
            throw new FormatException($"There is no result in {Results.Folder}: 'table' writes that of this machine.");
        }

        string path = Path.Combine(Repository.Root, "docs", "performance.md");
        string page = File.ReadAllText(path);
        int begin = page.IndexOf(Begin, StringComparison.Ordinal), end = page.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
        {
            throw new FormatException($"{path} has no place for results: the lines '{Begin.Trim()}' and '{End.Trim()}'.");
        }

        File.WriteAllText(path, page[..(begin + Begin.Length)] + "\n" + string.Join('\n', Lines(all)) + "\n\n" + page[end..]);
        Console.WriteLine(path);
        return 0;
    }

    private static IEnumerable<string> Lines(IReadOnlyList<Results> all)
    {
        foreach (Results result in all)
        {
            yield return $"- **{result.Processor.Name}**: vectors of {result.Processor.Vectors} bits, .NET prefers {result.Processor.Preferred}. {Format.Rates(result.Cells)}. Measured {result.When}.";
        }

        foreach (Operation operation in OperationCost.All)
        {
            string[] columns = [.. Peers.Where(peer => all.Any(result => CellsOf(result, operation).Any(cell => cell.Ratio(peer) is not null))).Select(peer => "× " + peer)];
            yield return "";
            yield return $"| {operation} | {string.Join(" | ", all.Select(result => result.Processor.Name + string.Concat(columns.Select(_ => " |")) + " |"))} |";
            yield return $"|---|{string.Concat(all.Select(_ => string.Concat(Enumerable.Repeat("---|", columns.Length + 2))))}";
            yield return $"| | {string.Join(" | ", all.Select(_ => "ns | " + string.Join(" | ", columns) + " | of bound"))} |";
            foreach (NetworkShape shape in NetworkShape.All)
            {
                yield return $"| {shape} | {string.Join(" | ", all.Select(result => Text(CellsOf(result, operation).FirstOrDefault(cell => cell.Shape.Name == shape.Name), columns)))} |";
            }
        }
    }

    private static IEnumerable<Cell> CellsOf(Results result, Operation operation) => result.Cells.Where(cell => cell.Operation == operation);

    private static string Text(Cell? cell, string[] columns)
    {
        if (cell is null)
        {
            return string.Join(" | ", Enumerable.Repeat("", columns.Length + 2));
        }

        (Machine.Limit limit, double share) = cell.Bound;
        IEnumerable<string> ratios = columns.Select(column => cell.Ratio(column[2..]) is { } ratio ? Format.Ratio(ratio) : "");
        return string.Join(" | ", ratios.Prepend(Format.Nanoseconds(cell.Own)).Append($"{Format.Percent(share)} {Format.Name(limit)}"));
    }
}
