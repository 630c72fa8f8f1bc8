using System.Diagnostics;
using NetGen.Generator;
using NetGen.Testing;

namespace NetGen.Numerics.Tests.Onnx;

/// <summary>Models of every operator that ask for what makes no sense: they become a graph or are refused, soon, and nothing else.</summary>
public class OnnxImportFuzzTests
{
    // Small models take less than a millisecond and 100 kB; what a shape may ask for is bounded, and no more than this.
    private const long MostBytes = 500_000_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public void Mutated_models_are_imported_or_refused()
    {
        int mutations = TestSet.Choose(byDefault: 1_000, full: 5_000, exhaustive: 100_000);
        OnnxModel[] seeds = [.. OperatorCases.All.Concat(OperatorCases.Choices).Select(c => OnnxModel.Read(c.File))];
        int refused = 0;
        for (int seed = 0; seed < mutations; seed++)
        {
            var random = new Random(seed);
            OnnxModel model = new OnnxModelMutation(random).Of(seeds[random.Next(seeds.Length)], seeds[random.Next(seeds.Length)]);
            var clock = Stopwatch.StartNew();
            long before = GC.GetAllocatedBytesForCurrentThread();
            Exception? thrown = Record.Exception(() => OnnxImporter.Import(model, [], Losses.All[1]));
            Assert.True(thrown is null or OnnxException, $"Mutation {seed}: {thrown}");
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
            Assert.True(clock.Elapsed < Patience, $"Mutation {seed} took {clock.Elapsed}");
            refused += thrown is null ? 0 : 1;
        }

        // Too gentle or too harsh a fuzzer would exercise one side alone.
        Assert.InRange(refused, mutations / 4, mutations * 3 / 4);
    }
}
