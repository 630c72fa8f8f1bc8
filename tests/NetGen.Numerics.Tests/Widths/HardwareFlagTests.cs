using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using NetGen.Testing;

namespace NetGen.Numerics.Tests.Widths;

/// <summary>
/// Networks choose their vectors at run time. Each of .NET's switches takes some from a process of its own, where
/// <see cref="ProcessorTests"/> runs as on a machine that lacks them; such a process finds the networks compiled.
/// </summary>
public sealed class HardwareFlagTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    // What .NET prefers takes nothing away: as on processors of which it says so by itself.
    public static TheoryData<string, int, int> Switches
    {
        get
        {
            var data = new TheoryData<string, int, int> { { "DOTNET_PreferredVectorBitWidth", 256, 16 }, { "DOTNET_EnableAVX2", 0, 4 } };
            if (TestSet.IsFull)
            {
                data.Add("DOTNET_EnableAVX512", 0, 8);
                data.Add("DOTNET_EnableHWIntrinsic", 0, 0);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Switches))]
    public async Task Networks_run_on_what_a_switch_leaves(string name, int value, int lanes)
    {
        Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == Architecture.X64, "The switches are those of x64.");
        ProcessorTests.Compile();

        // What a processor never had cannot be taken away.
        int expected = Math.Min(lanes, ProcessorNetworks.Lanes);
        (int exitCode, string text) = await Run(name, value, expected);
        output.WriteLine(text);

        Assert.True(exitCode == 0, $"With {name}={value} the tests of a process failed (code {exitCode}):\n{text}");
        int tests = ProcessorNetworks.All.Count + 2;
        Assert.Contains($"Total: {tests}, Errors: 0, Failed: 0, Skipped: 0", text, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> Run(string name, int value, int lanes)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [typeof(HardwareFlagTests).Assembly.Location, "-noColor", "-class", typeof(ProcessorTests).FullName!])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[name] = value.ToString();
        start.Environment[ProcessorTests.ExpectedLanes] = lanes.ToString();
        start.Environment[CompiledImages.Variable] = CompiledImages.Folder;

        // The tests of this process are compiled optimised at once; here code goes through the tiers, as it does for users.
        start.Environment["DOTNET_TieredCompilation"] = "1";

        var text = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += Append;
        process.ErrorDataReceived += Append;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            lock (text)
            {
                Assert.Fail($"With {name}={value} the tests of a process did not end:\n{text}");
            }
        }

        return (process.ExitCode, text.ToString());

        void Append(object sender, DataReceivedEventArgs line)
        {
            lock (text)
            {
                text.Append(line.Data).Append('\n');
            }
        }
    }
}
