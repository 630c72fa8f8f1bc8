using NetGen.Generator;
using static NetGen.Numerics.Tests.Contract.ContractNetworks;

namespace NetGen.Numerics.Tests.Contract;

/// <summary>How parameters start: repeatable, and distributed as the catalogue says.</summary>
public sealed class InitializationTests
{
    private const int Inputs = 50;
    private const int Units = 200;
    private const int NextUnits = 30;

    public static TheoryData<string> InitializerNames => new(Enum.GetNames<Initializer>().Except(["Auto"]));

    public static TheoryData<string> ActivationNames => new(ContractNetworks.Activations);

    [Theory]
    [InlineData(Tiny)]
    [InlineData(Wide)]
    [InlineData(Classifier)]
    public void The_same_seed_gives_the_same_bits(string name)
    {
        INetwork network = Create(name);
        float[] fresh = Parameters(network);
        network.Initialize(5);
        float[] five = Parameters(network);
        Assert.NotEqual(fresh, five);

        network.Initialize(ulong.MaxValue);
        Assert.NotEqual(five, Parameters(network));
        network.Initialize(5);
        Assert.Equal(five, Parameters(network));
        network.Initialize(0);
        Assert.Equal(fresh, Parameters(network));
        Assert.Equal(fresh, Parameters(Create(name)));
    }

    public static TheoryData<string> OptimizerNames => new(ContractNetworks.Optimizers.Select(o => "By" + o).Append(Wide));

    [Theory]
    [MemberData(nameof(OptimizerNames))]
    public void ResetOptimizer_forgets_the_optimizers_memory_and_nothing_else(string name)
    {
        INetwork network = Create(name);
        (float[] inputs, float[] targets) = Samples(network, 4);
        for (int step = 0; step < 3; step++)
        {
            network.TrainBatch(inputs, targets, 0.05f);
        }

        Gather(network, inputs, targets);
        float[] parameters = Parameters(network);
        float[] gradients = Gradients(network);
        INetwork fresh = Create(name);
        fresh.SetParameters(parameters);
        Gather(fresh, inputs, targets);

        network.ResetOptimizer();

        Assert.Equal(parameters, Parameters(network));
        Assert.Equal(gradients, Gradients(network));
        for (int step = 0; step < 3; step++)
        {
            network.Step(0.05f);
            fresh.Step(0.05f);
            Assert.Equal(Parameters(fresh), Parameters(network));
            Gather(network, inputs, targets);
            Gather(fresh, inputs, targets);
        }
    }

    [Theory]
    [InlineData("BySgd")]
    [InlineData("ByMomentum")]
    [InlineData("ByNesterov")]
    [InlineData("ByAdaGrad")]
    [InlineData("ByRmsProp")]
    [InlineData("ByAdam")]
    [InlineData("ByAdamW")]
    [InlineData(Wide)]
    public void Initialize_forgets_what_was_learned(string name)
    {
        INetwork network = Create(name);
        (float[] inputs, float[] targets) = Samples(network, 4);
        float[] once = Train();
        Gather(network, inputs, targets);
        network.Initialize(0);
        Assert.All(Gradients(network), g => Assert.Equal(0, g));
        Assert.Equal(once, Train());

        float[] Train()
        {
            for (int step = 0; step < 3; step++)
            {
                network.TrainBatch(inputs, targets, 0.05f);
            }

            return Parameters(network);
        }
    }

    [Theory]
    [MemberData(nameof(InitializerNames))]
    public void Weights_have_the_variance_of_their_initializer(string name)
    {
        InitializerRow row = Initializers.Get(name);
        IPredictor network = CreatePredictor($"Draws{name}");
        foreach (ulong seed in (ulong[])[0, 1, 77])
        {
            network.Initialize(seed);
            float[] p = Parameters(network);
            int second = (Inputs * Units) + Units;
            AssertDistribution(p[..(Inputs * Units)], row.Distribution, row.Variance(Inputs, Units));
            AssertDistribution(p[second..(second + (Units * NextUnits))], row.Distribution, row.Variance(Units, NextUnits));
            Assert.All(p[(Inputs * Units)..second], b => Assert.Equal(0, b));
            Assert.All(p[^NextUnits..], b => Assert.Equal(0, b));
        }
    }

    [Theory]
    [MemberData(nameof(ActivationNames))]
    public void Auto_is_the_initializer_of_the_activation(string name)
    {
        InitializerRow row = Initializers.Get(Generator.Activations.Get(name).Initializer);
        float[] p = Parameters(CreatePredictor($"Starts{name}"));
        AssertDistribution(p[..(Inputs * Units)], row.Distribution, row.Variance(Inputs, Units));
    }

    [Fact]
    public void Layers_and_rows_draw_different_numbers()
    {
        float[] p = Parameters(CreatePredictor("DrawsHeNormal"));
        float[] weights = p[..(Inputs * Units)];
        float[] next = p[((Inputs * Units) + Units)..^NextUnits];

        // 10,000 draws of a continuous distribution in float repeat now and then, not often.
        Assert.True(weights.Distinct().Count() > weights.Length * 0.99);
        double scale = next[0] / weights[0];
        Assert.Contains(Enumerable.Range(1, 100), i => Math.Abs((next[i] / weights[i]) - scale) > 1e-3);

        double correlation = 0;
        for (int i = 0; i + Inputs < weights.Length; i++)
        {
            correlation += weights[i] * weights[i + Inputs];
        }

        Assert.True(Math.Abs(correlation / weights.Sum(w => (double)w * w)) < 0.05);
    }

    private static void AssertDistribution(float[] weights, Distribution distribution, double variance)
    {
        if (distribution == Distribution.Zero)
        {
            Assert.All(weights, w => Assert.Equal(0, w));
            return;
        }

        // Standard errors: of the mean √(v/n), of the variance v·√((k - 1)/n) with k = 3 (normal) or 1.8 (uniform),
        // of the kurtosis √(24/n) at most. Five of them, for seeds that are fixed.
        double n = weights.Length;
        double mean = weights.Average(w => (double)w);
        double square = weights.Average(w => (w - mean) * (w - mean));
        double kurtosis = weights.Average(w => Math.Pow(w - mean, 4)) / (square * square);
        bool isNormal = distribution == Distribution.Normal;
        Assert.True(Math.Abs(mean) < 5 * Math.Sqrt(variance / n), $"mean {mean}");
        Assert.True(Math.Abs((square / variance) - 1) < 5 * Math.Sqrt((isNormal ? 2 : 0.8) / n), $"variance {square}, not {variance}");
        Assert.True(Math.Abs(kurtosis - (isNormal ? 3 : 1.8)) < 5 * Math.Sqrt(24 / n), $"kurtosis {kurtosis}");
        if (!isNormal)
        {
            Assert.All(weights, w => Assert.True(Math.Abs(w) <= Math.Sqrt(3 * variance) * (1 + 1e-6)));
        }
    }
}
