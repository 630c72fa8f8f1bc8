namespace NetGen;

/// <summary>One training from its first epoch to its end, whatever the samples come from.</summary>
internal ref struct TrainingRun
{
    // Up to this many epochs the history never grows.
    private const int HistoryCapacity = 256;

    private readonly INetwork _network;
    private readonly Trainer _settings;
    private readonly Samples _validation;
    private readonly Evaluator _evaluator;
    private readonly BestWeights? _best;
    private readonly List<TrainingProgress> _history = new(HistoryCapacity);
    private EpochBatches _batches;
    private LossWatch _watch;
    private float? _initialLoss;

    /// <param name="network">What learns.</param>
    /// <param name="settings">They do not change.</param>
    /// <param name="batches">What is learned from.</param>
    /// <param name="validation">What measures the loss that counts; may be none.</param>
    public TrainingRun(INetwork network, Trainer settings, EpochBatches batches, Samples validation)
    {
        _network = network;
        _settings = settings;
        _batches = batches;
        _validation = validation;
        _evaluator = new Evaluator(network, settings.Metrics);
        _best = settings.RestoreBestWeights ? new BestWeights(network) : null;
        _watch = new LossWatch(settings.FirstEpoch, settings.Patience, settings.MinimumImprovement);
    }

    public TrainingResult Run(IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        // Epochs that lie behind have shuffled, too.
        for (int epoch = 1; epoch < _settings.FirstEpoch; epoch++)
        {
            _batches.Skip();
        }

        try
        {
            MeasureStart();
            StopReason stopReason = StopReason.EpochLimit;
            for (int epoch = _settings.FirstEpoch; epoch <= _settings.Epochs && stopReason == StopReason.EpochLimit; epoch++)
            {
                stopReason = RunEpoch(epoch, cancellationToken);
                progress?.Report(_history[_history.Count - 1]);
            }

            return Finish(stopReason);
        }
        catch when (_best is not null && _history.Count > 0)
        {
            // Cancelled, or the caller's progress, schedule, source or metric has failed: what was best is not lost.
            _best.Restore();
            throw;
        }
    }

    // The weights that training begins with are better than any that follow if the rate is too high for them.
    private void MeasureStart()
    {
        if (_best is not null)
        {
            _initialLoss = _validation.Count > 0
                ? _evaluator.Over(_validation).Loss
                : _batches.Evaluate(_evaluator, _settings.FirstEpoch).Loss;
            _watch.ObserveStart(_initialLoss.Value);
        }
    }

    private StopReason RunEpoch(int epoch, CancellationToken cancellationToken)
    {
        float trainingLoss = Learn(epoch, cancellationToken, out float rate);
        Evaluation? evaluation = Floats.IsFinite(trainingLoss) ? Evaluate(epoch) : null;
        float? validationLoss = _validation.Count > 0 ? evaluation?.Loss : null;

        // The training loss is that of the weights before each step; an epoch's last step may have gone astray, and its
        // weights must not be kept for the loss of the ones before.
        float loss = validationLoss ?? (_best is not null ? evaluation?.Loss : null) ?? trainingLoss;
        StopReason stopReason = Judge(epoch, loss);
        _history.Add(new TrainingProgress
        {
            Epoch = epoch,
            Epochs = _settings.Epochs,
            LearningRate = rate,
            TrainingLoss = trainingLoss,
            ValidationLoss = validationLoss,
            Loss = loss,
            BestEpoch = _watch.BestEpoch,
            BestLoss = _watch.BestLoss,
            Metrics = evaluation?.Metrics ?? [],
        });
        return stopReason;
    }

    /// <summary>Learns from every row once and returns the mean loss: not finite, and at once, if training diverged.</summary>
    private float Learn(int epoch, CancellationToken cancellationToken, out float rate)
    {
        var total = new LossTotal();
        var rates = new StepRates(_settings, _batches.StepCount, epoch);
        rate = rates.Next();
        _batches.Begin(epoch);
        for (int step = 0; ; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Batch batch = _batches.Next();
            if (batch.Count == 0)
            {
                return step == 0 ? throw new InvalidOperationException($"Expected from the source at least one row in epoch {epoch}, got none.")
                    : total.IsEmpty ? throw new InvalidOperationException($"Expected a sample to learn from that weighs more than 0 in epoch {epoch}, got none.")
                    : total.Mean;
            }

            if (step > 0)
            {
                rate = rates.Next();
            }

            // Of samples that all weigh nothing there is nothing to learn.
            if (batch.Weight is not (var weight and > 0))
            {
                continue;
            }

            float loss = _network.TrainBatch(batch.Inputs, batch.Targets, rate, _settings.DegreeOfParallelism);
            if (!Floats.IsFinite(loss))
            {
                return loss;
            }

            total.Add(loss, weight);
        }
    }

    private Evaluation? Evaluate(int epoch)
    {
        if (_validation.Count > 0)
        {
            return _evaluator.Over(_validation);
        }

        // Nobody wants to know otherwise, and it costs as much as predicting every sample.
        return _best is not null || _settings.Metrics.Count > 0 ? _batches.Evaluate(_evaluator, epoch) : null;
    }

    private StopReason Judge(int epoch, float loss)
    {
        if (!Floats.IsFinite(loss))
        {
            return StopReason.Diverged;
        }

        if (_watch.Observe(epoch, loss))
        {
            _best?.Remember();
        }

        return _watch.LostPatience ? StopReason.NoImprovement : StopReason.EpochLimit;
    }

    private readonly TrainingResult Finish(StopReason stopReason)
    {
        bool restore = _best is not null && _watch.BestEpoch != _history[_history.Count - 1].Epoch;
        if (restore)
        {
            _best!.Restore();
        }
        else if (stopReason == StopReason.Diverged)
        {
            // What the optimizer remembers of a divergence would end the next training, too.
            _network.ResetOptimizer();
        }

        return new TrainingResult(_history.AsReadOnly(), stopReason, _initialLoss, restore);
    }
}
