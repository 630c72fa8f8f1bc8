using System.ComponentModel;
using System.Diagnostics;

namespace NetGen.Benchmarks.Peers;

/// <summary>Programs of the machine.</summary>
internal static class Tool
{
    /// <summary>Null where it worked, otherwise why it did not.</summary>
    public static string? Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            // Compilers name their errors on one stream, MSBuild on the other.
            return process.ExitCode == 0 ? null : $"{program} failed: {FirstLine(errors + output.Result)}";
        }
        catch (Win32Exception)
        {
            return $"{program} is not installed";
        }
    }

    private static string FirstLine(string text) =>
        text.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)) ?? text.Trim().Split('\n')[0];
}
