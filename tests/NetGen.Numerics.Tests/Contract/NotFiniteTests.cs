using static NetGen.Numerics.Tests.Contract.ContractNetworks;

namespace NetGen.Numerics.Tests.Contract;

/// <summary>A step whose loss or gradient is not finite changes nothing, and is reported.</summary>
public sealed class NotFiniteTests
{
    private const float Rate = 0.01f;

    // 2-1, y = w·x + b; its vectors and the form without; each optimizer; and a network whose last layer comes after others.
    private static readonly CompiledNetworks Networks = new("NotFinite",
    [
        .. from optimizer in Enum.GetNames<Optimizer>()
           from simd in (Simd[])[NetworkSpec.FewVectors, Simd.None]
           from net in (NetworkSpec[])
           [
               new($"Line{optimizer}{simd}", 2, [new LayerSpec(1)], "MeanAbsoluteError", optimizer, Simd: simd),
               new($"Deep{optimizer}{simd}", 2, [new LayerSpec(5), new LayerSpec(18), new LayerSpec(1)], "MeanAbsoluteError", optimizer, Simd: simd),
           ]
           select net,
        new("Wide", 240, [new LayerSpec(96), new LayerSpec(1)], "MeanAbsoluteError", "Adam", Simd: NetworkSpec.FewVectors),
    ]);

    public static TheoryData<string, Simd> All => new(from optimizer in Optimizers from simd in (Simd[])[NetworkSpec.FewVectors, Simd.None] select (optimizer, simd));

    private static bool Squares(string optimizer) => optimizer is "AdaGrad" or "RmsProp" or "Adam" or "AdamW";

    [Theory]
    [MemberData(nameof(All))]
    public void A_loss_that_is_not_finite_changes_nothing(string optimizer, Simd simd)
    {
        INetwork network = Trained($"Line{optimizer}{simd}", 2);

        // y = 3e38·1 + 3e38·1, and the gradient is x.
        Refused(network, [3e38f, 3e38f, 0], [1, 1], [0], float.IsPositiveInfinity, isGradientBad: false);

        // ∞ − ∞: nothing that was given is NaN, and the loss is.
        Refused(network, [float.PositiveInfinity, float.NegativeInfinity, 0.5f], [2, 2], [1], float.IsNaN, isGradientBad: false);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_gradient_that_is_not_finite_changes_nothing_though_the_loss_is(string optimizer, Simd simd)
    {
        // Back through weights of 1e20 and 1e20 comes 1e40, while y is 0. TrainStep of Sgd changes the last weight before
        // it knows: see StepReach.
        INetwork network = Trained($"Deep{optimizer}{simd}", 2);
        var parameters = new float[network.ParameterCount];
        Array.Fill(parameters, 1e-30f, 0, 10);
        Array.Fill(parameters, 1e20f, 15, 90);
        Array.Fill(parameters, 1e20f, 123, 18);
        Refused(network, parameters, [1e-30f, 0], [1], float.IsNaN, isStep: optimizer != "Sgd");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_gradient_whose_square_is_infinite_changes_nothing_where_squares_are_remembered(string optimizer, Simd simd)
    {
        // The gradient over w is x.
        INetwork network = Trained($"Line{optimizer}{simd}", 2);
        float[] parameters = [1e-10f, 0, 0];
        float[] large = [3e19f, 0];
        if (Squares(optimizer))
        {
            Refused(network, parameters, large, [0], float.IsNaN);
            return;
        }

        network.SetParameters(parameters);
        Assert.Equal(3e9f, network.TrainStep(large, [0], 1e-30f), 3e9f * 1e-6f);
        Assert.NotEqual(parameters, Parameters(network));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Large_gradients_that_are_finite_are_learned_from(string optimizer, Simd simd)
    {
        INetwork network = Trained($"Line{optimizer}{simd}", 2);
        foreach (float x in (float[])[1e10f, 1e18f, 1.5e18f, 1.8e19f])
        {
            float[] parameters = [1e-10f, 0, 0];
            float rate = 1e-11f / x;
            network.ResetOptimizer();
            network.SetParameters(parameters);
            Assert.True(float.IsFinite(network.TrainStep([x, 0], [0], rate)));
            float[] stepped = Parameters(network);
            network.ResetOptimizer();
            network.SetParameters(parameters);
            Assert.True(float.IsFinite(network.TrainBatch([x, 0], [0], rate)));
            Near.Assert($"parameters after {x}", [.. stepped.Select(p => (double)p)], Parameters(network), 1e-6, 0);
        }
    }

    // Of a network with many weights, what gradients are products of is looked at instead of the gradients: each factor counts.
    // The gradient's square is infinite, y is 0 and t is 1.
    [Theory]
    [InlineData(1e20f, 0, 1)]
    [InlineData(1, 1e20f, 0)]
    [InlineData(1, 0, 1e20f)]
    [InlineData(1e20f, 0, 1e20f)]
    public void Every_factor_of_a_gradient_counts(float input, float weight, float next)
    {
        var parameters = new float[Networks.Create("Wide").ParameterCount];
        Array.Fill(parameters, weight, 0, 240);
        Array.Fill(parameters, next, (240 * 96) + 96 + 1, 95);
        var x = new float[240];
        Array.Fill(x, input, 200, 1);
        Refused(Trained("Wide", 240), parameters, x, [1], float.IsNaN);

        // Where none is large, there is a step.
        INetwork network = Trained("Wide", 240);
        Array.Fill(parameters, Math.Min(weight, 1e7f), 0, 240);
        Array.Fill(parameters, Math.Min(next, 1e7f), (240 * 96) + 96 + 1, 95);
        x[200] = Math.Min(input, 1e7f);
        network.SetParameters(parameters);
        Assert.Equal(1, network.TrainBatch(x, [1], Rate));
        Assert.NotEqual(parameters, Parameters(network));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void On_threads_the_same(string optimizer, Simd simd)
    {
        INetwork network = Trained($"Line{optimizer}{simd}", 2);
        INetwork twin = Trained($"Line{optimizer}{simd}", 2);
        float[] parameters = [1e-30f, 0, 0];
        foreach (INetwork each in (INetwork[])[network, twin])
        {
            each.SetParameters(parameters);
        }

        // 300 gradients of 3e38 add up to ∞; their losses are small.
        var inputs = new float[600];
        Array.Fill(inputs, 3e38f);
        Assert.True(float.IsNaN(network.TrainBatch(inputs, new float[300], Rate, 3)));
        Same(twin, network);
    }

    private static INetwork Trained(string name, int inputs)
    {
        INetwork network = Networks.Create(name);
        float[] x = [.. Enumerable.Range(0, 4 * inputs).Select(i => MathF.Sin(i))];
        network.TrainBatch(x, [0.5f, -0.5f, 0.25f, 1], Rate);
        return network;
    }

    private static void Refused(INetwork network, float[] parameters, float[] input, float[] target, Predicate<float> isReported, bool isGradientBad = true, bool isStep = true)
    {
        string name = network.GetType().Name;
        INetwork twin = Trained(name, network.InputCount);
        foreach (INetwork each in (INetwork[])[network, twin])
        {
            each.Initialize(0);
            each.TrainBatch(Input(each, 1, 2), [3], Rate);
            each.SetParameters(parameters);
        }

        // By every way to take a step.
        if (isStep)
        {
            Assert.True(isReported(network.TrainStep(input, target, Rate)), $"TrainStep of {name}");
            Assert.Equal(parameters, Parameters(network));
        }

        Assert.True(isReported(network.TrainBatch(input, target, Rate)), $"TrainBatch of {name}");
        Assert.Equal(parameters, Parameters(network));
        if (isGradientBad)
        {
            Forward(network, input);
            network.Backward(target);
            Assert.Throws<ArithmeticException>(() => network.Step(Rate));
            Assert.Equal(parameters, Parameters(network));
            Assert.All(Gradients(network), g => Assert.Equal(0, g));

            // It was forgotten: there is nothing left to step with.
            network.Step(Rate);
        }

        Same(twin, network);
    }

    // Parameters, and by a step more the optimizer's memory.
    private static void Same(INetwork expected, INetwork actual)
    {
        Assert.Equal(Parameters(expected), Parameters(actual));
        foreach (INetwork each in (INetwork[])[expected, actual])
        {
            each.SetParameters([.. Enumerable.Range(0, each.ParameterCount).Select(i => MathF.Cos(i))]);
            each.TrainBatch(Input(each, 1, 2), [3], Rate);
            each.TrainStep(Input(each, 2, 1), [-3], Rate);
        }

        Assert.All(Parameters(actual), p => Assert.True(float.IsFinite(p)));
        Assert.Equal(Parameters(expected), Parameters(actual));
    }

    private static float[] Input(INetwork network, float first, float second)
    {
        var input = new float[network.InputCount];
        (input[0], input[1]) = (first, second);
        return input;
    }
}
