using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NetGen.CompilerServices;

namespace NetGen.Benchmarks.Machine;

/// <summary>What the figures were measured on.</summary>
/// <param name="Name">As people call it, where it is known.</param>
/// <param name="Vectors">Bits of the longest vectors that it has.</param>
/// <param name="Preferred">Bits of the longest that .NET prefers there.</param>
internal sealed record ThisProcessor(string Name, int Vectors, int Preferred)
{
    // Virtual machines often hide the model's name, and never its numbers.
    private static readonly Dictionary<(string Vendor, int Family, int Model), string> Known = new()
    {
        [("GenuineIntel", 6, 85)] = "Intel Xeon (Skylake or Cascade Lake)",
        [("GenuineIntel", 6, 106)] = "Intel Xeon (Ice Lake)",
        [("GenuineIntel", 6, 143)] = "Intel Xeon (Sapphire Rapids)",
        [("GenuineIntel", 6, 207)] = "Intel Xeon (Emerald Rapids)",
        [("GenuineIntel", 6, 173)] = "Intel Xeon (Granite Rapids)",
        [("AuthenticAMD", 23, 49)] = "AMD EPYC (Zen 2)",
        [("AuthenticAMD", 25, 1)] = "AMD EPYC (Zen 3)",
        [("AuthenticAMD", 25, 17)] = "AMD EPYC (Zen 4)",
        [("AuthenticAMD", 26, 2)] = "AMD EPYC (Zen 5)",
    };

    public static ThisProcessor Current { get; } = new(
        ReadName(),
        Processor.HasVector512 ? 512 : Shorter(),
        Vector512.IsHardwareAccelerated ? 512 : Shorter());

    /// <summary>A name for its file.</summary>
    public string Slug => string.Join('-', new string([.. Name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')])
        .Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static int Shorter() => Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    // Linux says it in a file.
    private static string ReadName()
    {
        const string Path = "/proc/cpuinfo";
        if (!File.Exists(Path))
        {
            return RuntimeInformation.ProcessArchitecture.ToString();
        }

        var values = File.ReadLines(Path)
            .TakeWhile(line => line.Length > 0)
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0])
            .ToDictionary(group => group.Key, group => group.First()[1]);
        string Value(string key) => values.GetValueOrDefault(key, "");
        int Number(string key) => int.TryParse(Value(key), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;
        return Known.TryGetValue((Value("vendor_id"), Number("cpu family"), Number("model")), out string? name)
            ? name
            : Value("model name") is { Length: > 0 } model ? model : RuntimeInformation.ProcessArchitecture.ToString();
    }
}
