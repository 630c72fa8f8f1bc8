namespace NetGen.Numerics.Tests.Oracle;

/// <summary>∂L/∂y of one sample, as a caller of BackwardFrom would write it.</summary>
internal static class LossSlope
{
    public static float[] Of(OracleCase @case, int row)
    {
        int count = @case.Network.Outputs;
        double[] y = @case.Outputs[(row * count)..((row + 1) * count)];
        float[] t = @case.Target(row).ToArray();
        double Error(int i) => y[i] - t[i];
        double delta = @case.Option("Delta", 1);
        double smoothing = @case.Option("LabelSmoothing", 0);
        double root = Math.Sqrt(Enumerable.Range(0, count).Average(i => Error(i) * Error(i)));
        return [.. Enumerable.Range(0, count).Select(i => (float)(@case.Loss switch
        {
            "MeanAbsoluteError" => Math.Sign(Error(i)) / (double)count,
            "MeanSquaredError" => 2 * Error(i) / count,
            "RootMeanSquaredError" => Error(i) / (count * root),
            "Huber" => Math.Clamp(Error(i), -delta, delta) / count,
            "BinaryCrossEntropy" => Error(i) / (y[i] * (1 - y[i])) / count,
            "CategoricalCrossEntropy" => -((t[i] * (1 - smoothing)) + (smoothing / count)) / y[i],
            _ => throw new NotSupportedException(@case.Loss),
        }))];
    }
}
