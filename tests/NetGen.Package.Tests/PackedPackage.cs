using System.IO.Compression;

[assembly: AssemblyFixture(typeof(NetGen.Package.Tests.PackedPackage))]

namespace NetGen.Package.Tests;

/// <summary>The package, packed once from what is built, in a temporary folder that is a NuGet source.</summary>
public sealed class PackedPackage : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netgen-package-");

    public PackedPackage()
    {
        // Nothing is built here: other tests are reading the same binaries.
        Dotnet.Run(
            _folder.FullName,
            "pack",
            BuildInfo.Get("RuntimeProject"),
            "--no-build",
            "-nodeReuse:false",
            "-c",
            BuildInfo.Get("Configuration"),
            "-o",
            Feed,
            $"-p:Version={Version}",
            $"-p:NuspecOutputPath={_folder.CreateSubdirectory("nuspec").FullName}/");
    }

    /// <summary>Unlike that of any package a cache may hold.</summary>
    public string Version { get; } = $"0.0.0-test.{DateTime.UtcNow:yyyyMMddHHmmss}.{Environment.ProcessId}";

    public string Feed => Path.Combine(_folder.FullName, "feed");

    public ZipArchive Open() => ZipFile.OpenRead(Path.Combine(Feed, $"NetGen.{Version}.nupkg"));

    /// <summary>A new folder outside the repository, whose projects find the package beside the machine's own sources.</summary>
    public string CreateProjectFolder()
    {
        string folder = _folder.CreateSubdirectory("project-" + Guid.NewGuid().ToString("N")[..8]).FullName;

        // What is new comes into a folder that is deleted afterwards; what the build has fetched is only read.
        File.WriteAllText(
            Path.Combine(folder, "nuget.config"),
            $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="{Path.Combine(_folder.FullName, "packages")}" />
              </config>
              <fallbackPackageFolders>
                <add key="cache" value="{BuildInfo.Get("PackageCache")}" />
              </fallbackPackageFolders>
              <packageSources>
                <add key="packed" value="{Feed}" />
              </packageSources>
            </configuration>
            """);
        return folder;
    }

    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A virus scanner may still read a file; what is left stands in the temporary folder.
        }
    }
}
