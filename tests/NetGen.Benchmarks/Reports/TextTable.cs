using Spectre.Console;

namespace NetGen.Benchmarks.Reports;

/// <summary>A cell of a table; good or bad where it has a target.</summary>
internal readonly record struct Entry(string Text, bool? Good = null)
{
    public static implicit operator Entry(string text) => new(text);
}

/// <summary>A table: drawn in a terminal, plain where it is piped.</summary>
internal sealed class TextTable(params string[] header)
{
    private readonly List<Entry[]> _rows = [];

    public void Add(params Entry[] row) => _rows.Add(row);

    /// <summary>A line between groups of rows.</summary>
    public void Separate() => _rows.Add([]);

    public void Print()
    {
        if (Console.IsOutputRedirected)
        {
            PrintPlain();
        }
        else
        {
            PrintDrawn();
        }
    }

    private void PrintPlain()
    {
        int[] widths = [.. header.Select((title, column) => _rows.Where(row => row.Length > 0).Select(row => row[column].Text.Length).Append(title.Length).Max())];
        WriteLine([.. header.Select(title => (Entry)title)]);
        foreach (Entry[] row in _rows)
        {
            WriteLine(row);
        }

        void WriteLine(Entry[] row) => Console.WriteLine(string.Join("  ", row.Select((entry, column) =>
            column == 0 ? entry.Text.PadRight(widths[column]) : entry.Text.PadLeft(widths[column]))).TrimEnd());
    }

    private void PrintDrawn()
    {
        var table = new Table { Border = TableBorder.Rounded };
        for (int column = 0; column < header.Length; column++)
        {
            table.AddColumn(new TableColumn(header[column].EscapeMarkup()) { NoWrap = true, Alignment = column == 0 ? Justify.Left : Justify.Right });
        }

        foreach (Entry[] row in _rows)
        {
            if (row.Length == 0)
            {
                table.AddEmptyRow();
            }
            else
            {
                table.AddRow([.. row.Select(entry => new Markup(entry.Text.EscapeMarkup(), entry.Good switch
                {
                    true => Color.Green,
                    false => Color.Red,
                    null => Color.Default,
                }))]);
            }
        }

        AnsiConsole.Write(table);
    }
}
