namespace NetGen;

/// <summary>Remembers the best epoch and notices when the loss no longer falls.</summary>
internal struct LossWatch(int firstEpoch, int? patience, float minimumImprovement)
{
    private float _lossToBeat = float.PositiveInfinity;
    private int _epochsWithoutImprovement;

    /// <summary>That before the first is the start.</summary>
    public int BestEpoch { get; private set; } = firstEpoch - 1;

    public float BestLoss { get; private set; } = float.NaN;

    /// <summary>Whether the last <c>patience</c> epochs brought no improvement to speak of.</summary>
    public readonly bool LostPatience => _epochsWithoutImprovement >= patience;

    /// <summary>
    /// Takes the loss into account that training begins with. Patience does not wait for it to be beaten: a network that has
    /// learned something else, or starts at a high rate, may first get worse.
    /// </summary>
    public void ObserveStart(float loss) => BestLoss = Floats.IsFinite(loss) ? loss : float.NaN;

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

        // False while the best is NaN.
        if (loss >= BestLoss)
        {
            return false;
        }

        BestEpoch = epoch;
        BestLoss = loss;
        return true;
    }
}
