using System.Runtime.InteropServices;
using NetGen.Benchmarks.Peers;

namespace NetGen.Benchmarks.Startup;

/// <summary>One way to build tests/NetGen.Startup.</summary>
/// <param name="Variant">The name of its folder.</param>
/// <param name="Properties">As tests/NetGen.Startup/NetGen.Startup.csproj understands them.</param>
/// <param name="IsNative">The program runs without a runtime beside it.</param>
/// <param name="Optimized">Compiled from a copy of the generated files, where that is another choice than the generator's.</param>
internal sealed record Publication(string Variant, string[] Properties, bool IsNative = false, OptimizedMethods Optimized = OptimizedMethods.AsGenerated)
{
    private const string InstructionSet = "x86-64-v3";

    public static readonly Publication Jit = new("Jit", []);
    public static readonly Publication ReadyToRun = new("ReadyToRun", ["StartupReadyToRun=true"]);
    public static readonly Publication NativeAot = new("NativeAot", ["StartupAot=true"], IsNative: true);
    public static readonly Publication NativeAotV3 = new("NativeAotV3", ["StartupAot=true", $"StartupInstructionSet={InstructionSet}"], IsNative: true);
    public static readonly Publication NoneOptimized = new("NoneOptimized", ["StartupCopy=true"], Optimized: OptimizedMethods.None);
    public static readonly Publication AllOptimized = new("AllOptimized", ["StartupCopy=true"], Optimized: OptimizedMethods.All);

    private const string Project = "NetGen.Startup";

    private string Folder => Path.Combine(Repository.Artifacts, "startup", Variant);

    /// <summary>What the generator wrote for this publication.</summary>
    private string Generated => Path.Combine(Folder, "generated");

    private string Programs => Path.Combine(Folder, "program");

    /// <summary>The program, and what comes before the arguments.</summary>
    public (string Program, string[] Arguments) Command => IsNative
        ? (Path.Combine(Programs, OperatingSystem.IsWindows() ? $"{Project}.exe" : Project), [])
        : (Dotnet, [Path.Combine(Programs, $"{Project}.dll")]);

    private static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Null where it worked, otherwise why it did not.</summary>
    public string? Publish()
    {
        if (Properties.Any(p => p.EndsWith(InstructionSet, StringComparison.Ordinal)) && RuntimeInformation.OSArchitecture != Architecture.X64)
        {
            return "the processor is not an x64";
        }

        // Generated files of networks that are gone would stay, and those of a build that is up to date are not written again.
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        if (Optimized != OptimizedMethods.AsGenerated)
        {
            if (!Directory.Exists(Jit.Generated))
            {
                return $"{Jit.Variant} is missing, whose files it copies";
            }

            OptimizedCopy.Write(Jit.Generated, Path.Combine(Folder, "copy"), Optimized);
        }

        return Tool.Run(
            Dotnet,
            [
                "publish", Path.Combine(Repository.Root, "tests", Project), "-c", "Release", "-o", Programs, "--nologo",
                .. Properties.Prepend($"StartupVariant={Variant}").Select(p => "-p:" + p),
            ]);
    }
}
