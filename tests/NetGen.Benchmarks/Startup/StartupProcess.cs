using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace NetGen.Benchmarks.Startup;

/// <summary>A fresh process of tests/NetGen.Startup.</summary>
internal static class StartupProcess
{
    /// <summary>Null where it worked, otherwise why it did not.</summary>
    public static string? Run(Configuration configuration, string[] arguments, (string Variable, string Value)[] more, out string output)
    {
        output = "";
        (string program, string[] first) = configuration.Publication.Command;
        var start = new ProcessStartInfo(program, [.. first, .. arguments]) { RedirectStandardOutput = true };

        // Settings of the user's shell would be measured with it. Where the runtime lies is none.
        foreach (string name in start.Environment.Keys
            .Where(key => key.StartsWith("DOTNET_", StringComparison.OrdinalIgnoreCase) || key.StartsWith("COMPlus_", StringComparison.OrdinalIgnoreCase))
            .Where(key => !key.StartsWith("DOTNET_ROOT", StringComparison.OrdinalIgnoreCase))
            .ToList())
        {
            start.Environment.Remove(name);
        }

        foreach ((string variable, string value) in configuration.Settings.Concat(more))
        {
            start.Environment[variable] = value;
        }

        try
        {
            using Process process = Process.Start(start)!;
            output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{configuration.Name} ended with code {process.ExitCode}");
        }
        catch (Win32Exception e)
        {
            return e.Message;
        }
    }

    /// <summary>The lines "name,value".</summary>
    public static IReadOnlyDictionary<string, double> Values(string output) => output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(','))
        .ToDictionary(parts => parts[0], parts => double.Parse(parts[1], CultureInfo.InvariantCulture));
}
