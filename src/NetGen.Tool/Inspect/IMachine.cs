namespace NetGen.Tool.Inspect;

/// <summary>What the time of a call depends on.</summary>
internal interface IMachine
{
    /// <summary>Floats in the longest vector that the processor has; 1 without vectors.</summary>
    int Lanes { get; }

    /// <summary>The caches of one core, from the first level on, in bytes; empty where they are not known.</summary>
    IReadOnlyList<long> Caches { get; }

    /// <param name="weightBytes">The memory that the weights take.</param>
    MachineSpeed Measure(long weightBytes);
}
