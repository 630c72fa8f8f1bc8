using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NetGen.Generator;

/// <summary>
/// Reads model files. The compiler hands additional files out as text alone, which bytes do not survive: this is the one
/// place where the generator reads a file itself, and only one that the project lists.
/// </summary>
internal static class ModelFileReader
{
    // The compiler makes a new object where a file has changed. An editor's analyzer asks again at every keystroke.
    private static readonly ConditionalWeakTable<AdditionalText, ModelFile> Known = new();

    public static bool IsModel(AdditionalText file) => ModelFile.IsModel(file.Path);

    public static ModelFile Read(AdditionalText file) => Known.GetValue(file, static f => ReadNow(f.Path));

    /// <summary>The file, and what the build does with it.</summary>
    public static ModelFile Read(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        options.GetOptions(file).TryGetValue(ModelFile.ResourceMetadata, out string? resource) ? Read(file) with { Resource = resource } : Read(file);

    private static ModelFile ReadNow(string path)
    {
        try
        {
#pragma warning disable RS0030, RS1035 // See above.
            return new ModelFile(path, File.ReadAllBytes(path).ToEquatableArray(), "");
#pragma warning restore RS0030, RS1035
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new ModelFile(path, [], "the project lists it, but it is not there");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new ModelFile(path, [], e.Message);
        }
    }
}
