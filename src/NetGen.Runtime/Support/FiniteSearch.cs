namespace NetGen.CompilerServices;

/// <summary>Looks for a number that is infinite or NaN with several threads, each in its share.</summary>
internal sealed unsafe class FiniteSearch : ITeamWork
{
    private float* _values;
    private int _length;
    private volatile bool _found;

    /// <summary>Whether there is one.</summary>
    /// <param name="threads">Who looks.</param>
    /// <param name="members">How many of them.</param>
    /// <param name="values">Where they look.</param>
    public bool Finds(ThreadTeam threads, int members, ReadOnlySpan<float> values)
    {
        _length = values.Length;
        _found = false;
        fixed (float* start = values)
        {
            _values = start;
            threads.Run(this, members);
        }

        return _found;
    }

    void ITeamWork.Run(int member, int members)
    {
        int first = (int)((long)_length * member / members);
        int end = (int)((long)_length * (member + 1) / members);
        if (!(Magnitude.Largest(new ReadOnlySpan<float>(_values + first, end - first)) <= float.MaxValue))
        {
            _found = true;
        }
    }
}
