namespace NetGen.Benchmarks;

/// <summary>Where the program writes.</summary>
internal static class Repository
{
    /// <summary>The folder with the solution, or that of the program where it was copied elsewhere.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Compiled peers and models; git ignores it.</summary>
    public static string Artifacts => Directory.CreateDirectory(Path.Combine(Root, "artifacts", "benchmarks")).FullName;

    /// <summary>A source of a native peer, or the script of PyTorch's server.</summary>
    public static string Native(string file) => Path.Combine(AppContext.BaseDirectory, "native", file);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NetGen.sln")))
            {
                return folder.FullName;
            }
        }

        return AppContext.BaseDirectory;
    }
}
