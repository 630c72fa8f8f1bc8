using NetGen.CompilerServices;
using NetGen.SafeTensors;

namespace NetGen.Runtime.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netgen").FullName;

    private string FilePath => Path.Combine(_folder, "weights.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AFileAppearsWithItsContents()
    {
        AtomicFile.Write(FilePath, s => s.Write([1, 2, 3]));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(FilePath));
        Assert.Equal([FilePath], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void UntilItIsWrittenTheOldOneIsThere()
    {
        File.WriteAllBytes(FilePath, [9, 9, 9, 9, 9]);
        AtomicFile.Write(FilePath, stream =>
        {
            stream.Write([1, 2, 3]);
            stream.Flush();
            Assert.Equal([9, 9, 9, 9, 9], File.ReadAllBytes(FilePath));
            Assert.Single(Directory.GetFiles(_folder, "*.tmp"));
        });
        Assert.Equal([1, 2, 3], File.ReadAllBytes(FilePath));
        Assert.Equal([FilePath], Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AWriteThatFailsLeavesTheOldFileAndNothingElse(bool hasOld)
    {
        if (hasOld)
        {
            File.WriteAllBytes(FilePath, [9, 9]);
        }

        Assert.Throws<IOException>(() => AtomicFile.Write(FilePath, stream =>
        {
            stream.Write(new byte[100_000]);
            throw new IOException("The disk is full.");
        }));
        Assert.Equal(hasOld ? [FilePath] : [], Directory.GetFileSystemEntries(_folder));
        Assert.True(!hasOld || File.ReadAllBytes(FilePath).Length == 2);
    }

    [Fact]
    public void ANameThatCannotBeTakenLeavesNothing()
    {
        // A directory is in the way, and the file cannot take its name.
        Directory.CreateDirectory(FilePath);
        Exception? thrown = Record.Exception(() => AtomicFile.Write(FilePath, s => s.Write([1])));
        Assert.True(thrown is IOException or UnauthorizedAccessException, thrown?.ToString());
        Assert.Contains($"'{FilePath}'", thrown!.Message, StringComparison.Ordinal);
        Assert.Equal([FilePath], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void AFolderThatIsNotThereIsAnErrorThatNamesTheFile()
    {
        string path = Path.Combine(_folder, "none", "x");
        foreach (Action save in (Action[])[() => New().Save(path), () => OnnxFile.Write(path, [], [], []), () => AtomicFile.Write(path, s => s.Write([1]))])
        {
            Assert.Equal($"Cannot write '{path}': its folder does not exist.", Assert.Throws<DirectoryNotFoundException>(save).Message);
        }
    }

    [Fact]
    public void AFolderThatMayNotBeWrittenIsAnErrorThatNamesTheFile()
    {
        // Nothing is forbidden to root, or by folders on Windows; a name that is a file's is no folder anywhere.
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        string path = Path.Combine(file, "x");
        Exception? thrown = Record.Exception(() => New().Save(path));
        Assert.True(thrown is IOException or UnauthorizedAccessException, thrown?.ToString());
        Assert.Contains($"'{path}'", thrown!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", thrown!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileCanBeSavedWhileItIsRead()
    {
        NetworkState state = New();
        state.Save(FilePath);
        using var reader = new FileStream(FilePath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        state.Parameters[0] = 5;
        state.Save(FilePath);
        NetworkState loaded = New();
        loaded.Load(FilePath);
        Assert.Equal(5, loaded.Parameters[0]);
    }

    private static NetworkState New()
    {
        var state = new NetworkState(2, trains: true);
        state.Add("w", 2);
        return state;
    }
}
