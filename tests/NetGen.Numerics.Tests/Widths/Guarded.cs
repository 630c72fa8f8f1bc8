namespace NetGen.Numerics.Tests.Widths;

/// <summary>Memory with values around it that nobody may change.</summary>
public sealed class Guarded(int length)
{
    private const int Margin = 16;
    private const float Guard = 1234.5f;

    private readonly float[] _memory = [.. Enumerable.Repeat(Guard, length + (2 * Margin))];

    public Span<float> Span => _memory.AsSpan(Margin, length);

    public void AssertIntact()
    {
        Assert.True(!_memory.AsSpan(0, Margin).ContainsAnyExcept(Guard), "something wrote before its memory");
        Assert.True(!_memory.AsSpan(Margin + length).ContainsAnyExcept(Guard), "something wrote past its memory");
    }
}
