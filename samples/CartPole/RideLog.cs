namespace CartPole;

/// <summary>How long each ride lasted, and the mean of the last hundred.</summary>
internal sealed class RideLog
{
    public const int Window = 100;
    private const double Solved = 475;

    private readonly List<int> _steps = [];
    private readonly List<double> _means = [];
    private int _sum;

    public int Count => _steps.Count;

    /// <summary>The steps of each ride.</summary>
    public IReadOnlyList<int> Steps => _steps;

    /// <summary>After each ride the mean of the last hundred, or of as many as there were.</summary>
    public IReadOnlyList<double> Means => _means;

    public bool IsSolved => Count >= Window && _means[^1] >= Solved;

    public void Add(int steps)
    {
        _steps.Add(steps);
        _sum += steps - (Count > Window ? _steps[Count - 1 - Window] : 0);
        _means.Add(_sum / (double)Math.Min(Count, Window));
    }
}
