namespace NetGen.Benchmarks.Startup;

/// <summary>Which generated methods a copy marks with AggressiveOptimization.</summary>
internal enum OptimizedMethods
{
    None,

    /// <summary>Those that do the arithmetic on vectors.</summary>
    Kernels,

    /// <summary>Also the public members, and all that lies in between.</summary>
    All,
}
