using NetGen.Numerics.Tests.Oracle;

namespace NetGen.Numerics.Tests.Reference;

/// <summary>
/// The graph in double against PyTorch in double: formulas and chain rule to seven digits, before any code is emitted.
/// </summary>
public sealed class GraphOracleTests
{
    // The vectors have seven digits: half a unit in the last is up to 5e-7. Constants of the formulas are floats.
    private const double Relative = 6e-7;

    public static TheoryData<string> Names => [.. OracleNetworks.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_graph_is_PyTorchs(string name)
    {
        OracleCase expected = OracleNetworks.Case(name);
        var network = new ReferenceNetwork(expected.Network, expected.Parameters);
        var gradient = new double[expected.Parameters.Length];
        for (int row = 0; row < expected.Rows; row++)
        {
            ReferenceSample sample = network.Sample(Doubles(expected.Sample(row)), Doubles(expected.Target(row)));
            int outputs = sample.Outputs.Length;
            AssertNear($"{name} outputs[{row}]", expected.Outputs[(row * outputs)..((row + 1) * outputs)], sample.Outputs);
            AssertNear($"{name} loss[{row}]", [expected.Losses[row]], [sample.Loss]);
            for (int i = 0; i < gradient.Length; i++)
            {
                gradient[i] += sample.Gradient[i] / expected.Rows;
            }

            if (row == 0)
            {
                AssertNear($"{name} input gradient", expected.InputGradient, sample.InputGradient);
            }
        }

        AssertNear($"{name} gradient", expected.Gradient, gradient);
    }

    private static double[] Doubles(ReadOnlySpan<float> values) => [.. values.ToArray().Select(v => (double)v)];

    private static void AssertNear(string what, double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double limit = (Relative * expected.Max(Math.Abs)) + 1e-12;
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(actual[i] - expected[i]) <= limit, $"{what}[{i}]: expected {expected[i]:R}, got {actual[i]:R}");
        }
    }
}
