namespace NetGen;

/// <summary>The mean loss of batches that weigh differently, by the number of their samples or by what each weighs.</summary>
internal struct LossTotal
{
    private double _sum;
    private double _weight;

    /// <summary>Whether nothing that weighs anything was added.</summary>
    public readonly bool IsEmpty => !(_weight > 0);

    /// <summary>NaN of nothing.</summary>
    public readonly float Mean => (float)(_sum / _weight);

    /// <param name="loss">The mean of a batch.</param>
    /// <param name="weight">What its samples weigh together.</param>
    public void Add(float loss, double weight)
    {
        _sum += loss * weight;
        _weight += weight;
    }
}
