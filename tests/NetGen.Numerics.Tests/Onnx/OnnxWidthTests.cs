using NetGen.Generator;
using NetGen.Numerics.Tests.Widths;
using NetGen.Testing;

namespace NetGen.Numerics.Tests.Onnx;

/// <summary>The code for each length of vectors computes of a file what the scalar form does.</summary>
public sealed class OnnxWidthTests
{
    private const double Forward = 2e-5;
    private const double Gradient = 1e-4;
    private const double Floor = 1e-6;

    private static readonly OnnxCase[] Cases =
    [
        .. OnnxTrainingCases.Made,
        .. OnnxTrainingCases.All.Where(c => c.Name is "residual_17" or "tanh_layernorm_17" or "branches_13" or "matrices_15" or "actor_critic_13"),
        .. Enumerable.Range(2009, 12).Select(seed => RandomGraph.Grow(seed, steps: 6 + (seed % 9), isSmooth: true)),
    ];

    private static readonly int[] Widths = [16, 8, 4];

    [Fact]
    public void Every_width_computes_the_same()
    {
        (OnnxCase Case, IReadOnlyList<int> Lanes)[] some = [.. Some(first: 0)];
        var compiled = new WidthNetworks([.. some.Select(c => (Model(c.Case), c.Lanes))]);
        Assert.All(some, c =>
        {
            (OnnxCase @case, IReadOnlyList<int> widths) = c;
            (string What, float[] Values, double Relative)[] expected = [.. Results(@case, compiled.Create(@case.Name, 0))];
            foreach (int lanes in widths)
            {
                foreach (((string what, float[] values, double relative), (_, float[] actual, _)) in expected.Zip(Results(@case, compiled.Create(@case.Name, lanes))))
                {
                    Near.Assert($"{@case} with {lanes} lanes: {what}", Array.ConvertAll(values, v => (double)v), actual, relative, Floor);
                }
            }
        });
    }

    [Fact]
    public void Every_width_computes_the_same_bits_if_asked()
    {
        (OnnxCase Case, IReadOnlyList<int> Lanes)[] some = [.. Some(first: 1)];
        var compiled = new WidthNetworks([.. some.Select(c => (Model(c.Case) with { Determinism = DeterminismMode.CrossPlatform }, c.Lanes))]);
        Assert.All(some, c =>
        {
            (OnnxCase @case, IReadOnlyList<int> widths) = c;
            (string What, float[] Values, double)[] expected = [.. Results(@case, compiled.Create(@case.Name, 0))];
            foreach (int lanes in widths)
            {
                foreach (((string what, float[] values, _), (_, float[] actual, _)) in expected.Zip(Results(@case, compiled.Create(@case.Name, lanes))))
                {
                    WidthTests.AssertBits($"{@case} with {lanes} lanes: {what}", values, actual);
                }
            }
        });
    }

    // All widths of all cases in a full run; by default each of the two tests has a third of the cases, which the other has not, with one width.
    private static IEnumerable<(OnnxCase Case, IReadOnlyList<int> Lanes)> Some(int first) => Cases
        .Select((c, i) => (c, (IReadOnlyList<int>)(TestSet.IsFull ? Widths : [Widths[((i / 3) + first) % Widths.Length]])))
        .Where((_, i) => TestSet.IsFull || i % 3 == first);

    private static IEnumerable<(string What, float[] Values, double Relative)> Results(OnnxCase @case, INetwork network)
    {
        (float[] inputs, float[] targets) = OnnxTrainingTests.Samples(@case, network, 130);
        for (int row = 0; row < 2; row++)
        {
            var output = new Guarded(network.OutputCount);
            network.Forward(inputs.AsSpan(row * network.InputCount, network.InputCount), output.Span);
            yield return ($"y of row {row}", output.Intact(), Forward);
            var inputGradient = new Guarded(network.InputCount);
            yield return ("loss", [network.Backward(targets.AsSpan(row * network.OutputCount, network.OutputCount), inputGradient.Span)], Forward);
            yield return ("input gradient", inputGradient.Intact(), Gradient);
            var gradients = new Guarded(network.ParameterCount);
            network.GetGradients(gradients.Span);
            yield return ("gradients", gradients.Intact(), Gradient);
        }

        var parameters = new float[network.ParameterCount];
        network.GetParameters(parameters);
        foreach (int rows in (int[])[7, 64, 130])
        {
            float[] x = inputs[..(rows * network.InputCount)];
            float[] t = targets[..(rows * network.OutputCount)];
            var outputs = new Guarded(t.Length);
            network.ForwardBatch(x, outputs.Span);
            yield return ($"y of {rows}", outputs.Intact(), Forward);
            yield return ($"Evaluate {rows}", [network.Evaluate(x, t)], Forward);
            network.SetParameters(parameters);
            yield return ($"TrainBatch {rows}", [network.TrainBatch(x, t, 0.1f)], Forward);
            var after = new Guarded(parameters.Length);
            network.GetParameters(after.Span);
            yield return ($"step of {rows}", [.. parameters.Zip(after.Intact(), (b, a) => b - a)], Gradient);
            network.SetParameters(parameters);
        }

        yield return ("TrainStep", [network.TrainStep(inputs.AsSpan(0, network.InputCount), targets.AsSpan(0, network.OutputCount), 0.1f)], Forward);
        var trained = new Guarded(parameters.Length);
        network.GetParameters(trained.Span);
        yield return ("step", [.. parameters.Zip(trained.Intact(), (b, a) => b - a)], Gradient);
    }

    private static NetworkModel Model(OnnxCase @case) => new(
        new TypeModel("", [], new TypeDeclaration("class", @case.Name, [])),
        new OnnxFrontEnd(@case.Name + ".onnx", @case.File.ToEquatableArray(), new OnnxSettings([])),
        "MeanSquaredError",
        "Sgd",
        Training: true,
        UnrollMode.Auto,
        SimdMode.Auto);
}
