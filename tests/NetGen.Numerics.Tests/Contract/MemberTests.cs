using System.Reflection;
using static NetGen.Numerics.Tests.Contract.ContractNetworks;

namespace NetGen.Numerics.Tests.Contract;

/// <summary>The shape of what is generated, parameters in and out, and batches of any size.</summary>
public sealed class MemberTests
{
    public static TheoryData<string> Names => new(Trained);

    [Theory]
    [InlineData(Tiny, 2, 1, 33)]
    [InlineData(Wide, 40, 10, 3325)]
    [InlineData(Root, 3, 3, 9)]
    [InlineData(Predictor, 40, 10, 3325)]
    public void Counts_are_constants_and_properties(string name, int inputs, int outputs, int parameters)
    {
        IPredictor network = CreatePredictor(name);
        Assert.Equal((inputs, outputs, parameters), (network.InputCount, network.OutputCount, network.ParameterCount));
        foreach ((string constant, int value) in (ReadOnlySpan<(string, int)>)
            [("InputCount", inputs), ("OutputCount", outputs), ("ParameterCount", parameters)])
        {
            FieldInfo field = Type(name).GetField(constant)!;
            Assert.True(field.IsLiteral && field.IsPublic, constant);
            Assert.Equal(value, field.GetRawConstantValue());
        }
    }

    [Fact]
    public void A_network_that_only_predicts_has_no_member_that_trains()
    {
        Type type = Type(Predictor);
        Assert.True(typeof(IPredictor).IsAssignableFrom(type));
        Assert.False(typeof(INetwork).IsAssignableFrom(type));
        string[] trains = [.. typeof(INetwork).GetMethods().Select(m => m.Name).Except(typeof(IPredictor).GetMethods().Select(m => m.Name))];
        Assert.NotEmpty(trains);
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        Assert.Empty(type.GetMethods(All).Select(m => m.Name).Intersect(trains));
        Assert.Same(type, ShareOf(type).ReturnType);
    }

    [Fact]
    public void A_network_that_only_predicts_holds_no_memory_to_train()
    {
        // Adam keeps two numbers and a gradient for each parameter.
        CreatePredictor(Predictor);
        Create(Wide);
        long before = GC.GetAllocatedBytesForCurrentThread();
        IPredictor predictor = CreatePredictor(Predictor);
        long predicts = GC.GetAllocatedBytesForCurrentThread() - before;
        before = GC.GetAllocatedBytesForCurrentThread();
        Create(Wide);
        long trains = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(predicts < trains / 2, $"{predicts} bytes to predict, {trains} to train");
        Assert.True(trains - predicts >= 3 * sizeof(float) * predictor.ParameterCount);
    }

    [Fact]
    public void A_network_that_only_predicts_computes_the_same()
    {
        INetwork trained = Create(Wide);
        IPredictor network = CreatePredictor(Predictor);
        (float[] inputs, float[] targets) = Samples(trained, 9);
        Assert.Equal(Parameters(trained), Parameters(network));
        trained.TrainBatch(inputs, targets, 0.05f);
        network.SetParameters(Parameters(trained));
        IPredictor shared = network.Share();
        Assert.Equal(Parameters(trained), Parameters(shared));
        Assert.Equal(trained.Evaluate(inputs, targets), network.Evaluate(inputs, targets));
        float[] input = inputs[..network.InputCount];
        Assert.Equal(Forward(trained, input), Forward(network, input));
        Assert.Equal(Forward(trained, input), Forward(shared, input));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameters_come_back_as_they_went_in(string name)
    {
        INetwork network = Create(name);
        float[] numbers = [.. Enumerable.Range(1, network.ParameterCount).Select(i => i / 7f * (i % 2 == 0 ? 1 : -1))];
        network.SetParameters(numbers);
        Assert.Equal(numbers, Parameters(network));
    }

    [Fact]
    public void Parameters_stand_in_logical_order()
    {
        // Weight [out, in] row-major, then bias.
        INetwork network = Create(Linear);
        network.SetParameters([1, 2, 3, 10, 20, 30, 0.25f, 0.5f]);
        Assert.Equal([321.25f, 3210.5f], Forward(network, [1, 10, 100]));

        // Gradients the same: mean squared error 2·(y - t)/2 over two outputs.
        network.Backward([320.25f, 3208.5f]);
        Assert.Equal([1, 10, 100, 2, 20, 200, 1, 2], Gradients(network));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_batches_of_any_size_are_single_ones(string name)
    {
        const int Most = 70;
        const float Guard = 12345;
        INetwork network = Create(name);
        (float[] inputs, _) = Samples(network, Most);
        int count = network.OutputCount;
        double[] expected = [.. Enumerable.Range(0, Most)
            .SelectMany(row => Forward(network, inputs.AsSpan(row * network.InputCount, network.InputCount)))
            .Select(y => (double)y)];
        for (int n = 0; n <= Most; n++)
        {
            var memory = new float[(n * count) + 64];
            Array.Fill(memory, Guard);
            network.ForwardBatch(inputs.AsSpan(0, n * network.InputCount), memory.AsSpan(32, n * count));
            Near.Assert($"outputs of {n}", expected[..(n * count)], memory.AsSpan(32, n * count), 2e-6, 0);
            Assert.All(memory[..32], g => Assert.Equal(Guard, g));
            Assert.All(memory[(32 + (n * count))..], g => Assert.Equal(Guard, g));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ForwardBatch_and_Evaluate_leave_the_last_Forward_alone(string name)
    {
        // They change nothing, so Backward goes back through what Forward computed.
        INetwork network = Create(name);
        INetwork twin = Create(name);
        (float[] inputs, float[] targets) = Samples(network, 4);
        float[] input = inputs[..network.InputCount];
        float[] target = targets[..network.OutputCount];
        Forward(network, input);
        Forward(twin, input);
        network.Evaluate(inputs, targets);
        network.ForwardBatch(inputs, new float[4 * network.OutputCount]);
        Assert.Equal(twin.Backward(target), network.Backward(target));
        Assert.Equal(Gradients(twin), Gradients(network));
    }
}
