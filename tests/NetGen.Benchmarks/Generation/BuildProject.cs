using System.Diagnostics;
using System.Globalization;
using System.Text;
using NetGen.Benchmarks.Peers;

namespace NetGen.Benchmarks.Generation;

/// <summary>What a build took.</summary>
/// <param name="Wall">Seconds by the clock.</param>
/// <param name="Processor">Seconds of all processors, the compiler's process included; NaN where GNU time is missing.</param>
/// <param name="Peak">Bytes of the largest process; NaN where GNU time is missing.</param>
/// <param name="Assembly">Bytes of the assembly.</param>
internal readonly record struct BuildCost(double Wall, double Processor, double Peak, long Assembly);

/// <summary>A project of a user's: it has networks, and nothing but the packed package.</summary>
internal sealed class BuildProject
{
    // GNU time knows what the compiler's process took, which is not our child.
    private const string Time = "/usr/bin/time";

    // In turn, and each wider from round to round, so that nothing is compiled twice.
    private static readonly (int[] Widths, NetworkStyle Style)[] Kinds =
    [
        ([2, 8, 1], new("Tanh", "Sigmoid", ", Loss = NetGen.Loss.BinaryCrossEntropy, Optimizer = NetGen.Optimizer.Adam")),
        ([4, 16, 16, 3], new("Tanh", "Linear", "")),
        ([64, 32, 10], new("Relu", "Softmax", ", Loss = NetGen.Loss.CategoricalCrossEntropy, Optimizer = NetGen.Optimizer.Adam")),
        ([8, 128, 128, 2], new("Tanh", "Linear", ", Optimizer = NetGen.Optimizer.Momentum")),
        ([250, 128, 5], new("Gelu", "Softmax", ", Loss = NetGen.Loss.CategoricalCrossEntropy, Optimizer = NetGen.Optimizer.AdamW")),
        ([784, 128, 10], new("Relu", "Softmax", ", Loss = NetGen.Loss.CategoricalCrossEntropy, Optimizer = NetGen.Optimizer.Adam")),
        ([27, 64, 32, 4], new("Silu", "Linear", ", Loss = NetGen.Loss.Huber, Optimizer = NetGen.Optimizer.RmsProp")),
    ];

    private readonly string _folder;

    private BuildProject(string name, string items)
    {
        _folder = Path.Combine(Folder, name);
        Directory.CreateDirectory(_folder);
        foreach (string shared in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
        {
            // Those of this repository would hold for a project below it, too.
            File.WriteAllText(Path.Combine(_folder, shared), "<Project />");
        }

        File.WriteAllText(Path.Combine(_folder, ".editorconfig"), "root = true\n");
        File.WriteAllText(Path.Combine(_folder, "nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(Folder, "packages")}" /></config>
              <packageSources><clear /><add key="packed" value="{Feed}" /></packageSources>
            </configuration>
            """);
        File.WriteAllText(Path.Combine(_folder, "Built.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="NetGen" Version="{Version}" />
                {items}
              </ItemGroup>
            </Project>
            """);
    }

    private static string Folder { get; } = Path.Combine(Repository.Artifacts, "build");

    private static string Feed { get; } = Path.Combine(Folder, "feed");

    // Unlike that of any package which a cache may hold.
    private static string Version { get; } = DateTime.UtcNow.ToString("'0.0.0-build.'yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    private static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Packs the package that the projects refer to. Null where it worked, otherwise why it did not.</summary>
    public static string? Pack()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        return Tool.Run(Dotnet, "pack", Path.Combine(Repository.Root, "src", "NetGen.Runtime"), "-c", "Release", "-o", Feed, $"-p:Version={Version}", "--nologo");
    }

    /// <summary>A project of so many networks.</summary>
    public static BuildProject OfNetworks(int count)
    {
        var project = new BuildProject($"networks-{count}", "");
        var text = new StringBuilder("internal static class Program { }\n");
        for (int i = 0; i < count; i++)
        {
            (int[] widths, NetworkStyle style) = Kinds[i % Kinds.Length];
            NetworkShape shape = new([.. widths.Select((w, layer) => layer > 0 && layer < widths.Length - 1 ? w + (i / Kinds.Length) : w)]);
            text.Append(NetworkSource.Network(shape, style).Replace(NetworkSource.ClassName(shape), $"Net{i}", StringComparison.Ordinal));
        }

        File.WriteAllText(Path.Combine(project._folder, "Networks.cs"), text.ToString());
        return project;
    }

    /// <summary>A project of one network that is compiled from a file.</summary>
    /// <param name="shape">What the file holds.</param>
    /// <param name="embeds">Whether the build embeds the file, as it does by itself.</param>
    public static BuildProject OfFile(NetworkShape shape, bool embeds)
    {
        string property = embeds ? "" : """</ItemGroup><PropertyGroup><NetGenEmbedModels>false</NetGenEmbedModels></PropertyGroup><ItemGroup>""";
        var project = new BuildProject($"file-{shape}{(embeds ? "" : "-as-text")}", """<AdditionalFiles Include="policy.onnx" />""" + property);
        var random = new Random(1);
        float[] parameters = [.. Enumerable.Range(0, (int)shape.Parameters).Select(_ => random.NextSingle() - 0.5f)];
        File.WriteAllBytes(Path.Combine(project._folder, "policy.onnx"), OnnxModel.Write(shape, parameters, rows: 1));
        File.WriteAllText(Path.Combine(project._folder, "Networks.cs"), "[NetGen.OnnxNetwork(\"policy.onnx\")] public partial class Policy { }\n");
        return project;
    }

    /// <summary>Builds it anew, once to restore packages and then so many times, of which the quickest counts.</summary>
    /// <exception cref="InvalidOperationException">The build failed.</exception>
    public BuildCost Measure(int repeats)
    {
        Build();
        BuildCost[] all = [.. Enumerable.Range(0, repeats).Select(_ => Build())];
        return new BuildCost(all.Min(c => c.Wall), all.Min(c => c.Processor), all.Min(c => c.Peak), all[0].Assembly);
    }

    private BuildCost Build()
    {
        // Neither a compiler's server nor a node of MSBuild that is warm from the build before.
        string[] build = ["build", _folder, "-c", "Release", "--no-incremental", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-v", "q", "--nologo"];
        string report = Path.Combine(_folder, "time.txt");
        bool hasTime = File.Exists(Time);
        long start = Stopwatch.GetTimestamp();
        string? failure = hasTime ? Tool.Run(Time, ["-f", "%U %S %M", "-o", report, Dotnet, .. build]) : Tool.Run(Dotnet, build);
        double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (failure is not null)
        {
            throw new InvalidOperationException(failure);
        }

        long assembly = new FileInfo(Path.Combine(_folder, "bin", "Release", "net10.0", "Built.dll")).Length;
        if (!hasTime)
        {
            return new BuildCost(wall, double.NaN, double.NaN, assembly);
        }

        double[] figures = [.. File.ReadAllText(report).Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        return new BuildCost(wall, figures[0] + figures[1], 1024 * figures[2], assembly);
    }
}
