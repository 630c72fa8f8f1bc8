using static NetGen.Numerics.Tests.Contract.ContractNetworks;

namespace NetGen.Numerics.Tests.Contract;

/// <summary>Backward goes back through the last Forward while the parameters are those of that Forward.</summary>
public sealed class StaleForwardTests
{
    private static readonly Dictionary<string, Action<INetwork>> Changes = new()
    {
        ["SetParameters"] = n => n.SetParameters(Parameters(n)),
        ["Initialize"] = n => n.Initialize(1),
        ["Load"] = Reload,
        ["Step"] = n => Learn(n, n.Step),
        ["SgdStep"] = n => Learn(n, n.SgdStep),
        ["TrainStep"] = n => n.TrainStep(new float[n.InputCount], new float[n.OutputCount], 0.01f),
        ["TrainBatch"] = n => n.TrainBatch(new float[n.InputCount], new float[n.OutputCount], 0.01f),
        ["TrainBatch on threads"] = n => n.TrainBatch(new float[200 * n.InputCount], new float[200 * n.OutputCount], 0.01f, 2),
    };

    public static TheoryData<string, string> All => new(from name in (string[])[Tiny, Wide, Classifier] from change in Changes.Keys select (name, change));

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_goes_back_through_other_weights(string name, string change)
    {
        foreach (bool isShared in (bool[])[false, true])
        {
            INetwork network = Create(name);
            INetwork changed = isShared ? network.Share() : network;
            (float[] inputs, float[] targets) = Samples(network, 1);
            Gather(network, inputs, targets);
            Changes[change](changed);
            float[] gathered = Gradients(network);

            Action[] calls =
            [
                () => network.Backward(targets),
                () => network.Backward(targets, new float[inputs.Length]),
                () => network.BackwardFrom(targets),
                () => network.BackwardFrom(targets, new float[inputs.Length]),
            ];
            Assert.All(calls, call => Assert.Contains("changed since the last Forward", Assert.Throws<InvalidOperationException>(call).Message));
            Assert.Equal(gathered, Gradients(network));

            Gather(network, inputs, targets);
        }
    }

    [Theory]
    [InlineData(Tiny)]
    [InlineData(Wide)]
    [InlineData(Classifier)]
    public void What_changes_no_parameter_leaves_it_as_often_as_is_wanted(string name)
    {
        INetwork network = Create(name);
        (float[] inputs, float[] targets) = Samples(network, 1);
        Forward(network, inputs);
        network.Backward(targets);
        float[] once = Gradients(network);
        network.ForwardBatch(inputs, new float[targets.Length]);
        network.Evaluate(inputs, targets);
        network.ResetOptimizer();
        network.ClearGradients();
        network.Share().Forward(inputs, new float[targets.Length]);
        network.Backward(targets);
        network.Backward(targets);
        network.BackwardFrom(new float[targets.Length]);
        Near.Assert("gradients", [.. once.Select(g => g * 2 / 3.0)], Gradients(network), 1e-6, 1e-8);
    }

    private static void Learn(INetwork network, Action<float> step)
    {
        (float[] inputs, float[] targets) = Samples(network, 1);
        Gather(network, inputs, targets);
        step(0.01f);
    }

    private static void Reload(INetwork network)
    {
        using var file = new MemoryStream();
        network.Save(file);
        file.Position = 0;
        network.Load(file);
    }
}
