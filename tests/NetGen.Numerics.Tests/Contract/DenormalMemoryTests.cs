using System.Reflection;
using static NetGen.Numerics.Tests.Contract.ContractNetworks;

namespace NetGen.Numerics.Tests.Contract;

/// <summary>
/// What optimizers remember never becomes denormal, which would make each later step several times as slow: gradients that
/// stay 0 are forgotten in the end.
/// </summary>
public sealed class DenormalMemoryTests
{
    public static TheoryData<string> All => new(Optimizers);

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_remembered_is_denormal(string optimizer)
    {
        INetwork network = Create($"By{optimizer}");
        (float[] inputs, float[] targets) = Samples(network, 4);
        network.TrainBatch(inputs, targets, 1e-3f);
        float[][] memory =
        [
            .. network.GetType().GetFields(BindingFlags.NonPublic | BindingFlags.Instance)
                .Where(f => f.Name.StartsWith("_optimizer", StringComparison.Ordinal) && f.FieldType == typeof(float[]))
                .Select(f => (float[])f.GetValue(network)!),
        ];
        Assert.Equal(optimizer != "Sgd", memory.Any(slot => slot.Any(float.IsNormal)));

        // Squares of such gradients are denormal at once; means of those before become it after some 900 steps.
        Array.Clear(inputs);
        inputs[0] = 1e-18f;
        for (int step = 0; step < 1_500; step++)
        {
            network.TrainBatch(inputs, targets, 0);
            inputs[0] = 0;
            Assert.All(memory, slot => Assert.DoesNotContain(slot, float.IsSubnormal));
        }
    }
}
