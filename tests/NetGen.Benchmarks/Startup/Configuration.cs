namespace NetGen.Benchmarks.Startup;

/// <summary>A program and the settings of the runtime that it starts with.</summary>
internal sealed record Configuration(string Name, string Meaning, Publication Publication, params (string Variable, string Value)[] Settings)
{
    public static readonly Configuration Default = new("default", "default settings: just in time, in tiers", Publication.Jit);

    public static IReadOnlyList<Configuration> All { get; } =
    [
        Default,
        new("no PGO", "DOTNET_TieredPGO=0", Publication.Jit, ("DOTNET_TieredPGO", "0")),
        new("no tiers", "DOTNET_TieredCompilation=0: all that has no precompiled code is optimised at its first call", Publication.Jit, ("DOTNET_TieredCompilation", "0")),
        new("AO kernels", "an experiment: AggressiveOptimization on the methods of Vector512, 256 and 128, in a copy of the generated files", Publication.KernelsOptimized),
        new("AO all", "an experiment: the same on every generated method that is not inlined", Publication.AllOptimized),
        new("R2R", "PublishReadyToRun", Publication.ReadyToRun),
        new("AOT", "PublishAot", Publication.NativeAot),
        new("AOT v3", "PublishAot with IlcInstructionSet=x86-64-v3", Publication.NativeAotV3),
    ];
}
