using NetGen.Numerics.Tests.Widths;

namespace NetGen.Numerics.Tests.Onnx;

/// <summary>All ways to predict with a compiled network, with guards around what it is given, against ONNX Runtime.</summary>
internal static class OnnxComparison
{
    /// <summary>Of the largest number of a row's outputs.</summary>
    public const double Relative = 1e-5;

    public const double Floor = 2e-7;

    private static readonly int[] Batches = [1, 7, 33];

    public static void AssertSame(OnnxCase @case, OnnxNetworks networks)
    {
        IPredictor network = networks.Create(@case.Name);
        int most = Batches[^1];
        var inputs = new Guarded(@case.Draw(most));
        Assert.Equal(inputs.Span.Length, most * network.InputCount);

        using var oracle = new OnnxOracle(@case);
        float[][][] expected = [.. Enumerable.Range(0, most).Select(row => oracle.Run(Row(inputs, row, network.InputCount)))];
        double[][] whole = [.. expected.Select(outputs => outputs.SelectMany(o => o).Select(v => (double)v).ToArray())];
        Assert.All(whole, row => Assert.Equal(network.OutputCount, row.Length));

        // An oracle that says NaN says nothing.
        Assert.All(whole, row => Assert.All(row, value => Assert.True(double.IsFinite(value), $"{@case}: ONNX Runtime gives {value}")));
        var output = new Guarded(network.OutputCount);
        for (int row = 0; row < Batches[1]; row++)
        {
            network.Forward(Row(inputs, row, network.InputCount), output.Span);
            Near.Assert($"{@case}: Forward, row {row}", whole[row], output.Intact(), Relative, Floor);
        }

        foreach (int rows in Batches)
        {
            var outputs = new Guarded(rows * network.OutputCount);
            network.ForwardBatch(inputs.Span[..(rows * network.InputCount)], outputs.Span);
            outputs.AssertIntact();
            for (int row = 0; row < rows; row++)
            {
                Near.Assert($"{@case}: ForwardBatch of {rows}, row {row}", whole[row], Row(outputs, row, network.OutputCount), Relative, Floor);
            }
        }

        AssertPorts(@case, networks.Ports(network), inputs, expected);
        AssertExported(@case, network, inputs, whole);
        inputs.AssertIntact();
    }

    private static void AssertPorts(OnnxCase @case, Action<float[][], float[][]>? forward, Guarded inputs, float[][][] expected)
    {
        Assert.Equal(@case.Inputs.Count() > 1 || @case.Outputs.Count > 1, forward is not null);
        int[] counts = [.. @case.Inputs.Select(@case.CountOf)];
        for (int row = 0; row < Batches[1]; row++)
        {
            float[] all = Row(inputs, row, counts.Sum()).ToArray();
            float[][] given = [.. counts.Select((count, i) => all[counts[..i].Sum()..][..count])];
            float[][] actual = [.. expected[row].Select(o => new float[o.Length])];
            forward?.Invoke(given, actual);
            double scale = Near.Largest(expected[row].SelectMany(o => o).Select(v => (double)v));
            for (int i = 0; i < actual.Length && forward is not null; i++)
            {
                Near.Assert($"{@case}: output {i} of its own, row {row}", Array.ConvertAll(expected[row][i], v => (double)v), actual[i], 0, (Relative * scale) + Floor);
            }
        }
    }

    // What the network says of itself as a file is what it computes.
    private static void AssertExported(OnnxCase @case, IPredictor network, Guarded inputs, double[][] expected)
    {
        var exported = new OnnxCase(@case.Name, ExportedFile.Of(network));
        using var oracle = new OnnxOracle(exported);
        for (int row = 0; row < Batches[1]; row++)
        {
            float[] actual = [.. oracle.Run(Row(inputs, row, network.InputCount)).SelectMany(o => o)];
            Near.Assert($"{@case}: as an exported file, row {row}", expected[row], actual, Relative, Floor);
        }
    }

    private static Span<float> Row(Guarded values, int row, int count) => values.Span.Slice(row * count, count);
}
