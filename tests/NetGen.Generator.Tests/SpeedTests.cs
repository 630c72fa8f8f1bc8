using System.Diagnostics;

namespace NetGen.Generator.Tests;

[CollectionDefinition("Speed", DisableParallelization = true)]
public sealed class SpeedCollection;

/// <summary>
/// The generator runs at every change of a network while its user types. What is timed is a network never seen before,
/// in a process whose generator ran before, as in an editor.
/// </summary>
[Collection("Speed")]
public class SpeedTests
{
    private const double Limit = 20;
    private const int Networks = 11;
    private const int Tries = 3;

    [Fact]
    public void A_new_wide_network_takes_less_than_20_milliseconds() =>
        AssertFast(i => Models.Of($"{784 - i}-256-128-10", "Relu", "Softmax", "CategoricalCrossEntropy"));

    [Fact]
    public void A_new_small_network_takes_less_than_20_milliseconds() =>
        AssertFast(i => Models.Of($"2-{i + 3}-1", "Tanh", "Sigmoid", "BinaryCrossEntropy"));

    // With vectors time depends on the tier and on the heap of the process; it follows the bytes, which do not. The
    // benchmarks' "generator" has the milliseconds.
    [Theory]
    [InlineData("784-256-128-10", 22)]
    [InlineData("2-8-1", 8)]
    public void Vectors_of_all_lengths_take_megabytes(string sizes, int limit)
    {
        NetworkModel model = Models.Of(sizes);
        Models.Compile(model, Models.ConsumerWithVectors);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Models.Compile(model, Models.ConsumerWithVectors);
        double megabytes = (GC.GetAllocatedBytesForCurrentThread() - before) / 1048576d;

        TestContext.Current.TestOutputHelper?.WriteLine($"{megabytes:F1} MB");
        Assert.True(megabytes < limit, $"{megabytes:F1} MB");
    }

    // The median of different networks, and again where the machine was busy.
    private static void AssertFast(Func<int, NetworkModel> network)
    {
        Compile(network(Networks * Tries));
        double median = double.PositiveInfinity;
        for (int attempt = 0; attempt < Tries && median >= Limit; attempt++)
        {
            double[] times = [.. Enumerable.Range(attempt * Networks, Networks).Select(i => Compile(network(i)))];
            Array.Sort(times);
            median = times[Networks / 2];
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{median:F1} ms");
        Assert.True(median < Limit, $"{median:F1} ms");
    }

    private static double Compile(NetworkModel model)
    {
        var watch = Stopwatch.StartNew();
        Assert.NotEmpty(NetworkCompiler.Compile(model, Models.Consumer));
        return watch.Elapsed.TotalMilliseconds;
    }
}
