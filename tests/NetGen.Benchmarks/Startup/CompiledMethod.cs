using System.Globalization;
using System.Text.RegularExpressions;

namespace NetGen.Benchmarks.Startup;

/// <summary>A method that the just-in-time compiler compiled, as its summary tells.</summary>
/// <param name="Name">With the nested classes, without the parameters.</param>
/// <param name="Parameters">Their types: overloads are methods of their own.</param>
/// <param name="Tier">For instance "Tier0", "Tier1 with Dynamic PGO", "Tier1-OSR @0x2a".</param>
/// <param name="Bytes">The machine code's.</param>
internal sealed partial record CompiledMethod(string Name, string Parameters, string Tier, int Bytes)
{
    /// <summary>Also what replaces a running method in the middle of a loop.</summary>
    public bool IsOptimized => !Tier.Contains("Tier0", StringComparison.Ordinal) && !GaveUp;

    /// <summary>It was too large to be optimised.</summary>
    public bool GaveUp => Tier.Contains("MinOpt", StringComparison.OrdinalIgnoreCase);

    /// <summary>All methods that one network brings, compiled up to their last tier; null and why where that did not work.</summary>
    public static IReadOnlyList<CompiledMethod>? OfNetwork(NetworkShape shape, out string? error)
    {
        string file = Path.Combine(Repository.Artifacts, "startup", $"jit-{shape.Name}.txt");
        File.Delete(file);
        error = StartupProcess.Run(
            Configuration.Default, [shape.Name, "All"], [("DOTNET_JitStdOutFile", file), ("DOTNET_JitDisasmSummary", "1")], out _);
        if (error is not null || !File.Exists(file))
        {
            error ??= "the runtime wrote no summary of what it compiled";
            return null;
        }

        string type = "." + Generation.NetworkSource.ClassName(shape);
        return
        [
            .. File.ReadLines(file)
                .Select(line => Line().Match(line))
                .Where(match => match.Success && (match.Groups["type"].Value + "+").Contains(type + "+", StringComparison.Ordinal))
                .Select(match => new CompiledMethod(
                    (match.Groups["type"].Value + "+" + match.Groups["name"].Value).Split(type + "+", 2)[1].Replace('+', '.'),
                    match.Groups["parameters"].Value,
                    match.Groups["tier"].Value,
                    int.Parse(match.Groups["bytes"].Value, CultureInfo.InvariantCulture))),
        ];
    }

    [GeneratedRegex(@"JIT compiled (?<type>[^:\s]+):(?<name>[^(]+)\((?<parameters>.*)\).* \[(?<tier>[^\]]*), IL size=\d+, code size=(?<bytes>\d+)")]
    private static partial Regex Line();
}
