namespace NetGen.Generator;

/// <summary>
/// Numbers known at compile time, row-major. Two are equal only if they are the same object: a network has millions of
/// them, and graphs are compared all the time.
/// </summary>
internal sealed class TensorData(float[] values)
{
    private readonly float[] _values = values;

    public int Count => _values.Length;

    public float this[int index] => _values[index];

    /// <summary>The number that all elements are, zeros of one sign; null where they differ.</summary>
    public float? Uniform => _values.Length > 0 && Array.TrueForAll(_values, v => v.Equals(_values[0]) && (1 / v).Equals(1 / _values[0])) ? _values[0] : null;

    public ReadOnlySpan<float> Values => _values;
}
