using NetGen.CompilerServices;

namespace NetGen;

/// <summary>Numbers of which each sample has equally many: one after the other, or an array for each sample.</summary>
internal readonly ref struct Columns
{
    private readonly ReadOnlySpan<float> _values;
    private readonly IReadOnlyList<float[]>? _rows;

    public Columns(ReadOnlySpan<float> values) => _values = values;

    public Columns(IReadOnlyList<float[]> rows) => _rows = rows;

    /// <summary>Whether the rows lie one after the other in <see cref="Values"/>.</summary>
    public bool IsContiguous => _rows is null;

    public ReadOnlySpan<float> Values => _values;

    /// <summary>The number of rows of this width.</summary>
    /// <exception cref="ArgumentException">One of them has another.</exception>
    public int CountRows(int width, string name)
    {
        if (_rows is null)
        {
            return _values.Length % width == 0
                ? _values.Length / width
                : throw new ArgumentException($"Expected a multiple of {width} numbers, got {_values.Length}.", name);
        }

        for (int row = 0; row < _rows.Count; row++)
        {
            if (_rows[row]?.Length is var length && length != width)
            {
                throw new ArgumentException(
                    $"Expected {width} numbers in each row, got {length?.ToString() ?? "null"} in row {row}.", name);
            }
        }

        return _rows.Count;
    }

    /// <exception cref="ArgumentException">There is a number that nothing can be learned from.</exception>
    public void CheckNumbers(string name)
    {
        if (_rows is null)
        {
            Check.Finite(_values, name);
            return;
        }

        for (int row = 0; row < _rows.Count; row++)
        {
            Check.Finite(_rows[row], $"{name}[{row}]");
        }
    }

    public ReadOnlySpan<float> Row(int row, int width) => _rows is null ? _values.Slice(row * width, width) : _rows[row];
}
