using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Testing;

/// <summary>How a consumer compiles. The defaults are those of a project that leaves no warning unseen.</summary>
public sealed record RunOptions
{
    public static RunOptions Default { get; } = new();

    public ConsumerFramework Framework { get; init; } = ConsumerFramework.Net10;

    public LanguageVersion LanguageVersion { get; init; } = LanguageVersion.Latest;

    public bool Checked { get; init; }

    public int WarningLevel { get; init; } = 9999;

    public NullableContextOptions Nullable { get; init; } = NullableContextOptions.Enable;

    public OptimizationLevel Optimization { get; init; } = OptimizationLevel.Release;

    /// <summary>What processor the project is compiled for.</summary>
    public Platform Platform { get; init; } = Platform.AnyCpu;

    /// <summary>The text of an .editorconfig at the root, or null.</summary>
    public string? EditorConfig { get; init; }

    /// <summary>The name of an assembly of the framework that the project lacks, or null.</summary>
    public string? Without { get; init; }

    /// <summary>Additional files of the project, by their paths.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Called with the name of a class and of a stage as that begins; what it throws is thrown there.</summary>
    public Action<string, string>? Entered { get; init; }

    /// <summary>The build embeds them as resources, as the targets of the package do.</summary>
    public bool EmbedsFiles { get; init; }

    /// <summary>Properties of the project that the targets show the compiler.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether comments are read and checked as documentation.</summary>
    public DocumentationMode Documentation { get; init; } = DocumentationMode.Diagnose;

    public CSharpParseOptions ParseOptions => new(LanguageVersion, Documentation);
}
