namespace NetGen.Generator.Tests;

/// <summary>The stand-in for Verify keeps its conventions.</summary>
public class SnapshotTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string Test => Path.Combine(_folder.FullName, "NetTests.cs");

    [Fact]
    public void A_new_snapshot_is_received()
    {
        Assert.Throws<InvalidOperationException>(() => Snapshot.Verify("a\r\nb\n", Test, "Prints", "Net"));

        Assert.Equal("a\nb\n", Read("NetTests.Prints#Net.received.cs"));
    }

    [Fact]
    public void An_equal_text_passes_and_clears_what_was_received()
    {
        Write("NetTests.Prints.verified.cs", "a\r\n");
        Write("NetTests.Prints.received.cs", "old");

        Snapshot.Verify("a\n", Test, "Prints");

        Assert.False(File.Exists(Path.Combine(_folder.FullName, "NetTests.Prints.received.cs")));
    }

    [Fact]
    public void A_difference_is_shown()
    {
        Write("NetTests.Prints.verified.cs", "a\nb\nc\nd\ne\n");

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Snapshot.Verify("a\nb\nx\nd\nnew\ne\n", Test, "Prints"));

        Assert.Contains("from line 3:\n  a\n  b\n- c\n+ x\n  d\n+ new\n  e\n", error.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private string Read(string name) => File.ReadAllText(Path.Combine(_folder.FullName, name));

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);
}
