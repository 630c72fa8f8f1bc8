namespace NetGen.Tool.Inspect;

/// <summary>Seconds that operations on one vector take.</summary>
/// <param name="Stream">To load a vector of weights from where they lie, and multiply and add it.</param>
/// <param name="Operation">To multiply and add in registers, where nothing waits for a result.</param>
/// <param name="Latency">Until the result is there.</param>
internal sealed record MachineSpeed(double Stream, double Operation, double Latency);
