namespace NetGen;

/// <summary>Takes in one sample after the other what a <see cref="Metric"/> measures.</summary>
internal abstract class MetricTally
{
    /// <summary>What was measured since it was last cleared.</summary>
    public abstract double Value { get; }

    public abstract void Clear();

    public abstract void Add(ReadOnlySpan<float> output, ReadOnlySpan<float> target);

    /// <summary>The mean of a number that each sample has.</summary>
    public sealed class Mean(SampleMetric measure) : MetricTally
    {
        private double _sum;
        private long _count;

        public override double Value => _sum / _count;

        public override void Clear() => (_sum, _count) = (0, 0);

        public override void Add(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
        {
            _sum += measure(output, target);
            _count++;
        }
    }

    /// <summary>The square root of another.</summary>
    public sealed class Root(MetricTally square) : MetricTally
    {
        public override double Value => Math.Sqrt(square.Value);

        public override void Clear() => square.Clear();

        public override void Add(ReadOnlySpan<float> output, ReadOnlySpan<float> target) => square.Add(output, target);
    }

    /// <summary>R² of each output, and the mean of those.</summary>
    public sealed class Determination(int outputCount) : MetricTally
    {
        private readonly double[] _squaredErrors = new double[outputCount];
        private readonly double[] _means = new double[outputCount];
        private readonly double[] _squaredDeviations = new double[outputCount];
        private long _count;

        public override double Value
        {
            get
            {
                double sum = 0;
                for (int i = 0; i < _means.Length; i++)
                {
                    // Targets that are all the same leave nothing to explain: met or missed, as scikit-learn has it.
                    sum += _squaredDeviations[i] > 0 ? 1 - (_squaredErrors[i] / _squaredDeviations[i])
                        : _squaredErrors[i] == 0 ? 1
                        : 0;
                }

                return sum / _means.Length;
            }
        }

        public override void Clear()
        {
            Array.Clear(_squaredErrors, 0, _squaredErrors.Length);
            Array.Clear(_means, 0, _means.Length);
            Array.Clear(_squaredDeviations, 0, _squaredDeviations.Length);
            _count = 0;
        }

        public override void Add(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
        {
            _count++;
            for (int i = 0; i < _means.Length; i++)
            {
                double error = (double)output[i] - target[i];
                _squaredErrors[i] += error * error;

                // Welford 1962: exact enough however far the mean is from zero.
                double deviation = target[i] - _means[i];
                _means[i] += deviation / _count;
                _squaredDeviations[i] += deviation * (target[i] - _means[i]);
            }
        }
    }
}
