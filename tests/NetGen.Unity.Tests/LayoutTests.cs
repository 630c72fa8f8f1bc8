using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace NetGen.Unity.Tests;

/// <summary>What is in the package, and what Unity is told of it.</summary>
public partial class LayoutTests(UnityPackage package)
{
    [Fact]
    public void Holds_the_library_the_compiler_the_sample_and_nothing_else() => Assert.Equal(
        [
            "Analyzers",
            "Analyzers/NetGen.Generator.dll",
            "CHANGELOG.md",
            "LICENSE.md",
            "README.md",
            "Runtime",
            "Runtime/NetGen.Runtime.dll",
            "Runtime/NetGen.Runtime.xml",
            "Samples~",
            "Samples~/Xor",
            "Samples~/Xor/NetGen.Samples.Xor.asmdef",
            "Samples~/Xor/XorLesson.cs",
            "package.json",
        ],
        package.Entries.Where(path => !IsMeta(path)));

    [Fact]
    public void Everything_has_a_meta_file_and_every_meta_file_is_of_something()
    {
        // Unity passes over names that end with '~', and what has no meta file in a package that it may not write to.
        string[] seen = [.. package.Entries.Where(path => !IsMeta(path) && !path.EndsWith('~'))];

        Assert.Equal(seen.Select(path => path + ".meta").Order(StringComparer.Ordinal), package.Entries.Where(IsMeta));
    }

    [Fact]
    public void Guids_are_made_of_the_paths_so_that_they_never_change()
    {
        foreach (string path in package.Entries.Where(IsMeta))
        {
            string named = "com.netgen.netgen/" + path[..^".meta".Length];
            string guid = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(named)));
            Assert.StartsWith($"fileFormatVersion: 2\nguid: {guid}\n", package.Read(path), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_compiler_is_an_analyzer_and_part_of_no_build()
    {
        string meta = package.Read("Analyzers/NetGen.Generator.dll.meta");

        Assert.Contains("\nlabels:\n- RoslynAnalyzer\nPluginImporter:\n", meta, StringComparison.Ordinal);
        Assert.Contains("\n  isExplicitlyReferenced: 1\n  validateReferences: 0\n", meta, StringComparison.Ordinal);
        Assert.Matches(@"  - first:\n      Any: \n    second:\n      enabled: 0\n", meta);
        Assert.Matches(@"  - first:\n      Editor: Editor\n    second:\n      enabled: 0\n", meta);
        Assert.DoesNotContain("enabled: 1", meta, StringComparison.Ordinal);
    }

    [Fact]
    public void The_library_is_everywhere_without_being_asked_for()
    {
        string meta = package.Read("Runtime/NetGen.Runtime.dll.meta");

        Assert.DoesNotContain("labels:", meta, StringComparison.Ordinal);
        Assert.Contains("\n  isExplicitlyReferenced: 0\n  validateReferences: 1\n", meta, StringComparison.Ordinal);
        Assert.Matches(@"  - first:\n      Any: \n    second:\n      enabled: 1\n", meta);
    }

    [Fact]
    public void No_assembly_definition_keeps_the_compiler_to_itself()
    {
        // An analyzer below an assembly definition runs only for what refers to that, by name.
        for (string? folder = Path.GetDirectoryName(package.Generator); folder?.Length >= package.Folder.Length; folder = Path.GetDirectoryName(folder))
        {
            Assert.Empty(Directory.EnumerateFiles(folder, "*.asmdef"));
        }
    }

    [Fact]
    public void The_manifest_says_what_it_is()
    {
        using JsonDocument manifest = JsonDocument.Parse(package.Read("package.json"));
        JsonElement root = manifest.RootElement;

        Assert.Equal(Path.GetFileName(package.Folder), root.GetProperty("name").GetString());
        Assert.Equal(BuildInfo.Get("Version"), root.GetProperty("version").GetString());
        Assert.Equal("NetGen", root.GetProperty("displayName").GetString());
        Assert.Equal("MIT", root.GetProperty("license").GetString());

        // The first whose compiler has what finds classes by their attributes.
        Assert.Equal("2022.3", root.GetProperty("unity").GetString());
        Assert.Equal("12f1", root.GetProperty("unityRelease").GetString());
        Assert.All(
            root.GetProperty("samples").EnumerateArray(),
            sample => Assert.True(Directory.Exists(Path.Combine(package.Folder, sample.GetProperty("path").GetString()!))));
    }

    [Fact]
    public void Assembly_definitions_refer_to_the_library()
    {
        string path = Assert.Single(package.Entries, entry => entry.EndsWith(".asmdef", StringComparison.Ordinal));
        using JsonDocument definition = JsonDocument.Parse(package.Read(path));

        Assert.Equal(Path.GetFileNameWithoutExtension(path), definition.RootElement.GetProperty("name").GetString());
        Assert.True(definition.RootElement.GetProperty("overrideReferences").GetBoolean());
        Assert.Equal(
            [Path.GetFileName(package.Library)],
            definition.RootElement.GetProperty("precompiledReferences").EnumerateArray().Select(reference => reference.GetString()));
    }

    [Fact]
    public void The_library_needs_nothing_but_the_framework() =>
        Assert.Equal(["netstandard 2.1.0.0"], References(package.Library).Select(reference => reference.ToString()));

    [Fact]
    public void The_compiler_needs_nothing_that_its_host_lacks()
    {
        Reference[] references = [.. References(package.Generator)];

        Assert.Empty(references.Select(reference => reference.Name).Except(
            ["netstandard", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable", "System.Memory"]));
        Assert.All(
            references.Where(reference => reference.Name.StartsWith("Microsoft.", StringComparison.Ordinal)),
            reference => Assert.Equal(new Version(4, 3, 0, 0), reference.Version));
    }

    [Fact]
    public void The_page_names_what_is_there()
    {
        foreach (Match file in NamedFile().Matches(package.Read("README.md")))
        {
            Assert.Contains(file.Groups[1].Value, package.Entries);
        }

        Assert.Contains("policy.NetGen.Generator.additionalfile", package.Read("README.md"), StringComparison.Ordinal);
    }

    [GeneratedRegex("^\\| `([^`]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex NamedFile();

    private static bool IsMeta(string path) => path.EndsWith(".meta", StringComparison.Ordinal);

    private static IEnumerable<Reference> References(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        MetadataReader reader = file.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(reader.GetAssemblyReference).Select(r => new Reference(reader.GetString(r.Name), r.Version))];
    }

    private sealed record Reference(string Name, Version Version)
    {
        public override string ToString() => $"{Name} {Version}";
    }
}
