namespace NetGen.Tool.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--help")]
    [InlineData("inspect --help")]
    [InlineData("scaffold --help")]
    [InlineData("convert --help")]
    public void Help_has_examples_and_exit_codes(string arguments) =>
        Snapshot.Verify(ToolRun.Done(arguments.Split(' ')), hint: arguments.Split(' ')[0].TrimStart('-'), extension: "txt");

    [Theory]
    [InlineData("")]
    [InlineData("look a.onnx")]
    [InlineData("inspect")]
    [InlineData("inspect a.onnx b.onnx")]
    [InlineData("inspect a.pt")]
    [InlineData("inspect --colour")]
    [InlineData("scaffold a.onnx --name")]
    [InlineData("scaffold a.safetensors --activation swish")]
    [InlineData("scaffold a.onnx --activation relu")]
    [InlineData("convert a.onnx")]
    public void Wrong_usage_ends_with_2(string arguments) =>
        ToolRun.Refused(ExitCodes.WrongUsage, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData("inspect")]
    [InlineData("scaffold")]
    public void What_cannot_be_read_ends_with_1(string command)
    {
        foreach (string end in (string[])["onnx", "safetensors"])
        {
            string missing = _folder["missing." + end], directory = Directory.CreateDirectory(_folder["directory." + end]).FullName;

            Assert.Equal($"netgen: {missing}: there is no such file", ToolRun.Refused(ExitCodes.Refused, command, missing));
            Assert.Equal($"netgen: {directory}: it is a directory", ToolRun.Refused(ExitCodes.Refused, command, directory));
            Assert.StartsWith($"netgen: {_folder["empty." + end]}: ", ToolRun.Refused(ExitCodes.Refused, command, _folder.Write("empty." + end, [])), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_device_is_no_file()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("There are no such devices.");
        }

        string link = _folder["zero.onnx"];
        File.CreateSymbolicLink(link, "/dev/zero");

        ToolRun.Refused(ExitCodes.Refused, "inspect", link);
    }

    [Fact]
    public void A_name_may_begin_with_an_at_sign() =>
        Assert.Equal("netgen: @a.onnx: there is no such file", ToolRun.Refused(ExitCodes.Refused, "inspect", "@a.onnx"));

    [Fact]
    public void It_says_its_version() => Assert.StartsWith(typeof(CommandLine).Assembly.GetName().Version!.ToString(3), Version(), StringComparison.Ordinal);

    // The library asks the process's own assembly, which here is that of the tests; the version is that of all.
    private static string Version() => ToolRun.Done("--version");
}
