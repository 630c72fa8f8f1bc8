using NetGen.Numerics.Tests.Widths;

namespace NetGen.Numerics.Tests.Onnx;

/// <summary>Networks of files learn: gradients, the same bits on any number of threads, the same numbers with any vectors.</summary>
public sealed class OnnxTrainingTests
{
    private static readonly string Trains = $"Training = true, Simd = NetGen.Simd.{NetworkSpec.FewVectors}";
    private const double Gradient = 5e-5;
    private const double Floor = 1e-6;

    // Nearer to a kink than this, a difference sees both sides of it.
    private const double Clear = 1e-4;

    private static readonly Dictionary<string, OnnxCase> Cases = OnnxTrainingCases.All.ToDictionary(c => c.Name, c => c with { Options = Trains });

    private static readonly IReadOnlyDictionary<string, OnnxNetworks> Networks = OnnxNetworks.Of(Cases.Values, 17);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_are_the_slopes_of_the_loss(string name)
    {
        OnnxCase @case = Cases[name];
        var reference = new OnnxReference(@case);
        var network = (INetwork)Networks[name].Create(name);
        Assert.Equal(reference.Sizes.Sum(), network.ParameterCount);
        (float[] inputs, float[] targets) = Samples(@case, network, 40);
        int compared = 0;
        for (int row = 0; row < 40 && compared < 2; row++)
        {
            float[] x = inputs[(row * network.InputCount)..][..network.InputCount];
            float[] t = targets[(row * network.OutputCount)..][..network.OutputCount];
            (double[] dx, double[] dt) = (Array.ConvertAll(x, v => (double)v), Array.ConvertAll(t, v => (double)v));
            if (reference.DistanceToKinks(dx, dt) < Clear)
            {
                continue;
            }

            compared++;
            var inputGradient = new Guarded(x.Length);
            var gradients = new Guarded(network.ParameterCount);
            network.ClearGradients();
            network.Forward(x, new float[t.Length]);
            float loss = network.Backward(t, inputGradient.Span);
            network.GetGradients(gradients.Span);
            Near.AssertEach($"{name}: loss", [reference.Loss(dx, dt)], [loss], 3e-5, 1e-6);
            (double[] gradient, double[] exact) = reference.Differences(dx, dt);
            AssertTensors($"{name}: gradient", reference.Sizes, gradient, gradients.Intact());
            Near.Assert($"{name}: input gradient", exact, inputGradient.Intact(), Gradient, Floor);

            // A batch of the same sample has the same gradient: a step of descent is it.
            float[] before = Parameters(network);
            const int Rows = 67;
            Near.AssertEach($"{name}: loss of a batch", [loss], [network.TrainBatch(Repeat(x, Rows), Repeat(t, Rows), 1)], 3e-5, 1e-6);
            AssertTensors($"{name}: step of a batch", reference.Sizes, gradient, [.. before.Zip(Parameters(network), (b, a) => b - a)]);
            network.SetParameters(before);

            static float[] Repeat(float[] row, int count) => [.. Enumerable.Repeat(row, count).SelectMany(r => r)];
        }

        Assert.True(compared > 0, $"{name}: every sample is near a kink");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Threads_change_no_bit(string name)
    {
        var alone = (INetwork)Networks[name].Create(name);
        var together = (INetwork)Networks[name].Create(name);
        foreach (int rows in (int[])[300, 1, 65, 200])
        {
            (float[] inputs, float[] targets) = Samples(Cases[name], alone, rows);
            Assert.Equal(alone.TrainBatch(inputs, targets, 0.01f, 1), together.TrainBatch(inputs, targets, 0.01f, 3));
            Assert.Equal(Array.ConvertAll(Parameters(alone), BitConverter.SingleToInt32Bits), Array.ConvertAll(Parameters(together), BitConverter.SingleToInt32Bits));
        }
    }

    private static void AssertTensors(string what, IReadOnlyList<int> sizes, double[] expected, float[] actual)
    {
        double largest = Near.Largest(expected);
        int start = 0;
        foreach (int size in sizes)
        {
            Near.Assert($"{what} from {start}", expected[start..(start + size)], actual.AsSpan(start, size), Gradient, (0.1 * Gradient * largest) + Floor);
            start += size;
        }
    }

    internal static (float[] Inputs, float[] Targets) Samples(OnnxCase @case, INetwork network, int rows)
    {
        var random = new Random(rows);
        return (@case.Draw(rows), [.. Enumerable.Range(0, rows * network.OutputCount).Select(_ => random.NextSingle() - 0.5f)]);
    }

    private static float[] Parameters(INetwork network)
    {
        var parameters = new float[network.ParameterCount];
        network.GetParameters(parameters);
        return parameters;
    }
}
