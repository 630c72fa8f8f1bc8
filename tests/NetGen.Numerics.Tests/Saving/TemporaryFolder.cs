namespace NetGen.Numerics.Tests.Saving;

/// <summary>A new folder that is deleted at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("netgen").FullName;

    /// <summary>The path of a file in it.</summary>
    public string File => System.IO.Path.Combine(Path, "weights.safetensors");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
