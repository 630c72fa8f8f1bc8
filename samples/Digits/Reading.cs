namespace Digits;

/// <summary>What the network read in one image of a set.</summary>
internal readonly record struct Reading(int Index, int Truth, int Answer, float Confidence)
{
    public bool IsRight => Truth == Answer;

    /// <summary>Reads every image of a set.</summary>
    public static Reading[] All(DigitReader network, DigitSet digits)
    {
        float[] probabilities = new float[digits.Count * DigitReader.OutputCount];
        network.ForwardBatch(digits.Pixels, probabilities);

        var readings = new Reading[digits.Count];
        for (int index = 0; index < readings.Length; index++)
        {
            ReadOnlySpan<float> row =
                probabilities.AsSpan(index * DigitReader.OutputCount, DigitReader.OutputCount);
            int answer = 0;
            for (int digit = 1; digit < row.Length; digit++)
            {
                answer = row[digit] > row[answer] ? digit : answer;
            }

            readings[index] = new Reading(index, digits.Labels[index], answer, row[answer]);
        }

        return readings;
    }

    /// <summary>The share of images that were read correctly.</summary>
    public static double Accuracy(Reading[] readings) => readings.Count(reading => reading.IsRight) / (double)readings.Length;
}
