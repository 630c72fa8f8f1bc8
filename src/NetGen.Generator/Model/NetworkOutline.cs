namespace NetGen.Generator;

/// <summary>
/// The members of a network as others see them, for a class that cannot be compiled: what calls them is not wrong.
/// A part of the cache boundary: the rules of <see cref="NetworkModel"/> hold.
/// </summary>
/// <param name="Type">The class.</param>
/// <param name="Training">Whether members that train are wanted.</param>
/// <param name="InputCount">The length of one input where it can be told, otherwise 1.</param>
/// <param name="OutputCount">Likewise of one output.</param>
internal sealed record NetworkOutline(TypeModel Type, bool Training, int InputCount, int OutputCount)
{
    /// <summary>What a stage threw that must not throw; empty where the user's declaration or file is the reason.</summary>
    public string Fault { get; init; } = "";
}

/// <summary>A class that is declared to be a network.</summary>
/// <param name="Outline">What it gets in any case.</param>
/// <param name="Network">Null where it has errors, and gets no more than that.</param>
internal sealed record DeclaredNetwork(NetworkOutline Outline, NetworkModel? Network)
{
    /// <summary>The same where compiling it was given up.</summary>
    public DeclaredNetwork Broken(string fault) => new(Outline with { Fault = fault }, null);
}

/// <param name="FullName">The name of the class.</param>
/// <param name="Files">What was generated for it, with no regard to any other class.</param>
internal sealed record CompiledNetwork(string FullName, EquatableArray<GeneratedFile> Files);
