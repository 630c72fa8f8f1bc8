using System.Diagnostics;

namespace NetGen.Package.Tests;

/// <summary>The command-line tool, packed, installed and run as its users do.</summary>
public sealed class ToolTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netgen-tool-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Is_installed_and_runs()
    {
        string model = Path.Combine(BuildInfo.Get("Onnx"), "mlp_relu_9.onnx");
        string weights = Path.Combine(_folder.FullName, "weights.safetensors");
        string tool = Install();

        (int exitCode, string output, string error) = Run(tool, "inspect", model);
        Assert.Equal("", error);
        Assert.Equal(0, exitCode);
        Assert.Contains("  multiply-adds  128  ", output, StringComparison.Ordinal);
        Assert.Matches(@"Forward takes about [\d.]+ .?s on this machine", output);
        Assert.DoesNotContain('\e', output);

        (exitCode, output, _) = Run(tool, "scaffold", model);
        Assert.Equal(0, exitCode);
        Assert.Contains("[OnnxNetwork(\"mlp_relu_9.onnx\")]\npublic partial class MlpRelu9;\n", output, StringComparison.Ordinal);

        (exitCode, _, _) = Run(tool, "convert", model, weights);
        Assert.Equal(0, exitCode);
        Assert.True(File.Exists(weights));

        (exitCode, output, error) = Run(tool, "convert", model, weights);
        Assert.Equal(1, exitCode);
        Assert.Equal("", output);
        Assert.Equal($"netgen: {weights}: it is there already; --force replaces it\n", error.ReplaceLineEndings("\n"));

        Assert.Equal(2, Run(tool, "inspect").ExitCode);
    }

    private string Install()
    {
        string feed = _folder.CreateSubdirectory("feed").FullName, tools = Path.Combine(_folder.FullName, "tools");
        string version = $"0.0.0-test.{DateTime.UtcNow:yyyyMMddHHmmss}.{Environment.ProcessId}";
        Dotnet.Run(
            _folder.FullName,
            "pack",
            BuildInfo.Get("ToolProject"),
            "--no-build",
            "-nodeReuse:false",
            "-c",
            BuildInfo.Get("Configuration"),
            "-o",
            feed,
            $"-p:Version={version}",
            $"-p:PublishDir={_folder.CreateSubdirectory("publish").FullName}/",
            $"-p:NuspecOutputPath={_folder.CreateSubdirectory("nuspec").FullName}/");

        // It has all that it needs, so no other source is asked.
        string config = Path.Combine(_folder.FullName, "nuget.config");
        File.WriteAllText(
            config,
            $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="{Path.Combine(_folder.FullName, "packages")}" />
              </config>
              <packageSources>
                <clear />
              </packageSources>
            </configuration>
            """);
        Dotnet.Run(_folder.FullName, "tool", "install", "NetGen.Tool", "--version", version, "--tool-path", tools, "--add-source", feed, "--configfile", config);
        return Path.Combine(tools, "netgen");
    }

    private static (int ExitCode, string Output, string Error) Run(string tool, params string[] arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.Start();
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"netgen {string.Join(' ', arguments)} ran for more than {Limit}");
        }

        return (process.ExitCode, output.GetAwaiter().GetResult().ReplaceLineEndings("\n"), error.GetAwaiter().GetResult());
    }
}
