using System.Diagnostics;
using System.Text;

namespace NetGen.Package.Tests;

/// <summary>Runs <c>dotnet</c> as from a fresh terminal.</summary>
internal static class Dotnet
{
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(5);

    /// <summary>Runs a command that must succeed, and returns what it printed.</summary>
    public static string Run(string folder, params string[] arguments)
    {
        (int exitCode, string output) = Start(folder, BuildLimit, arguments);
        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with code {exitCode}:\n{output}");
        return output;
    }

    /// <summary>Runs a command that must fail, and returns what it printed.</summary>
    public static string Fail(string folder, params string[] arguments)
    {
        (int exitCode, string output) = Start(folder, BuildLimit, arguments);
        Assert.True(exitCode != 0, $"dotnet {string.Join(' ', arguments)} should fail:\n{output}");
        return output;
    }

    /// <summary>Runs a command that must end in time, and returns how it ended and what it printed.</summary>
    public static (int ExitCode, string Output) Start(string folder, TimeSpan limit, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The test run's own build leaves paths of its SDK behind, and what it was asked for must not apply here.
        foreach (string name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(IsOfTestRun))
        {
            start.Environment.Remove(name);
        }

        // No process may outlive the command: it would hold the pipes and the folder.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";

        var output = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += Append;
        process.ErrorDataReceived += Append;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            lock (output)
            {
                Assert.Fail($"dotnet {string.Join(' ', arguments)} ran for more than {limit}:\n{output}");
            }
        }

        // Waits for the last lines too.
        process.WaitForExit();
        return (process.ExitCode, output.ToString());

        void Append(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.Append(line.Data).Append(line.Data is null ? "" : "\n");
            }
        }
    }

    private static bool IsOfTestRun(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)
        || name is "Configuration" or "Platform" or "Version" or "NUGET_PACKAGES" or "RestorePackagesPath";
}
