namespace NetGen.Tool;

/// <summary>Writes what a command found: headings, lines and tables, the same bytes for the same file wherever they go but for the colours of a terminal.</summary>
internal sealed class Report(ToolContext context)
{
    private const string Bold = "\e[1m";
    private const string Plain = "\e[0m";
    private const string Gap = "  ";

    private bool _isBegun;

    public static string Count(long count, string what) => $"{Literal.Grouped(count)} {what}{(count == 1 ? "" : "s")}";

    public void Heading(string text)
    {
        if (_isBegun)
        {
            context.Out.WriteLine();
        }

        _isBegun = true;
        context.Out.WriteLine(context.HasColour ? Bold + text + Plain : text);
    }

    public void Line(string text)
    {
        _isBegun = true;
        context.Out.WriteLine(text);
    }

    /// <summary>A table without lines; columns whose title ends with # are numbers.</summary>
    public void Table(IReadOnlyList<string> titles, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        string[] names = [.. titles.Select(t => t.TrimEnd('#'))];
        int[] widths = [.. titles.Select((_, i) => rows.Select(r => r[i].Length).Append(names[i].Length).Max())];
        foreach (IReadOnlyList<string> row in rows.Prepend(names))
        {
            IEnumerable<string> cells = row.Select((cell, i) => titles[i].EndsWith('#') ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
            Line((Gap + string.Join(Gap, cells)).TrimEnd());
        }
    }

    /// <summary>Lines of a name and a number, with a remark.</summary>
    public void Figures(IReadOnlyList<(string Name, string Value, string Remark)> figures)
    {
        int name = figures.Max(f => f.Name.Length), value = figures.Max(f => f.Value.Length);
        foreach ((string Name, string Value, string Remark) figure in figures)
        {
            Line($"{Gap}{figure.Name.PadRight(name)}{Gap}{figure.Value.PadLeft(value)}{Gap}{figure.Remark}".TrimEnd());
        }
    }
}
