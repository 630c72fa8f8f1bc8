namespace NetGen.Benchmarks.Startup;

/// <summary>A program and the settings of the runtime that it starts with.</summary>
internal sealed record Configuration(string Name, string Meaning, Publication Publication, params (string Variable, string Value)[] Settings)
{
    public static readonly Configuration Default = new("default", "default settings: just in time", Publication.Jit);

    public static IReadOnlyList<Configuration> All { get; } =
    [
        Default,
        new("no PGO", "DOTNET_TieredPGO=0", Publication.Jit, ("DOTNET_TieredPGO", "0")),
        new("no tiers", "DOTNET_TieredCompilation=0: all that has no precompiled code is optimised at its first call", Publication.Jit, ("DOTNET_TieredCompilation", "0")),
        new("in tiers", "an experiment: a copy of the generated files without AggressiveOptimization on the methods of Vector512, 256 and 128", Publication.NoneOptimized),
        new("AO all", "an experiment: a copy with it on every method that is not inlined", Publication.AllOptimized),
        new("R2R", "PublishReadyToRun", Publication.ReadyToRun),
        new("AOT", "PublishAot", Publication.NativeAot),
        new("AOT v3", "PublishAot with IlcInstructionSet=x86-64-v3", Publication.NativeAotV3),
    ];
}
