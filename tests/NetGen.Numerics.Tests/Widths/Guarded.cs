namespace NetGen.Numerics.Tests.Widths;

/// <summary>Memory with values around it that nobody may change.</summary>
public sealed class Guarded(int length)
{
    private const int Margin = 16;
    private const float Guard = 1234.5f;

    private readonly float[] _memory = [.. Enumerable.Repeat(Guard, length + (2 * Margin))];

    public Guarded(ReadOnlySpan<float> values)
        : this(values.Length) => values.CopyTo(Span);

    public Span<float> Span => _memory.AsSpan(Margin, length);

    /// <summary>A copy of the values, after a look at the guards.</summary>
    public float[] Intact()
    {
        AssertIntact();
        return Span.ToArray();
    }

    public void AssertIntact()
    {
        Assert.True(!_memory.AsSpan(0, Margin).ContainsAnyExcept(Guard), "something wrote before its memory");
        Assert.True(!_memory.AsSpan(Margin + length).ContainsAnyExcept(Guard), "something wrote past its memory");
    }
}
