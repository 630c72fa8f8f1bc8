namespace NetGen.Benchmarks.Startup;

/// <summary>Which generated methods are optimised at their first call.</summary>
internal enum OptimizedMethods
{
    /// <summary>Those that the generator marks.</summary>
    AsGenerated,

    None,

    /// <summary>Also the public members, and all that lies in between.</summary>
    All,
}
