namespace NetGen;

/// <summary>On which machines a network computes the same bits from the same bits.</summary>
public enum Determinism
{
    /// <summary>
    /// Those with the same kind of processor and the same version of .NET, whatever the number of threads. The processor's
    /// longest vectors and its multiply-add are used, which round otherwise than others.
    /// </summary>
    SameProcessor,

    /// <summary>
    /// All: every length of vectors and none, every runtime and operating system. Only operations that IEEE 754 rounds in
    /// one way are used, in an order that is part of the network. It costs some speed.
    /// </summary>
    CrossPlatform,
}
