namespace NetGen;

/// <summary>
/// How the learning rate changes from epoch to epoch, or with <see cref="PerStep"/> from step to step. Derive from it for a
/// schedule of your own. The built-in ones give the same bits on every platform.
/// </summary>
public abstract class LearningRateSchedule
{
    /// <summary>The same learning rate in every epoch.</summary>
    public static LearningRateSchedule Constant { get; } = new ConstantSchedule();

    /// <summary>Multiplies the learning rate by a factor after every so many epochs.</summary>
    /// <param name="every">The number of epochs between two changes, at least 1.</param>
    /// <param name="factor">Above 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is out of range.</exception>
    public static LearningRateSchedule Step(int every, float factor = 0.1f)
    {
        CheckEpochs(every, nameof(every));
        CheckFactor(factor);
        return new StepSchedule(every, factor);
    }

    /// <summary>Multiplies the learning rate by a factor after every epoch.</summary>
    /// <param name="factor">Above 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is out of range.</exception>
    public static LearningRateSchedule Exponential(float factor)
    {
        CheckFactor(factor);
        return new StepSchedule(1, factor);
    }

    /// <summary>
    /// Lowers the learning rate along half a cosine wave: slowly, then fast, then slowly (Loshchilov and Hutter 2017).
    /// It begins at the trainer's rate and would reach the minimum after the last epoch, so that every epoch learns.
    /// </summary>
    /// <param name="minimum">The learning rate at the end, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The minimum is out of range.</exception>
    public static LearningRateSchedule Cosine(float minimum = 0f)
    {
        if (!(minimum >= 0f && minimum <= float.MaxValue))
        {
            throw new ArgumentOutOfRangeException(
                nameof(minimum),
                FormattableString.Invariant($"Expected a finite learning rate of at least 0, got {minimum}."));
        }

        return new CosineSchedule(minimum);
    }

    /// <summary>
    /// Raises the learning rate along half a cosine wave to the trainer's, and lowers it along another to almost nothing:
    /// PyTorch's OneCycleLR with its defaults (Smith and Topin 2017). The trainer's rate may be several times what would be
    /// right for all of the training. Usually it goes <see cref="PerStep"/>.
    /// </summary>
    /// <param name="rising">The share of epochs in which it rises, above 0 and below 1.</param>
    /// <param name="startFactor">The first rate, as a share of the trainer's; above 0 and at most 1.</param>
    /// <param name="endFactor">The last rate, as a share of the first; above 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is out of range.</exception>
    public static LearningRateSchedule OneCycle(float rising = 0.3f, float startFactor = 0.04f, float endFactor = 1e-4f)
    {
        if (!(rising > 0f && rising < 1f))
        {
            throw new ArgumentOutOfRangeException(
                nameof(rising),
                FormattableString.Invariant($"Expected a share above 0 and below 1, got {rising}."));
        }

        CheckFactor(startFactor, nameof(startFactor));
        CheckFactor(endFactor, nameof(endFactor));
        return new OneCycleSchedule(rising, startFactor, endFactor);
    }

    /// <summary>
    /// The same schedule from one step of the optimizer to the next: what it counts in epochs it counts in steps. So
    /// <c>Cosine().WithWarmup(500).PerStep()</c> rises for 500 steps and falls until the last step of all epochs.
    /// </summary>
    public LearningRateSchedule PerStep() => new PerStepSchedule(this);

    /// <summary>Raises the learning rate in equal steps over the first epochs; this schedule follows.</summary>
    /// <param name="epochs">The number of epochs, at least 1, that learn more slowly.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not even one.</exception>
    public LearningRateSchedule WithWarmup(int epochs)
    {
        CheckEpochs(epochs, nameof(epochs));
        return new WarmupSchedule(this, epochs);
    }

    /// <summary>The learning rate of the next epoch, or step, finite and at least 0.</summary>
    /// <param name="learningRate">The trainer's learning rate.</param>
    /// <param name="epochsDone">The number of epochs, or steps, before this one, from 0.</param>
    /// <param name="epochs">The most that will be run, above <paramref name="epochsDone"/>.</param>
    public abstract float GetRate(float learningRate, int epochsDone, int epochs);

    /// <summary>Whether it is asked for each step, and its epochs are steps.</summary>
    internal virtual bool IsPerStep => false;

    private static void CheckEpochs(int epochs, string name)
    {
        if (epochs < 1)
        {
            throw new ArgumentOutOfRangeException(name, $"Expected at least 1 epoch, got {epochs}.");
        }
    }

    private static void CheckFactor(float factor, string name = "factor")
    {
        if (!(factor > 0f && factor <= 1f))
        {
            throw new ArgumentOutOfRangeException(
                name,
                FormattableString.Invariant($"Expected a factor above 0 and at most 1, got {factor}."));
        }
    }

    // From one rate to another along half a cosine wave.
    private static float Anneal(double from, double to, double done, double length)
    {
        // (1 + cos πt) / 2 = cos² πt/2. A rise of no length is over.
        double cosine = length > 0 ? Cosine(Math.PI / 2 * done / length) : 0;
        return (float)(to + ((from - to) * cosine * cosine));
    }

    // 1 − x²/2! + x⁴/4! − … for x in [0, π/2]. Math.Cos's last bit depends on the platform.
    private static double Cosine(double x)
    {
        double sum = 1;
        for (int k = 24; k > 0; k -= 2)
        {
            sum = 1 - (sum * x * x / (k * (k - 1)));
        }

        return sum;
    }

    private sealed class ConstantSchedule : LearningRateSchedule
    {
        public override float GetRate(float learningRate, int epochsDone, int epochs) => learningRate;
    }

    private sealed class StepSchedule(int every, float factor) : LearningRateSchedule
    {
        public override float GetRate(float learningRate, int epochsDone, int epochs)
        {
            // The factor's power by squaring: Math.Pow's last bit depends on the platform.
            double rate = learningRate;
            double power = factor;
            for (int n = epochsDone / every; n > 0; n >>= 1)
            {
                if ((n & 1) != 0)
                {
                    rate *= power;
                }

                power *= power;
            }

            return (float)rate;
        }
    }

    private sealed class CosineSchedule(float minimum) : LearningRateSchedule
    {
        public override float GetRate(float learningRate, int epochsDone, int epochs) =>
            Anneal(learningRate, minimum, epochsDone, epochs);
    }

    private sealed class OneCycleSchedule(double rising, double startFactor, double endFactor) : LearningRateSchedule
    {
        public override float GetRate(float learningRate, int epochsDone, int epochs)
        {
            double start = learningRate * startFactor;
            double peak = (rising * epochs) - 1;
            return epochsDone <= peak
                ? Anneal(start, learningRate, epochsDone, peak)
                : Anneal(learningRate, start * endFactor, epochsDone - peak, epochs - 1 - peak);
        }
    }

    private sealed class PerStepSchedule(LearningRateSchedule schedule) : LearningRateSchedule
    {
        internal override bool IsPerStep => true;

        public override float GetRate(float learningRate, int epochsDone, int epochs) =>
            schedule.GetRate(learningRate, epochsDone, epochs);
    }

    private sealed class WarmupSchedule(LearningRateSchedule next, int warmup) : LearningRateSchedule
    {
        internal override bool IsPerStep => next.IsPerStep;

        public override float GetRate(float learningRate, int epochsDone, int epochs) => epochsDone < warmup
            ? (float)((double)learningRate * (epochsDone + 1) / (warmup + 1.0))
            : next.GetRate(learningRate, epochsDone - warmup, epochs - warmup);
    }
}
