using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Testing.Onnx;

namespace NetGen.Generator.Tests.Onnx;

/// <summary>An editor analyzes at every keystroke: that must not import a model file each time.</summary>
public sealed class OnnxAnalysisTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netgen-analysis-").FullName;
    private readonly List<string> _entered = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_unchanged_file_is_imported_once()
    {
        BinaryFile file = File(1);
        Assert.Equal(["NG0018"], await Analyze(file, "Loss = Loss.CategoricalCrossEntropy, Training = true"));
        Assert.Equal(["Net Parse", "Net Read", "Net Build"], _entered);

        // The same for another text around it, and for options that do not choose what is imported.
        _entered.Clear();
        Assert.Equal(["NG0018"], await Analyze(file, "Loss = Loss.CategoricalCrossEntropy, Training = true", "// A comment\n"));
        Assert.Equal(["NG0017"], await Analyze(file, "Loss = Loss.BinaryCrossEntropy, Training = true"));
        Assert.DoesNotContain("Net Build", _entered);
    }

    [Fact]
    public async Task Another_content_or_other_options_are_imported()
    {
        BinaryFile file = File(1);
        Assert.Empty(await Analyze(file, "Training = true"));
        Assert.Empty(await Analyze(File(2), "Training = true"));
        Assert.Empty(await Analyze(file, "Outputs = new[] { \"y\" }"));
        Assert.Equal(["NG0026"], await Analyze(file, "Outputs = new[] { \"z\" }"));
        Assert.Equal(["NG0026"], await Analyze(file, "Outputs = new[] { \"z\" }"));
        Assert.Equal(4, _entered.Count(e => e == "Net Build"));
    }

    [Fact]
    public async Task Cancellation_ends_it()
    {
        using var source = new CancellationTokenSource();
        BinaryFile file = File(1);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Analyze(file, "Training = true", cancelAt: "Net Build", source: source));

        // What was broken off is no result.
        Assert.Equal(["NG0018"], await Analyze(file, "Loss = Loss.CategoricalCrossEntropy, Training = true"));
        Assert.Throws<OperationCanceledException>(() => OnnxImporter.Import(OnnxModel.Read(Policy(1)), [], source.Token));
    }

    private async Task<IEnumerable<string>> Analyze(BinaryFile file, string options, string lead = "", string? cancelAt = null, CancellationTokenSource? source = null)
    {
        CSharpCompilation compilation = CompileHelper.CreateCompilation(
            [("A.cs", $"{lead}using NetGen; [OnnxNetwork(\"policy.onnx\", {options})] partial class Net {{ }}")],
            RunOptions.Default);
        var analyzer = new NetworkAnalyzer((network, stage) =>
        {
            _entered.Add($"{network} {stage}");
            if ($"{network} {stage}" == cancelAt)
            {
                source!.Cancel();
            }
        });
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers([analyzer], new AnalyzerOptions([file]));
        ImmutableArray<Diagnostic> found = await analysis.GetAnalyzerDiagnosticsAsync(source?.Token ?? TestContext.Current.CancellationToken);
        return found.Select(d => d.Id);
    }

    private BinaryFile File(float weight)
    {
        string path = Path.Combine(_folder, "policy.onnx");
        System.IO.File.WriteAllBytes(path, Policy(weight));
        return new BinaryFile(path);
    }

    private static byte[] Policy(float weight) => new OnnxFile()
        .Input("x", [null, 1])
        .Initializer("W", [1, 2], [weight, 1])
        .Node("Gemm", ["x", "W"], ["y"])
        .Output("y", [null, 2])
        .ToArray();
}
