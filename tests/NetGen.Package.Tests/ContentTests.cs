using System.IO.Compression;
using System.Xml.Linq;

namespace NetGen.Package.Tests;

/// <summary>What is in the package, and what is not.</summary>
public class ContentTests(PackedPackage package)
{
    [Fact]
    public void Holds_the_library_the_compiler_the_fixes_and_nothing_else()
    {
        using ZipArchive zip = package.Open();
        string[] own = [.. zip.Entries
            .Select(entry => entry.FullName)
            .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal)
                && !name.StartsWith("package/", StringComparison.Ordinal)
                && name != "[Content_Types].xml")
            .Order(StringComparer.Ordinal)];

        Assert.Equal(
            [
                "NetGen.nuspec",
                "README.md",
                "analyzers/dotnet/cs/NetGen.CodeFixes.dll",
                "analyzers/dotnet/cs/NetGen.Generator.dll",
                "buildTransitive/NetGen.targets",
                "lib/net8.0/NetGen.Runtime.dll",
                "lib/net8.0/NetGen.Runtime.xml",
                "lib/netstandard2.0/NetGen.Runtime.dll",
                "lib/netstandard2.0/NetGen.Runtime.xml",
                "lib/netstandard2.1/NetGen.Runtime.dll",
                "lib/netstandard2.1/NetGen.Runtime.xml",
            ],
            own);
    }

    [Theory]
    [InlineData("net8.0")]
    [InlineData("netstandard2.0")]
    [InlineData("netstandard2.1")]
    public void Documents_what_the_catalogue_wrote(string framework)
    {
        using ZipArchive zip = package.Open();
        using Stream stream = zip.GetEntry($"lib/{framework}/NetGen.Runtime.xml")!.Open();
        string[] members = [.. XDocument.Load(stream).Descendants("member").Select(member => (string)member.Attribute("name")!)];

        Assert.Contains("T:NetGen.NetworkAttribute", members);
        Assert.Contains("T:NetGen.Trainer", members);
        Assert.Contains("F:NetGen.Activation.Relu", members);
    }

    [Fact]
    public void Depends_on_the_span_of_old_frameworks_alone()
    {
        XElement metadata = Metadata();
        string[] dependencies = [.. metadata.Descendants(metadata.Name.Namespace + "dependency").Select(d => (string)d.Attribute("id")!)];
        string[] groups = [.. metadata.Descendants(metadata.Name.Namespace + "group").Select(g => (string)g.Attribute("targetFramework")!).Order()];

        Assert.Equal(["System.Memory"], dependencies);
        Assert.Equal([".NETStandard2.0", ".NETStandard2.1", "net8.0"], groups);
    }

    [Fact]
    public void Says_what_it_is()
    {
        XElement metadata = Metadata();
        XNamespace ns = metadata.Name.Namespace;

        Assert.Equal("NetGen", (string?)metadata.Element(ns + "id"));
        Assert.Equal("MIT", (string?)metadata.Element(ns + "license"));
        Assert.Equal("expression", (string?)metadata.Element(ns + "license")?.Attribute("type"));
        Assert.Equal("README.md", (string?)metadata.Element(ns + "readme"));
        Assert.NotEmpty((string?)metadata.Element(ns + "description") ?? "");
        Assert.Null(metadata.Element(ns + "developmentDependency"));
    }

    private XElement Metadata()
    {
        using ZipArchive zip = package.Open();
        using Stream stream = zip.GetEntry("NetGen.nuspec")!.Open();
        XElement root = XDocument.Load(stream).Root!;
        return root.Element(root.Name.Namespace + "metadata")!;
    }
}
