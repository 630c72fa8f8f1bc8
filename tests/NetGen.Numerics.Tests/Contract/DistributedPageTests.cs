using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using NetGen.Testing;

namespace NetGen.Numerics.Tests.Contract;

/// <summary>The code of docs/distributed.md, compiled as it stands there, with tasks and threads in place of machines.</summary>
public sealed partial class DistributedPageTests
{
    private const int Workers = 3;
    private const int Steps = 5;
    private const float Rate = 0.01f;

    private static readonly Lazy<Assembly> Page = new(() => NetworkAssembly.Compile(string.Join('\n', Fence().Matches(File.ReadAllText(RepositoryFile("docs/distributed.md"))).Select(m => m.Groups[1].Value))));

    private static readonly (float[][] Inputs, float[][] Targets) Shares = Draw();

    [Fact]
    public async Task A_coordinator_trains_as_one_machine_does()
    {
        dynamic coordinator = New("Coordinator");
        Array workers = Array.CreateInstance(Page.Value.GetType("Worker")!, Workers);
        for (int i = 0; i < Workers; i++)
        {
            workers.SetValue((object)New("Worker"), i);
        }

        MethodInfo step = Page.Value.GetType("Cluster")!.GetMethod("StepAsync")!;
        for (int i = 0; i < Steps; i++)
        {
            await (Task)step.Invoke(null, [coordinator, workers, Shares.Inputs, Shares.Targets, Rate])!;
        }

        AssertTrained((float[])coordinator.Parameters());
    }

    [Fact]
    public async Task Ranks_that_add_up_train_as_one_machine_does()
    {
        float[][] given = new float[Workers][];
        using var barrier = new Barrier(Workers);
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(rank => Task.Factory.StartNew(
            () =>
            {
                dynamic replica = New("Rank");
                for (int i = 0; i < Steps; i++)
                {
                    replica.Step(Shares.Inputs[rank], Shares.Targets[rank], (Func<float[], float[]>)AddOverAll, Rate);
                }

                AssertTrained(Parameters((INetwork)replica.Network));

                float[] AddOverAll(float[] own)
                {
                    given[rank] = [.. own];
                    barrier.SignalAndWait();
                    float[] sum = [.. own.Select((_, i) => given.Sum(g => g[i]))];
                    barrier.SignalAndWait();
                    return sum;
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
    }

    private static void AssertTrained(float[] parameters)
    {
        var one = (INetwork)New("Policy");
        for (int i = 0; i < Steps; i++)
        {
            one.TrainBatch(Shares.Inputs.SelectMany(x => x).ToArray(), Shares.Targets.SelectMany(t => t).ToArray(), Rate);
        }

        Near.Assert("parameters", Array.ConvertAll(Parameters(one), p => (double)p), parameters, 1e-4, 1e-5);
        Assert.NotEqual(Parameters((INetwork)New("Policy")), parameters);
    }

    // Of different lengths: a mean of means would be another gradient.
    private static (float[][] Inputs, float[][] Targets) Draw()
    {
        var random = new Random(2);
        int[] rows = [5, 70, 1];
        float[] Next(int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
        return ([.. rows.Select(n => Next(4 * n))], [.. rows.Select(n => Next(2 * n))]);
    }

    private static object New(string name) => Activator.CreateInstance(Page.Value.GetType(name, throwOnError: true)!)!;

    private static float[] Parameters(INetwork network)
    {
        var parameters = new float[network.ParameterCount];
        network.GetParameters(parameters);
        return parameters;
    }

    private static string RepositoryFile(string path, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", path);

    [GeneratedRegex("```csharp\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();
}
