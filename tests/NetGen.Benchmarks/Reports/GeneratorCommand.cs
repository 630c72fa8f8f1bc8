using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Benchmarks.Generation;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Reports;

/// <summary>What networks cost a build, and the generator by itself the compiler and the editor.</summary>
internal static class GeneratorCommand
{
    private const int Repeats = 21;
    private const int ManyNetworks = 100;
    private const int Builds = 3;

    public static int Run()
    {
        Generator();
        Console.WriteLine();
        return Build();
    }

    /// <summary>Whole builds of projects that have the packed package.</summary>
    public static int Build()
    {
        if (BuildProject.Pack() is { } failure)
        {
            Console.Error.WriteLine(failure);
            return 1;
        }

        var table = new TextTable("build", "s", "processor s", "peak MB", "assembly KB");
        foreach (int count in (int[])[0, 1, 20, 100])
        {
            Add($"{count} networks", BuildProject.OfNetworks(count));
        }

        foreach (NetworkShape shape in (NetworkShape[])[new(27, 128, 16, 4), new(168, 256, 512, 64, 8), new(243, 512, 512, 256, 39)])
        {
            Add($"a file of {Format.Number(shape.Weights / 1e3, 0)} k weights", BuildProject.OfFile(shape, embeds: true));
            Add("the same as text", BuildProject.OfFile(shape, embeds: false));
        }

        table.Print();
        return 0;

        void Add(string name, BuildProject project)
        {
            BuildCost cost = project.Measure(Builds);
            table.Add(name, Format.Number(cost.Wall, 1), Format.Number(cost.Processor, 1), Format.Number(cost.Peak / 1e6, 0), Format.Number(cost.Assembly / 1024.0, 0));
        }
    }

    private static void Generator()
    {
        NetworkShape usual = new(64, 32, 10);
        var table = new TextTable("generator", "ms", "KB of C#");

        // First of all: whatever runs before would warm it up.
        CSharpCompilation one = NetworkCompilation.Create([NetworkSource.Network(usual)]);
        table.Add($"{usual}, first run in a process", Milliseconds(Time(one, NetworkCompilation.CreateDriver(), out _)), Kilobytes(one));

        (NetworkShape Shape, CSharpCompilation Compilation)[] shapes =
        [
            .. NetworkShape.All.Append(new NetworkShape(784, 256, 128, 10)).Select(shape => (shape, NetworkCompilation.Create([NetworkSource.Network(shape)]))),
        ];
        Jit.Settle(() =>
        {
            foreach ((_, CSharpCompilation compilation) in shapes.Concat(shapes))
            {
                Time(compilation, NetworkCompilation.CreateDriver(), out _);
            }
        });
        foreach ((NetworkShape shape, CSharpCompilation compilation) in shapes)
        {
            table.Add($"{shape}, warm", Median(() => Time(compilation, NetworkCompilation.CreateDriver(), out _)), Kilobytes(compilation));
        }

        // Distinct widths, so that nothing is found twice.
        CSharpCompilation many = NetworkCompilation.Create(
            Enumerable.Range(0, ManyNetworks).Select(i => NetworkSource.Network(new NetworkShape(8 + i, 16, 4))));
        table.Add($"{ManyNetworks} networks, warm", Median(() => Time(many, NetworkCompilation.CreateDriver(), out _)), Kilobytes(many));
        table.Add($"{ManyNetworks} networks, after an unrelated edit", Median(() => TimeAfterEdit(many, "class Unrelated { }")), "");
        table.Add($"{ManyNetworks} networks, after one is added", Median(() => TimeAfterEdit(many, NetworkSource.Network(usual))), "");
        table.Print();
    }

    private static double Time(Compilation compilation, GeneratorDriver driver, out GeneratorDriver ran)
    {
        long start = Stopwatch.GetTimestamp();
        ran = driver.RunGenerators(compilation);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double TimeAfterEdit(CSharpCompilation compilation, string text)
    {
        Time(compilation, NetworkCompilation.CreateDriver(), out GeneratorDriver driver);
        return Time(compilation.AddSyntaxTrees(NetworkCompilation.Parse(text)), driver, out _);
    }

    private static string Kilobytes(Compilation compilation)
    {
        Time(compilation, NetworkCompilation.CreateDriver(), out GeneratorDriver driver);
        return Format.Number(driver.GetRunResult().GeneratedTrees.Sum(tree => tree.Length) / 1024.0, 0);
    }

    private static string Median(Func<double> time) =>
        Milliseconds(Interleaved.Median([.. Enumerable.Range(0, Repeats).Select(_ => time())]));

    private static string Milliseconds(double seconds) => Format.Number(seconds * 1e3, 2);
}
