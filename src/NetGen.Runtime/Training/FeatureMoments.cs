namespace NetGen;

/// <summary>The means and standard deviations of features.</summary>
internal static class FeatureMoments
{
    /// <exception cref="ArgumentException">There are no samples, or they are not of this width, or not finite.</exception>
    public static Standardizer Measure(Columns samples, int width, string name)
    {
        int count = samples.CountRows(width, name);
        if (count == 0)
        {
            throw new ArgumentException($"Expected at least 1 sample of {width} numbers, got none.", name);
        }

        double[] means = Means(samples, count, width, name);
        double[] squares = new double[width];
        bool[] differ = new bool[width];
        ReadOnlySpan<float> first = samples.Row(0, width);
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<float> values = samples.Row(row, width);
            for (int i = 0; i < width; i++)
            {
                double deviation = values[i] - means[i];
                squares[i] += deviation * deviation;
                differ[i] |= values[i] != first[i];
            }
        }

        float[] deviations = new float[width];
        for (int i = 0; i < width; i++)
        {
            // Where all are the same, what is left is the mean's own rounding. Below the smallest float it is nothing, too.
            float deviation = (float)Math.Sqrt(squares[i] / count);
            deviations[i] = differ[i] && deviation > 0 ? deviation : 1;
        }

        return new Standardizer(Array.ConvertAll(means, mean => (float)mean), deviations);
    }

    private static double[] Means(Columns samples, int count, int width, string name)
    {
        double[] means = new double[width];
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<float> values = samples.Row(row, width);
            for (int i = 0; i < width; i++)
            {
                if (!Floats.IsFinite(values[i]))
                {
                    throw new ArgumentException(
                        FormattableString.Invariant($"Expected finite numbers, got {values[i]} as feature {i} of sample {row}."),
                        name);
                }

                means[i] += values[i];
            }
        }

        for (int i = 0; i < width; i++)
        {
            means[i] /= count;
        }

        return means;
    }
}
