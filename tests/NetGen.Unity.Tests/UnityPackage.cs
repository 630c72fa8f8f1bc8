[assembly: AssemblyFixture(typeof(NetGen.Unity.Tests.UnityPackage))]

namespace NetGen.Unity.Tests;

/// <summary>The package, laid out once by the command that users have, in a temporary folder.</summary>
public sealed class UnityPackage : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netgen-unity-");

    public UnityPackage()
    {
        // Nothing is built here: other tests are reading the same binaries.
        Dotnet.Run(
            _folder.FullName,
            "build",
            BuildInfo.Get("UnityProject"),
            "--no-restore",
            "-nodeReuse:false",
            "-c",
            BuildInfo.Get("Configuration"),
            "-p:NoBuild=true",
            $"-p:UnityPackageFolder={_folder.FullName}");
    }

    public string Folder => Path.Combine(_folder.FullName, "com.netgen.netgen");

    public string Library => Path.Combine(Folder, "Runtime", "NetGen.Runtime.dll");

    public string Generator => Path.Combine(Folder, "Analyzers", "NetGen.Generator.dll");

    /// <summary>All files and folders, relative to the package, with '/' between names.</summary>
    public IEnumerable<string> Entries => Directory.EnumerateFileSystemEntries(Folder, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    public string Read(string path) => File.ReadAllText(Path.Combine(Folder, path)).ReplaceLineEndings("\n");

    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Windows keeps files of loaded assemblies; what is left stands in the temporary folder.
        }
    }
}
