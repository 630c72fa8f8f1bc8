using System.Globalization;

namespace NetGen;

/// <summary>What one call of <see cref="Trainer"/>'s Train did.</summary>
public sealed class TrainingResult
{
    internal TrainingResult(
        IReadOnlyList<TrainingProgress> history,
        StopReason stopReason,
        float? initialLoss,
        bool bestWeightsRestored)
    {
        History = history;
        StopReason = stopReason;
        InitialLoss = initialLoss;
        BestWeightsRestored = bestWeightsRestored;
    }

    /// <summary>Every epoch, in order; at least one.</summary>
    public IReadOnlyList<TrainingProgress> History { get; }

    /// <summary>Why training stopped.</summary>
    public StopReason StopReason { get; }

    /// <summary>The number of epochs that were run, one that diverged halfway included.</summary>
    public int EpochsRun => History.Count;

    /// <summary>
    /// The loss of the weights that training began with, over the same samples as <see cref="TrainingProgress.Loss"/>; null
    /// with <see cref="Trainer.RestoreBestWeights"/> off, since it was not measured then.
    /// </summary>
    public float? InitialLoss { get; }

    /// <summary>
    /// The epoch with the lowest loss, counted from 1. The one before the first, 0 unless <see cref="Trainer.FirstEpoch"/> was
    /// set, means the weights that training began with: see <see cref="TrainingProgress.BestEpoch"/>.
    /// </summary>
    public int BestEpoch => Last.BestEpoch;

    /// <summary>The loss of <see cref="BestEpoch"/>; NaN if there was no finite one.</summary>
    public float BestLoss => Last.BestLoss;

    /// <summary>The last epoch's mean loss over the training samples.</summary>
    public float TrainingLoss => Last.TrainingLoss;

    /// <summary>The last epoch's mean loss over the validation samples; null without any.</summary>
    public float? ValidationLoss => Last.ValidationLoss;

    /// <summary>
    /// Whether the network has been given back the weights of <see cref="BestEpoch"/>. False if it ended on its best epoch, and
    /// with <see cref="Trainer.RestoreBestWeights"/> off.
    /// </summary>
    public bool BestWeightsRestored { get; }

    /// <summary>
    /// Whether the optimizer has forgotten what it learned. It has where weights were given back, as its memory was that of
    /// later ones, and after <see cref="StopReason.Diverged"/>, of which it would remember what ends the next training, too.
    /// </summary>
    public bool OptimizerReset => BestWeightsRestored || StopReason == StopReason.Diverged;

    private TrainingProgress Last => History[History.Count - 1];

    /// <summary>Writes the history as comma-separated values: a line with names, then one for each epoch.</summary>
    /// <remarks>
    /// The columns are <c>epoch</c>, <c>learningRate</c>, <c>trainingLoss</c>, <c>validationLoss</c>, <c>loss</c> and the names of
    /// the metrics. What was not measured is empty; what is not finite is NaN, Infinity or -Infinity. Numbers read back as the
    /// same bits, on every culture.
    /// </remarks>
    /// <param name="writer">It is left open. Lines end in <c>\n</c>.</param>
    /// <exception cref="ArgumentNullException">There is no writer.</exception>
    public void WriteCsv(TextWriter writer) =>
        HistoryText.WriteCsv(this, writer ?? throw new ArgumentNullException(nameof(writer)));

    /// <summary>Writes the result and its history as JSON.</summary>
    /// <remarks>
    /// JSON has no numbers that are not finite: those are the texts <c>"NaN"</c>, <c>"Infinity"</c> and <c>"-Infinity"</c>, which
    /// System.Text.Json reads with <c>JsonNumberHandling.AllowNamedFloatingPointLiterals</c>.
    /// </remarks>
    /// <param name="writer">It is left open.</param>
    /// <exception cref="ArgumentNullException">There is no writer.</exception>
    public void WriteJson(TextWriter writer) =>
        HistoryText.WriteJson(this, writer ?? throw new ArgumentNullException(nameof(writer)));

    /// <summary>What <see cref="WriteCsv"/> writes.</summary>
    public string ToCsv()
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        WriteCsv(writer);
        return writer.ToString();
    }

    /// <summary>What <see cref="WriteJson"/> writes.</summary>
    public string ToJson()
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        WriteJson(writer);
        return writer.ToString();
    }

    /// <summary>The number of epochs, the best loss and the reason in one line.</summary>
    public override string ToString()
    {
        string best = BestEpoch < History[0].Epoch ? "before the first epoch" : $"in epoch {BestEpoch}";
        return FormattableString.Invariant(
            $"{EpochsRun} epochs, best loss {BestLoss:G4} {best}, stopped by {StopReason}");
    }
}
