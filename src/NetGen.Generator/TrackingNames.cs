namespace NetGen.Generator;

/// <summary>The steps of the pipeline, in order, as the incrementality tests know them.</summary>
internal static class TrackingNames
{
    /// <summary>Class → <see cref="NetworkModel"/>.</summary>
    public const string Parse = "Parse";

    /// <summary>Additional file → <see cref="ModelFile"/>.</summary>
    public const string Read = "Read";

    /// <summary>Model → the same with what its file holds.</summary>
    public const string Resolve = "Resolve";

    /// <summary>All models → each with its file's name.</summary>
    public const string Name = "Name";

    /// <summary>Compilation → <see cref="ConsumerModel"/>.</summary>
    public const string Consumer = "Consumer";

    /// <summary>Model → text.</summary>
    public const string Compile = "Compile";

    public static EquatableArray<string> All { get; } = [Parse, Read, Name, Resolve, Consumer, Compile];
}
