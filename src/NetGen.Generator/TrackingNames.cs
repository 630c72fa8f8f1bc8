namespace NetGen.Generator;

/// <summary>The steps of the pipeline, in order, as the incrementality tests know them.</summary>
internal static class TrackingNames
{
    /// <summary>Class → <see cref="DeclaredNetwork"/>.</summary>
    public const string Parse = "Parse";

    /// <summary>Additional file → <see cref="ModelFile"/>.</summary>
    public const string Read = "Read";

    /// <summary>Network → the same with what its file holds.</summary>
    public const string Resolve = "Resolve";

    /// <summary>Compilation → <see cref="ConsumerModel"/>.</summary>
    public const string Consumer = "Consumer";

    /// <summary>Network → <see cref="CompiledNetwork"/>.</summary>
    public const string Compile = "Compile";

    /// <summary>The names of all classes → those that must have others: <see cref="NamedNetwork"/>.</summary>
    public const string Rename = "Rename";

    /// <summary>Compiled network → its files with their names.</summary>
    public const string Name = "Name";

    public static EquatableArray<string> All { get; } = [Parse, Read, Resolve, Consumer, Compile, Rename, Name];
}
