using System.Reflection;
using System.Runtime.CompilerServices;
using NetGen.Testing;

namespace NetGen.Numerics.Tests.Contract;

/// <summary>TrainBatch on several threads: the same bits whatever their number, nothing allocated, nothing left behind.</summary>
public sealed class ParallelTests
{
    private const string Digits = nameof(Digits);
    private const string Small = nameof(Small);
    private const string Classifier = nameof(Classifier);
    private const string Scalar = "Scalar";

    private static readonly CompiledNetworks Compiled = new("Parallel", [.. Specs(), .. Specs().Select(Without)]);

    public static TheoryData<string> Networks => [.. Specs().Select(n => n.Name), .. Specs().Select(n => Scalar + n.Name)];

    public static TheoryData<string> Activations =>
        [.. from name in ContractNetworks.Activations from prefix in new[] { "Narrow", "Broad" } select prefix + name, .. ContractNetworks.ThatStart.Select(name => "Starts" + name)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_bits_do_not_depend_on_the_degree(string name)
    {
        int[] sizes = name == Scalar + Digits ? [65, 200] : [1, 63, 64, 65, 200, 256, 1000];
        INetwork alone = Compiled.Create(name);
        INetwork[] others = [.. Enumerable.Range(0, 4).Select(_ => Compiled.Create(name))];
        int[] degrees = [1, 2, 3, 7];
        foreach (int rows in sizes)
        {
            (float[] inputs, float[] targets) = ContractNetworks.Samples(alone, rows, seed: rows);
            for (int step = 0; step < 2; step++)
            {
                float loss = alone.TrainBatch(inputs, targets, 0.01f);
                float[] parameters = ContractNetworks.Parameters(alone);
                Assert.All(parameters, p => Assert.True(float.IsFinite(p)));
                for (int i = 0; i < degrees.Length; i++)
                {
                    Assert.Equal(loss, others[i].TrainBatch(inputs, targets, 0.01f, degrees[i]));
                    AssertSameBits($"{rows} rows, degree {degrees[i]}", parameters, ContractNetworks.Parameters(others[i]));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Nor_do_those_of_any_activation(string name)
    {
        INetwork alone = ContractNetworks.Create(name);
        INetwork shared = ContractNetworks.Create(name);
        (float[] inputs, float[] targets) = ContractNetworks.Samples(alone, 300);
        Assert.Equal(alone.TrainBatch(inputs, targets, 0.01f), shared.TrainBatch(inputs, targets, 0.01f, 3));
        AssertSameBits(name, ContractNetworks.Parameters(alone), ContractNetworks.Parameters(shared));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(65)]
    [InlineData(200)]
    public void A_batch_is_the_mean_over_its_rows(int rows)
    {
        foreach (string name in (string[])[Small, Scalar + Small])
        {
            INetwork network = Compiled.Create(name);
            (float[] inputs, float[] targets) = ContractNetworks.Samples(network, rows);
            float expected = network.Evaluate(inputs, targets);
            INetwork rowByRow = Compiled.Create(name);
            ContractNetworks.Gather(rowByRow, inputs, targets);
            rowByRow.Step(0.5f);

            Assert.Equal(expected, network.TrainBatch(inputs, targets, 0.5f, 3), 1e-5f);
            float[] after = ContractNetworks.Parameters(network);
            Assert.All(ContractNetworks.Parameters(rowByRow), (p, i) => Assert.Equal(p, after[i], 1e-5f));
            Assert.All(ContractNetworks.Gradients(network), g => Assert.Equal(0, g));
        }
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Scalar + Small)]
    [InlineData(Classifier)]
    public void Nothing_is_allocated_after_the_first_call(string name)
    {
        INetwork network = Compiled.Create(name);
        (float[] inputs, float[] targets) = ContractNetworks.Samples(network, 300);
        network.TrainBatch(inputs, targets, 0.001f, 3);
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 3 && least > 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 200; i++)
            {
                // Fewer threads and fewer rows than before are no reason to allocate, either.
                network.TrainBatch(inputs, targets, 0.001f, 3 - (i % 2));
                network.TrainBatch(inputs.AsSpan(0, 65 * network.InputCount), targets.AsSpan(0, 65 * network.OutputCount), 0.001f, 3);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Theory]
    [InlineData(1, 1000, 0)]
    [InlineData(2, 10, 0)]
    [InlineData(2, 1000, 1)]
    [InlineData(3, 1000, 2)]
    public void No_thread_is_started_unless_asked_for_and_needed(int degree, int rows, int threads)
    {
        INetwork network = Compiled.Create(Small);
        (float[] inputs, float[] targets) = ContractNetworks.Samples(network, rows);
        network.TrainBatch(inputs, targets, 0.001f, degree);
        Assert.Equal(threads, Threads(network).Length);
        Assert.Empty(Threads(network.Share()));
    }

    [Fact]
    public void More_threads_than_can_be_used_are_not_started()
    {
        INetwork network = Compiled.Create(Small);
        (float[] inputs, float[] targets) = ContractNetworks.Samples(network, 130);
        network.TrainBatch(inputs, targets, 0.001f, int.MaxValue);
        Assert.Equal(Math.Max(3, Environment.ProcessorCount) - 1, Threads(network).Length);
    }

    [Fact]
    public void Shared_instances_have_threads_of_their_own()
    {
        // At a rate of zero they do not change what the others read.
        INetwork network = Compiled.Create(Classifier);
        INetwork[] shared = [network, network.Share(), network.Share()];
        Exception?[] errors = new Exception?[shared.Length];
        Thread[] threads = [.. shared.Select((each, i) => new Thread(() => errors[i] = Record.Exception(() =>
        {
            (float[] inputs, float[] targets) = ContractNetworks.Samples(each, 200, seed: i);
            float expected = each.TrainBatch(inputs, targets, 0);
            for (int step = 0; step < 300; step++)
            {
                Assert.Equal(expected, each.TrainBatch(inputs, targets, 0, 2));
            }
        })))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        Assert.All(errors, Assert.Null);
    }

    [Fact]
    public async Task Thousands_of_small_batches_come_to_an_end()
    {
        int batches = TestSet.Choose(byDefault: 1_000, full: 5_000, exhaustive: 50_000);
        INetwork network = Compiled.Create(Small);
        INetwork alone = Compiled.Create(Small);
        (float[] inputs, float[] targets) = ContractNetworks.Samples(network, 256);
        await Task.Factory.StartNew(
            () =>
            {
                for (int i = 0; i < batches; i++)
                {
                    int rows = 65 + (i % 190);
                    ReadOnlySpan<float> x = inputs.AsSpan(0, rows * network.InputCount);
                    ReadOnlySpan<float> t = targets.AsSpan(0, rows * network.OutputCount);
                    Assert.Equal(alone.TrainBatch(x, t, 0.001f), network.TrainBatch(x, t, 0.001f, 4));
                }
            },
            TaskCreationOptions.LongRunning).WaitAsync(TimeSpan.FromMinutes(10), TestContext.Current.CancellationToken);
        AssertSameBits("after all", ContractNetworks.Parameters(alone), ContractNetworks.Parameters(network));
    }

    [Fact]
    public void Trainer_gives_the_same_whatever_its_degree()
    {
        INetwork[] networks = [Compiled.Create(Classifier), Compiled.Create(Classifier)];
        (float[] inputs, float[] targets) = ContractNetworks.Samples(networks[0], 500);
        TrainingResult[] results = [.. networks.Select((network, i) => new Trainer(network)
        {
            Epochs = 5,
            BatchSize = 150,
            ValidationFraction = 0.2f,
            DegreeOfParallelism = 1 + i,
        }.Train(inputs, targets))];

        Assert.Equal(results[0].History.Select(e => (e.TrainingLoss, e.ValidationLoss)), results[1].History.Select(e => (e.TrainingLoss, e.ValidationLoss)));
        AssertSameBits("trained", ContractNetworks.Parameters(networks[0]), ContractNetworks.Parameters(networks[1]));
        Assert.Empty(Threads(networks[0]));
        Assert.Single(Threads(networks[1]));
    }

    [Fact]
    public void Threads_end_when_they_are_released_and_start_anew()
    {
        INetwork network = Compiled.Create(Small);
        INetwork alone = Compiled.Create(Small);
        (float[] inputs, float[] targets) = ContractNetworks.Samples(network, 300);
        network.ReleaseThreads();
        for (int time = 0; time < 3; time++)
        {
            Assert.Equal(alone.TrainBatch(inputs, targets, 0.001f), network.TrainBatch(inputs, targets, 0.001f, 3));
            Thread[] threads = Threads(network);
            Assert.Equal(2, threads.Length);
            network.ReleaseThreads();
            Assert.All(threads, t => Assert.True(t.Join(TimeSpan.FromSeconds(30))));
            Assert.Empty(Threads(network));
        }

        AssertSameBits("after all", ContractNetworks.Parameters(alone), ContractNetworks.Parameters(network));
    }

    [Fact]
    public void A_network_that_nobody_needs_leaves_no_thread_behind()
    {
        (WeakReference network, Thread[] threads) = Abandon();
        Assert.Equal(2, threads.Length);
        for (int attempt = 0; attempt < 100 && threads.Any(t => t.IsAlive); attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(10);
        }

        Assert.False(network.IsAlive);
        Assert.DoesNotContain(threads, t => t.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static (WeakReference, Thread[]) Abandon()
        {
            INetwork network = Compiled.Create(Small);
            (float[] inputs, float[] targets) = ContractNetworks.Samples(network, 300);
            network.TrainBatch(inputs, targets, 0.001f, 3);
            return (new WeakReference(network), Threads(network));
        }
    }

    private static Thread[] Threads(INetwork network)
    {
        const BindingFlags Hidden = BindingFlags.NonPublic | BindingFlags.Instance;
        object? team = network.GetType().GetField("_team", Hidden)!.GetValue(network);
        return team is null
            ? []
            : [.. (IEnumerable<Thread>)typeof(CompilerServices.TileTeam).GetProperty("Threads", Hidden)!.GetValue(team)!];
    }

    private static void AssertSameBits(string what, float[] expected, float[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            if (BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(actual[i]))
            {
                Assert.Fail($"{what}: parameter {i} is {actual[i]:R}, expected {expected[i]:R}.");
            }
        }
    }

    private static NetworkSpec Without(NetworkSpec spec) => spec with { Name = Scalar + spec.Name, Simd = Simd.None };

    private static IEnumerable<NetworkSpec> Specs()
    {
        yield return new(Small, 3, [new(6, "Tanh"), new(2)], Simd: NetworkSpec.FewVectors);
        yield return new(Digits, 784, [new(128, "Tanh"), new(10)]);
        yield return new(Classifier, 20, [new(37, "Relu"), new(18, "Gelu", Bias: false), new(5, "Softmax")], "CategoricalCrossEntropy", "Adam", Simd: NetworkSpec.FewVectors);
        yield return new("Width256", 20, [new(37, "Relu"), new(5)], Simd: Simd.Vector256, Optimizer: "Momentum");
        yield return new("Width128", 20, [new(37, "Relu"), new(5)], Simd: Simd.Vector128, Loss: "Huber");
        yield return new("One", 1, [new(1)], Simd: NetworkSpec.FewVectors);
    }
}
