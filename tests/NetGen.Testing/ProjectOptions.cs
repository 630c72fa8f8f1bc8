using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generator;

namespace NetGen.Testing;

/// <summary>What the targets of the package tell the compiler of a project.</summary>
internal sealed class ProjectOptions(RunOptions options) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } =
        new Values(options.Properties.ToDictionary(p => "build_property." + p.Key, p => p.Value));

    /// <summary>The name of a model file's resource.</summary>
    public static string Resource(string path) => "NetGen/" + Path.GetFileName(path);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values(
        options.EmbedsFiles ? new() { [ModelFile.ResourceMetadata] = Resource(textFile.Path) } : []);

    private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
