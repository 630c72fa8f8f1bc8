namespace NetGen.Package.Tests;

/// <summary>The bits that are promised for every platform, on this one; tests/conformance/run compares the others'.</summary>
public class ConformanceTests
{
    [Fact]
    public void This_platform_prints_the_committed_hashes()
    {
        string folder = BuildInfo.Get("Conformance");
        string program = Path.Combine(folder, "NetGen.Conformance", "bin", BuildInfo.Get("Configuration"), "net10.0", "NetGen.Conformance.dll");

        string output = Dotnet.Run(folder, program);

        // What it runs on is no part of it.
        IEnumerable<string> lines = output.Split('\n').Where(line => !line.StartsWith('#'));
        Assert.Equal(File.ReadAllText(Path.Combine(folder, "hashes.txt")).ReplaceLineEndings("\n"), string.Join('\n', lines));
    }
}
