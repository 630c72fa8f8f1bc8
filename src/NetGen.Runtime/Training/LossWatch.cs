namespace NetGen;

/// <summary>Remembers the best epoch and notices when the loss no longer falls.</summary>
internal struct LossWatch(int? patience, float minimumImprovement)
{
    private float _lossToBeat = float.PositiveInfinity;
    private int _epochsWithoutImprovement;

    public int BestEpoch { get; private set; }

    public float BestLoss { get; private set; } = float.NaN;

    /// <summary>Whether the last <c>patience</c> epochs brought no improvement to speak of.</summary>
    public readonly bool LostPatience => _epochsWithoutImprovement >= patience;

    /// <summary>Takes the next epoch's loss into account, which is finite; returns whether it is the best so far.</summary>
    public bool Observe(int epoch, float loss)
    {
        // Two thresholds: many small improvements are worth keeping even if they are not worth waiting for.
        if (loss < (float)(_lossToBeat - minimumImprovement))
        {
            _lossToBeat = loss;
            _epochsWithoutImprovement = 0;
        }
        else
        {
            _epochsWithoutImprovement++;
        }

        if (BestEpoch > 0 && !(loss < BestLoss))
        {
            return false;
        }

        BestEpoch = epoch;
        BestLoss = loss;
        return true;
    }
}
