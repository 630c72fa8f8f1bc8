namespace NetGen.Runtime.Tests;

/// <summary>A source that reads samples in their order, from memory.</summary>
internal sealed class Lines(float[] inputs, float[] targets) : IBatchSource
{
    private int _next;

    public long? RowCount { get; init; }

    /// <summary>Called with the epoch that begins.</summary>
    public Action<int>? BeforeBegin { get; init; }

    /// <summary>The most rows of one batch, whatever there is room for.</summary>
    public int MostRows { get; init; } = int.MaxValue;

    public void Begin(int epoch)
    {
        BeforeBegin?.Invoke(epoch);
        _next = 0;
    }

    public int Read(Span<float> inputsOfBatch, Span<float> targetsOfBatch)
    {
        int rows = Math.Min(Math.Min(MostRows, targetsOfBatch.Length), targets.Length - _next);
        inputs.AsSpan(2 * _next, 2 * rows).CopyTo(inputsOfBatch);
        targets.AsSpan(_next, rows).CopyTo(targetsOfBatch);
        _next += rows;
        return rows;
    }
}
