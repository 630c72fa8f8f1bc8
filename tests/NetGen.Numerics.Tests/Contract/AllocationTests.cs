using static NetGen.Numerics.Tests.Contract.ContractNetworks;

namespace NetGen.Numerics.Tests.Contract;

/// <summary>After construction no member allocates, Share apart.</summary>
public sealed class AllocationTests
{
    private const int Rows = 5;

    // Asked of a compiled network, so not when tests are only counted.
    public static TheoryData<string, string, int> Members
    {
        get
        {
            var data = new TheoryData<string, string, int>();
            data.Add(Wide, "classes", 200);
            data.Add(Classifier, "classes", 2_000);
            foreach (string member in Calls(Create(Tiny)).Keys)
            {
                bool isHot = member is "Forward" or "Backward" or "SgdStep" or "TrainStep" or "TrainBatch";
                data.Add(Tiny, member, isHot ? 1_000_000 : 20_000);
                data.Add(Wide, member, 200);
                data.Add(Classifier, member, 2_000);
            }

            foreach (string optimizer in Optimizers)
            {
                data.Add($"By{optimizer}", "Step", 2_000);
                data.Add($"By{optimizer}", "TrainBatch", 2_000);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Members), DisableDiscoveryEnumeration = true)]
    public void Calls_allocate_nothing(string name, string member, int times)
    {
        INetwork network = Create(name);
        Action call = Calls(network)[member];
        Assert.Equal(0, Allocated(call, times));
    }

    [Fact]
    public void An_allocation_would_be_seen()
    {
        var kept = new byte[1][];
        Assert.True(Allocated(() => kept[0] = new byte[1], 1_000) >= 1_000);
    }

    [Theory]
    [InlineData("Forward")]
    [InlineData("ForwardBatch")]
    [InlineData("Evaluate")]
    public void Predictors_allocate_nothing(string member)
    {
        IPredictor network = CreatePredictor(Predictor);
        (float[] inputs, float[] targets) = Samples(network, Rows);
        var outputs = new float[Rows * network.OutputCount];
        Action call = member switch
        {
            "Forward" => () => network.Forward(inputs.AsSpan(0, network.InputCount), outputs.AsSpan(0, network.OutputCount)),
            "ForwardBatch" => () => network.ForwardBatch(inputs, outputs),
            _ => () => network.Evaluate(inputs, targets),
        };
        Assert.Equal(0, Allocated(call, 500));
    }

    private static Dictionary<string, Action> Calls(INetwork network)
    {
        (float[] inputs, float[] targets) = Samples(network, Rows);
        float[] input = inputs[..network.InputCount];
        float[] target = targets[..network.OutputCount];
        int[] classes = new int[Rows];
        float[] weights = [0.5f, 1, 2, 0, 1];
        var output = new float[network.OutputCount];
        var outputs = new float[Rows * network.OutputCount];
        var slope = new float[network.OutputCount];
        slope[0] = 1e-6f;
        var inputGradient = new float[network.InputCount];
        var parameters = new float[network.ParameterCount];
        network.GetParameters(parameters);
        network.Forward(input, output);
        Dictionary<string, Action> calls = new()
        {
            ["Initialize"] = () => network.Initialize(3),
            ["Forward"] = () => network.Forward(input, output),
            ["ForwardBatch"] = () => network.ForwardBatch(inputs, outputs),
            ["Evaluate"] = () => network.Evaluate(inputs, targets),
            ["Backward"] = () =>
            {
                network.Forward(input, output);
                network.Backward(target);
            },
            ["Backward with input gradient"] = () =>
            {
                network.Forward(input, output);
                network.Backward(target, inputGradient);
            },
            ["BackwardFrom"] = () =>
            {
                network.Forward(input, output);
                network.BackwardFrom(slope);
            },
            ["BackwardFrom with input gradient"] = () =>
            {
                network.Forward(input, output);
                network.BackwardFrom(slope, inputGradient);
            },
            ["BackwardFromLogits"] = () =>
            {
                network.Forward(input, output);
                network.BackwardFromLogits(slope, inputGradient);
            },
            ["BackwardBatch"] = () => network.BackwardBatch(inputs, targets),
            ["BackwardFromBatch"] = () => network.BackwardFromBatch(inputs, outputs),
            ["gradients as data"] = () =>
            {
                network.BackwardBatch(inputs, targets);
                network.GetGradientSums(parameters);
                network.AddGradients(parameters, network.GradientSamples);
                network.ScaleGradients(0.5f);
                network.GetGradientNorm();
                network.ClearGradients();
                network.CopyParametersFrom(network, 0.5f);
            },
            ["SgdStep"] = () =>
            {
                network.Forward(input, output);
                network.Backward(target);
                network.SgdStep(1e-3f);
            },
            ["Step"] = () =>
            {
                network.Forward(input, output);
                network.Backward(target);
                network.Step(1e-3f);
            },
            ["TrainStep"] = () => network.TrainStep(input, target, 1e-3f),
            ["TrainBatch"] = () => network.TrainBatch(inputs, targets, 1e-3f),
            ["GetParameters"] = () => network.GetParameters(parameters),
            ["SetParameters"] = () => network.SetParameters(parameters),
            ["GetGradients"] = () => network.GetGradients(parameters),
            ["ClearGradients"] = network.ClearGradients,
            ["weights"] = () =>
            {
                network.Evaluate(inputs, BatchTargets.Of(targets).WithWeights(weights));
                network.BackwardBatch(inputs, BatchTargets.Of(targets).WithWeights(weights));
                network.TrainBatch(inputs, BatchTargets.Of(targets).WithWeights(weights), 1e-3f);
            },
        };
        if (network.OutputCount > 1)
        {
            calls["classes"] = () =>
            {
                network.Forward(input, output);
                network.Backward(0);
                network.Backward(1, inputGradient);
                network.TrainStep(input, 1, 1e-3f);
                network.Evaluate(inputs, classes);
                network.BackwardBatch(inputs, classes);
                network.TrainBatch(inputs, classes, 1e-3f);
                network.TrainBatch(inputs, BatchTargets.OfClasses(classes).WithWeights(weights), 1e-3f);
            };
        }

        return calls;
    }

    /// <summary>
    /// The least of a few measurements. A collection that another thread starts throws away the rest of this thread's
    /// allocation buffer (8 KiB) and counts it as allocated; a call that allocates does so every time.
    /// </summary>
    private static long Allocated(Action call, int times)
    {
        // The first call may run static constructors.
        call();
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 3 && least > 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < times; i++)
            {
                call();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
