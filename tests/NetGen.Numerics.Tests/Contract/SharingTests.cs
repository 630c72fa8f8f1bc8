using System.Reflection;
using static NetGen.Numerics.Tests.Contract.ContractNetworks;

namespace NetGen.Numerics.Tests.Contract;

/// <summary>Share gives a second instance over the same parameters, with its own memory for the rest.</summary>
public sealed class SharingTests
{
    [Theory]
    [InlineData(Tiny)]
    [InlineData(Wide)]
    [InlineData(Classifier)]
    public void Parameters_are_shared_both_ways(string name)
    {
        INetwork network = Create(name);
        INetwork shared = network.Share();
        Assert.NotSame(network, shared);
        Assert.Same(network.GetType(), shared.GetType());
        Assert.Equal(Parameters(network), Parameters(shared));

        (float[] inputs, float[] targets) = Samples(network, 3);
        float[] before = Parameters(network);
        network.TrainBatch(inputs, targets, 0.1f);
        Assert.NotEqual(before, Parameters(shared));
        Assert.Equal(Parameters(network), Parameters(shared));

        before = Parameters(shared);
        shared.TrainStep(inputs.AsSpan(0, network.InputCount), targets.AsSpan(0, network.OutputCount), 0.1f);
        Assert.NotEqual(before, Parameters(network));
        Assert.Equal(Parameters(shared), Parameters(network));

        network.Initialize(9);
        Assert.Equal(Parameters(network), Parameters(shared));
    }

    [Theory]
    [InlineData(Tiny)]
    [InlineData(Wide)]
    [InlineData(Classifier)]
    public void Activations_and_gradients_are_not_shared(string name)
    {
        INetwork network = Create(name);
        (float[] inputs, float[] targets) = Samples(network, 2);
        float[] first = inputs[..network.InputCount];
        float[] second = inputs[network.InputCount..];
        float[] target = targets[..network.OutputCount];

        INetwork alone = Create(name);
        Forward(alone, first);
        alone.Backward(target);

        Forward(network, first);
        INetwork shared = network.Share();

        // A new instance has gone nowhere yet, even where the one it came from has.
        Assert.Throws<InvalidOperationException>(() => shared.Backward(target));
        Forward(shared, second);
        shared.Backward(target);
        Assert.All(Gradients(network), g => Assert.Equal(0, g));
        network.Backward(target);
        Assert.Equal(Gradients(alone), Gradients(network));
        Assert.NotEqual(Gradients(network), Gradients(shared));

        network.ClearGradients();
        Assert.Contains(Gradients(shared), g => g != 0);
    }

    [Fact]
    public void Share_keeps_to_the_type_and_needs_no_constructor()
    {
        Type type = Type(Named);
        var network = (INetwork)Activator.CreateInstance(type, "first")!;
        MethodInfo share = ShareOf(type);
        Assert.Same(type, share.ReturnType);
        var shared = (INetwork)share.Invoke(network, null)!;
        Assert.Equal(Parameters(network), Parameters(shared));

        (float[] inputs, float[] targets) = Samples(network, 3);
        shared.TrainBatch(inputs, targets, 0.1f);
        Assert.Equal(Parameters(shared), Parameters(network));
        Assert.IsType(type, shared.Share());
        Assert.IsType(type, ((IPredictor)shared).Share());
    }

    [Theory]
    [InlineData(Tiny)]
    [InlineData(Wide)]
    public void Threads_do_not_disturb_each_other(string name)
    {
        const int Rows = 400;
        INetwork network = Create(name);
        (float[] inputs, float[] targets) = Samples(network, Rows);
        INetwork[] workers = [network, network.Share(), network.Share().Share()];

        // What each should find, worked out one after the other.
        var expected = new List<(float[] Outputs, float[] Gradients)>();
        foreach (INetwork worker in workers)
        {
            expected.Add(Work(worker, expected.Count));
            worker.ClearGradients();
        }

        var found = new (float[] Outputs, float[] Gradients)[workers.Length];
        using var start = new Barrier(workers.Length);
        Thread[] threads = [.. workers.Select((worker, i) => new Thread(() =>
        {
            start.SignalAndWait();
            found[i] = Work(worker, i);
        }))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        for (int i = 0; i < workers.Length; i++)
        {
            Assert.Equal(expected[i].Outputs, found[i].Outputs);
            Assert.Equal(expected[i].Gradients, found[i].Gradients);
        }

        (float[] Outputs, float[] Gradients) Work(INetwork worker, int offset)
        {
            int outputCount = worker.OutputCount;
            var outputs = new float[Rows * outputCount];
            for (int step = 0; step < Rows; step++)
            {
                int row = (step + (offset * 131)) % Rows;
                worker.Forward(inputs.AsSpan(row * worker.InputCount, worker.InputCount), outputs.AsSpan(step * outputCount, outputCount));
                worker.Backward(targets.AsSpan(row * outputCount, outputCount));
            }

            return (outputs, Gradients(worker));
        }
    }
}
