namespace NetGen;

/// <summary>The learning rates of one epoch's steps.</summary>
internal struct StepRates
{
    private readonly Trainer _settings;
    private readonly int _epoch;
    private readonly long _stepCount;
    private readonly float? _ofAllSteps;
    private long _step;

    /// <param name="settings">The schedule, and the rate that it changes.</param>
    /// <param name="stepCount">The number of steps in one epoch; null if nobody knows.</param>
    /// <param name="epoch">Counted from 1.</param>
    /// <exception cref="InvalidOperationException">The schedule gives no rate, or needs to know the number of steps.</exception>
    public StepRates(Trainer settings, long? stepCount, int epoch)
    {
        _settings = settings;
        _epoch = epoch;
        if (!settings.Schedule.IsPerStep)
        {
            _ofAllSteps = Rate(epoch - 1, settings.Epochs);
            return;
        }

        _stepCount = stepCount ?? throw new InvalidOperationException(
            "Expected a source that knows its RowCount, since the schedule goes step by step to the last one.");
    }

    /// <summary>The rate of the next step.</summary>
    /// <exception cref="InvalidOperationException">The schedule gives none.</exception>
    public float Next()
    {
        if (_ofAllSteps is float rate)
        {
            return rate;
        }

        // A source may make more steps than it said: the last rate stays.
        int total = (int)Math.Min(int.MaxValue, _stepCount * _settings.Epochs);
        return Rate((int)Math.Min(total - 1, ((_epoch - 1) * _stepCount) + _step++), total);
    }

    private readonly float Rate(int done, int total)
    {
        float rate = _settings.Schedule.GetRate(_settings.LearningRate, done, total);
        return rate >= 0 && rate <= float.MaxValue ? rate : throw new InvalidOperationException(FormattableString.Invariant(
            $"Expected from the schedule a finite learning rate of at least 0, got {rate} for epoch {_epoch}."));
    }
}
