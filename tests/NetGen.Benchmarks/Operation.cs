namespace NetGen.Benchmarks;

/// <summary>What is measured. The values are those that native peers know.</summary>
public enum Operation
{
    Forward = 0,
    TrainStep = 1,
    ForwardBatch = 2,
    TrainBatch = 3,
}

/// <summary>The work that operations cost at least.</summary>
public static class OperationCost
{
    public static IReadOnlyList<Operation> All { get; } = Enum.GetValues<Operation>();

    public static bool IsBatch(this Operation operation) => operation is Operation.ForwardBatch or Operation.TrainBatch;

    public static bool Trains(this Operation operation) => operation is Operation.TrainStep or Operation.TrainBatch;

    /// <summary>Floating-point operations of one call: two for each multiply-add, activations not counted.</summary>
    public static double Flops(this Operation operation, NetworkShape shape)
    {
        // Backward: the gradient over the weights, and over the inputs of all layers but the first.
        (int firstInputs, int firstOutputs) = shape.Layers.First();
        long backward = (2 * shape.Weights) - ((long)firstInputs * firstOutputs);
        return 2.0 * (shape.Weights + (operation.Trains() ? backward : 0)) * (operation.IsBatch() ? Problem.Rows : 1);
    }

    /// <summary>How often a call must read every weight: forward, and backward once more.</summary>
    public static int WeightPasses(this Operation operation) => operation.Trains() ? 2 : 1;
}
