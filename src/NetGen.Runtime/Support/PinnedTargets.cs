namespace NetGen.CompilerServices;

/// <summary>The targets of a batch where several threads read them, which no reference to a span reaches.</summary>
internal readonly unsafe struct PinnedTargets(float* values, int* classes, float* weights, int width, double unit)
{
    private readonly float* _values = values;
    private readonly int* _classes = classes;
    private readonly float* _weights = weights;
    private readonly int _width = width;
    private readonly double _unit = unit;

    public TargetRows Rows(int first, int count) => new(
        _classes is null ? new ReadOnlySpan<float>(_values + ((long)first * _width), count * _width) : default,
        _classes is null ? default : new ReadOnlySpan<int>(_classes + first, count),
        _weights is null ? default : new ReadOnlySpan<float>(_weights + first, count),
        _width,
        _unit);
}
