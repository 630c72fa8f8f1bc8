using System.Globalization;
using System.Text.RegularExpressions;

namespace NetGen.Package.Tests;

/// <summary>A sample's program, run as the readme runs it, and what it prints.</summary>
internal static class Sample
{
    // All take seconds; a minute allows for a busy machine.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public static string Program(string sample) =>
        Path.Combine(BuildInfo.Get("Samples"), sample, "bin", BuildInfo.Get("Configuration"), "net10.0", sample + ".dll");

    public static (int ExitCode, string Output) Run(DirectoryInfo folder, string sample, params string[] arguments) =>
        Dotnet.Start(folder.FullName, Limit, [Program(sample), .. arguments]);

    public static IEnumerable<Match> Matches(string output, string pattern) =>
        Regex.Matches(output, pattern, RegexOptions.Multiline);

    public static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);
}
