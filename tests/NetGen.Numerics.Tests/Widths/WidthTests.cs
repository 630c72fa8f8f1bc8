using NetGen.Generator;
using NetGen.Testing;

namespace NetGen.Numerics.Tests.Widths;

/// <summary>
/// The code for each length of vectors computes what the scalar form does, over shapes with every kind of rest.
/// </summary>
public sealed class WidthTests
{
    // Sums of up to 300 terms in another order, and functions that round differently.
    private const double Forward = 2e-5;
    private const double Gradient = 1e-4;
    private const double Floor = 1e-6;

    private static readonly int[] Widths = [16, 8, 4];

    // Tiles of rows with a rest and without, and more rows than go through a network at once.
    private static readonly int[] Batches = [1, 7, 64, 130];

    private static readonly Dictionary<string, NetworkSpec[]> Groups = new()
    {
        ["narrow"] = [.. new[] { "1-1-1", "1-7-2", "2-4-3", "3-1-7", "5-7-4", "8-4-1", "3-4-5" }.Select(Chain)],
        ["around the lanes"] = [.. new[] { "4-15-16-17", "17-33-9", "16-16-16", "31-32-33", "7-47-65-5", "9-24-40-56-3" }.Select(Chain)],
        ["panels"] = [.. new[] { "5-64-1", "3-65-4", "66-96-2", "10-128-128-2", "20-129-130-7", "300-70-1", "100-260-40", "51-1", "127-3-1" }.Select(Chain)],
        ["activations"] =
        [
            .. Enum.GetNames<Activation>().Chunk(2).Select(pair => Chain("6-20-13-5") with
            {
                Layers = [new LayerSpec(20, pair[0]), new LayerSpec(13, pair[^1], Bias: false), new LayerSpec(5)],
            }),
        ],
        ["losses"] =
        [
            .. from loss in Enum.GetNames<Loss>()
               from sizes in new[] { "6-20-11", "6-5-3" }
               select Chain(sizes) with { Loss = loss } into spec
               select spec with
               {
                   Layers = [spec.Layers[0], spec.Layers[1] with { Activation = OutputFor(spec.Loss) }],
               },
        ],
        ["cut into methods"] = [Chain("7-9-11-13-15-17-19-21-23-25-27") with { Loss = "RootMeanSquaredError" }],
        ["optimizers"] = [.. Enum.GetNames<Optimizer>().Select(o => Chain("6-20-3") with { Optimizer = o })],
    };

    public static TheoryData<string> All => [.. Groups.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_width_computes_the_same(string group)
    {
        (NetworkSpec Spec, IReadOnlyList<int> Lanes)[] networks = [.. Networks(group, first: 0)];
        var compiled = new WidthNetworks(networks);
        foreach ((NetworkSpec network, IReadOnlyList<int> widths) in networks)
        {
            var starts = new List<float[]>();
            Result[] expected = [.. Results(network, compiled.Create(network.Name, 0), starts)];
            foreach (int lanes in widths)
            {
                Result[] actual = [.. Results(network, compiled.Create(network.Name, lanes), starts)];
                Assert.Equal(expected.Length, actual.Length);
                for (int i = 0; i < expected.Length; i++)
                {
                    AssertSame(network, $"{network} with {lanes} lanes: {expected[i].What}", expected[i], actual[i].Values);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_width_computes_the_same_bits_if_asked(string group)
    {
        (NetworkSpec Spec, IReadOnlyList<int> Lanes)[] networks = [.. Networks(group, first: 1)];
        var compiled = new WidthNetworks(networks, DeterminismMode.CrossPlatform);
        foreach ((NetworkSpec network, IReadOnlyList<int> widths) in networks)
        {
            var starts = new List<float[]>();
            Result[] expected = [.. Results(network, compiled.Create(network.Name, 0), starts)];
            foreach (int lanes in widths)
            {
                Result[] actual = [.. Results(network, compiled.Create(network.Name, lanes), starts)];
                Assert.Equal(expected.Length, actual.Length);
                for (int i = 0; i < expected.Length; i++)
                {
                    AssertBits($"{network} with {lanes} lanes: {expected[i].What}", expected[i].Values, actual[i].Values);
                }
            }
        }
    }

    // All widths of all networks in a full run. By default each network has one width, and each of the two ways of computing
    // has a third of them, which the other has not.
    private static IEnumerable<(NetworkSpec Spec, IReadOnlyList<int> Lanes)> Networks(string group, int first) => Groups[group]
        .Select((spec, i) => (Spec: spec with { Name = "Net" + i }, Lanes: (IReadOnlyList<int>)(TestSet.IsFull ? Widths : [Widths[((i / 3) + first) % Widths.Length]])))
        .Where((_, i) => TestSet.IsFull || Groups[group].Length == 1 || i % 3 == first);

    /// <summary>The same bits: also zeros of both signs are told apart.</summary>
    internal static void AssertBits(string what, float[] expected, float[] actual)
    {
        int different = Enumerable.Range(0, expected.Length)
            .FirstOrDefault(i => BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(actual[i]), -1);
        Assert.True(different < 0, different < 0 ? "" : $"{what}[{different}] is {actual[different]:G9}, without vectors {expected[different]:G9}.");
    }

    private static void AssertSame(NetworkSpec spec, string what, Result expected, float[] actual)
    {
        double[] exact = Array.ConvertAll(expected.Values, v => (double)v);
        switch (expected.Kind)
        {
            case Kind.Exact:
                Assert.Equal(expected.Values, actual);
                break;
            case Kind.Forward:
                Near.Assert(what, exact, actual, Forward, Floor);
                break;
            case Kind.Gradient:
                Near.Assert(what, exact, actual, Gradient, Floor);
                break;
            default:
                Near.AssertTensors(what, spec, exact, actual, Gradient, Floor);
                break;
        }
    }

    // All that a network computes of the same numbers. What was trained goes apart: batches start anew from the first run's.
    private static IEnumerable<Result> Results(NetworkSpec spec, INetwork network, List<float[]> starts)
    {
        var random = new Random(7);
        yield return new("first parameters", Parameters(network), Kind.Exact);
        float[] parameters = Draw(random, spec.ParameterCount, -0.6f, 0.6f);
        network.SetParameters(parameters);
        Assert.Equal(parameters, Parameters(network));
        foreach (Result result in Samples(spec, network, random))
        {
            yield return result;
        }

        for (int i = 0; i < Batches.Length; i++)
        {
            if (starts.Count == i)
            {
                starts.Add(Parameters(network));
            }

            network.SetParameters(starts[i]);
            foreach (Result result in Batch(spec, network, random, Batches[i]))
            {
                yield return result with { What = $"{Batches[i]} rows, {result.What}" };
            }
        }
    }

    private static IEnumerable<Result> Samples(NetworkSpec spec, INetwork network, Random random)
    {
        for (int i = 0; i < 3; i++)
        {
            float[] x = Draw(random, spec.Inputs, -1, 1);
            float[] t = Targets(spec, random, 1);
            yield return new("y", Run(network, x), Kind.Forward);
            var inputGradient = new Guarded(spec.Inputs);
            yield return new("loss", [network.Backward(t, inputGradient.Span)], Kind.Forward);
            yield return new("input gradient", inputGradient.Intact(), Kind.Gradient);

            float[] dy = Draw(random, spec.Outputs, -1, 1);
            network.BackwardFrom(dy, inputGradient.Span);
            yield return new("input gradient from output", inputGradient.Intact(), Kind.Gradient);
            yield return new("gradients", Gradients(network), Kind.Tensors);
            network.BackwardFromLogits(dy, inputGradient.Span);
            yield return new("input gradient from logits", inputGradient.Intact(), Kind.Gradient);
            yield return new("gradients with those from logits", Gradients(network), Kind.Tensors);
            yield return new("norm", [network.GetGradientNorm()], Kind.Gradient);
            yield return new("TrainStep", [network.TrainStep(x, t, 0.05f)], Kind.Forward);
            yield return new("after TrainStep", Parameters(network), Kind.Tensors);
            if (i > 0)
            {
                network.SgdStep(0.05f);
                yield return new("after SgdStep", Parameters(network), Kind.Tensors);
            }
        }

        // Steps that divide by the size of a gradient would make much of its rounding error.
        network.ClearGradients();
    }

    private static IEnumerable<Result> Batch(NetworkSpec spec, INetwork network, Random random, int rows)
    {
        float[] x = Draw(random, spec.Inputs * rows, -1, 1);
        float[] t = Targets(spec, random, rows);
        var y = new Guarded(spec.Outputs * rows);
        network.ForwardBatch(x, y.Span);
        yield return new("y", y.Intact(), Kind.Forward);
        yield return new("Evaluate", [network.Evaluate(x, t)], Kind.Forward);
        yield return new("BackwardBatch", [network.BackwardBatch(x, t)], Kind.Forward);
        network.BackwardFromBatch(x, Draw(random, spec.Outputs * rows, -1, 1));
        yield return new("gradients of batches", Gradients(network), Kind.Tensors);
        var sums = new float[spec.ParameterCount];
        network.GetGradientSums(sums);
        network.AddGradients(sums, rows);
        yield return new("gradients with those that were added", Gradients(network), Kind.Tensors);
        yield return new("TrainBatch", [network.TrainBatch(x, t, 1e-3f)], Kind.Forward);
        yield return new("after TrainBatch", Parameters(network), Kind.Tensors);
    }

    private static NetworkSpec Chain(string sizes)
    {
        int[] counts = [.. sizes.Split('-').Select(int.Parse)];
        return new NetworkSpec(
            "Net",
            counts[0],
            [.. counts[1..].Select((units, i) => new LayerSpec(units, i == counts.Length - 2 ? "Linear" : "Tanh"))]);
    }

    private static string OutputFor(string loss) => loss switch
    {
        "BinaryCrossEntropy" => "Sigmoid",
        "CategoricalCrossEntropy" => "Softmax",
        _ => "Linear",
    };

    private static float[] Targets(NetworkSpec spec, Random random, int rows)
    {
        float[] targets = Draw(random, rows * spec.Outputs, 0.1f, 0.9f);
        if (spec.Loss == "CategoricalCrossEntropy")
        {
            for (int row = 0; row < rows; row++)
            {
                Span<float> t = targets.AsSpan(row * spec.Outputs, spec.Outputs);
                t.Clear();
                t[random.Next(t.Length)] = 1;
            }
        }

        return targets;
    }

    private static float[] Run(INetwork network, float[] x)
    {
        var y = new Guarded(network.OutputCount);
        network.Forward(x, y.Span);
        return y.Intact();
    }

    private static float[] Parameters(INetwork network)
    {
        var parameters = new Guarded(network.ParameterCount);
        network.GetParameters(parameters.Span);
        return parameters.Intact();
    }

    private static float[] Gradients(INetwork network)
    {
        var gradients = new Guarded(network.ParameterCount);
        network.GetGradients(gradients.Span);
        return gradients.Intact();
    }

    private static float[] Draw(Random random, int count, float low, float high) =>
        [.. Enumerable.Range(0, count).Select(_ => low + ((high - low) * random.NextSingle()))];

    private enum Kind
    {
        Exact,
        Forward,
        Gradient,

        /// <summary>Parameters or their gradients.</summary>
        Tensors,
    }

    private sealed record Result(string What, float[] Values, Kind Kind);
}
