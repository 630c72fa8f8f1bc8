namespace NetGen;

/// <summary>The mean loss of batches of different sizes.</summary>
internal struct LossTotal
{
    private double _sum;
    private long _count;

    /// <summary>NaN of nothing.</summary>
    public readonly float Mean => (float)(_sum / _count);

    /// <param name="loss">The mean of a batch.</param>
    /// <param name="count">The number of its samples.</param>
    public void Add(float loss, int count)
    {
        _sum += (double)loss * count;
        _count += count;
    }
}
