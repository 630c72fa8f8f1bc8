using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests;

public class DiagnosticTests
{
    public static TheoryData<int> Cases { get; } = [.. Enumerable.Range(0, DiagnosticCase.All.Length)];

    public static TheoryData<string> Ids { get; } = [.. Descriptors.All.Select(d => d.Id)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Is_reported_once_and_at_the_wrong_token(int index)
    {
        DiagnosticCase test = DiagnosticCase.All[index];
        var markup = Markup.Parse("using NetGen; " + test.Markup);
        GeneratorRun run = Run(markup.Source, test);

        Diagnostic diagnostic = Assert.Single(run.AnalyzerDiagnostics);
        Assert.Equal(test.Id, diagnostic.Id);
        Assert.Equal(markup.Source[markup.Span.Start..markup.Span.End], markup.Source[diagnostic.Location.SourceSpan.Start..diagnostic.Location.SourceSpan.End]);
        Assert.Equal(markup.Span, diagnostic.Location.SourceSpan);
        Assert.Contains(test.Message, diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.Empty(run.DriverDiagnostics);
        IEnumerable<GeneratedText> sources = run.Sources.Where(s => test.Other is null || !s.HintName.StartsWith(test.Other, StringComparison.Ordinal));
        Assert.Equal(diagnostic.Severity == DiagnosticSeverity.Error, sources.All(Steps.IsOutline));
    }

    [Theory]
    [InlineData("[Network(2)] [Dense(1)] partial class Net { void Forward(int x) { } void Step() { } float Backward(ref System.ReadOnlySpan<float> t) => 0; }")]
    [InlineData("[Network(2)] [Dense(1)] partial class Net { void SgdStep<T>(float x) { } int inputCount; int Forwards; }")]
    [InlineData("[Network(2, Training = false)] [Dense(1)] partial class Net { void Backward() { } int Step; }")]
    [InlineData("[Network(2, Training = false)] [Dense(3, Activation.Softmax)] partial class Net { }")]
    [InlineData("[Network(2, Loss = Loss.BinaryCrossEntropy)] [Dense(3, Activation.Softmax)] partial class Net { }")]
    [InlineData("[Network(2, Loss = Loss.BinaryCrossEntropy)] [Dense(3, Activation.Sigmoid)] partial class Net { }")]
    [InlineData("[Network(2, Loss = Loss.CategoricalCrossEntropy)] [Dense(3, Activation.Softmax)] partial class Net { }")]
    [InlineData("[Network(15)] [Dense(1 << 24)] partial class Net { }")]
    [InlineData("[Network(2)] [Dense(1)] public abstract partial class Net<T> : System.IDisposable { public abstract void Dispose(); protected Net(int x) { } }")]
    [InlineData("static class Sizes { public const int In = 4, Out = In / 2; } [Network(Sizes.In)] [Dense(Sizes.Out)] partial class Net { }")]
    [InlineData("[Network(2)] [Dense(1)] partial class Net { static float Tanh(float x) => x; int Exp; } [Network(2)] [Dense(1)] partial class Sigmoid { }")]
    [InlineData("[Network(2)] [Dense(1, Activation.Tanh)] partial class Net { static double Tanh(double x) => x; int tanh; }")]
    [InlineData("[Network(2, Training = false)] [Dense(1)] partial class Net { int _gradients; void BackPropagate() { } } class Derived : Net { int Step; new int InputCount; }")]
    [InlineData("class Base : INetworkLike { private int Step; void INetworkLike.SgdStep(float x) { } protected void Forward(int x) { } } interface INetworkLike { void SgdStep(float x); } [Network(2)] [Dense(1)] partial class Net : Base { }")]
    [InlineData("class Base<T> { public void Step(T x) { } } interface I { int InputCount => 1; } [Network(2)] [Dense(1)] partial class Net : Base<double>, I { }")]
    [InlineData("[Network(2)] [Dense(4, Activation.Relu)] [Dense(1, Initializer = Initializer.Zeros)] partial class Net { }")]
    [InlineData("[Network(2, Training = false)] [Dense(4, Initializer = Initializer.Zeros)] [Dense(1, Activation.Relu)] partial class Net { }")]
    [InlineData("[Network(2)] [Dense(4, Activation.Relu)] [Dense(1, Activation.Softplus)] partial class Net { }")]
    [InlineData("[Network(8)] [Dense(2)] [Dense(8)] partial class Autoencoder { }")]
    [InlineData("[Network(64)] [Dense(4)] [Dense(16, Activation.Tanh)] [Dense(2)] partial class Bottleneck { }")]
    [InlineData("[Network(2)] [Dense(8, Activation.Tanh)] [Dense(1)] partial class Net { }")]
    [InlineData("static partial class A { partial interface B { ref partial struct C { [Network(2)] [Dense(1)] partial class Net { } } } }")]
    public void Nothing_is_said_of_what_is_right(string declaration)
    {
        GeneratorRun run = Run("using NetGen; " + declaration);

        Assert.Empty(run.AnalyzerDiagnostics);
        Assert.NotEmpty(run.Sources);
    }

    [Fact]
    public void Reports_all_that_is_wrong_at_once()
    {
        GeneratorRun run = Run("using NetGen; [Network(0, Loss = (Loss)50)] [Dense(0, (Activation)77)] record Net { int Step; }");

        Assert.Equal(["NG0001", "NG0009", "NG0010", "NG0011", "NG0011", "NG0013", "NG0023"], run.AnalyzerDiagnostics.Select(d => d.Id).Order());
    }

    [Fact]
    public void Members_that_the_generator_added_do_not_collide()
    {
        const string User = "using NetGen; [Network(2)] [Dense(1)] public partial class Net { }";
        const string Generated = "public partial class Net { public const int InputCount = 2; public void Step(float lr) { } }";
        string path = $"obj/NetGen.Generator/{typeof(NetGenGenerator).FullName}/Net.g.cs";
        CSharpCompilation compilation = CompileHelper.CreateCompilation([("User.cs", User), (path, Generated)], RunOptions.Default);

        Assert.Empty(CompileHelper.Analyze(compilation));
    }

    [Theory]
    [InlineData("[Network(4)] [Dense(8)] partial class Net { }")]
    [InlineData("static class Sizes { public const int In = 4; } [Network(Sizes.In)] [Dense(2)] partial class Net { }")]
    public void Nothing_is_said_where_the_generator_has_yet_to_run(string declaration)
    {
        CSharpCompilation compilation = CompileHelper.CreateCompilation([("User.cs", "using NetGen; " + declaration)], RunOptions.Default);

        Assert.Empty(CompileHelper.Analyze(compilation));
    }

    [Theory]
    [InlineData("[Network(Encoder.OutputCount)] [Dense(0)] partial class Net { }", "NG0010")]
    [InlineData("[Network(Encoder.OutputCount)] [Dense(2)] class Net { }", "NG0001")]
    [InlineData("[Network(Encoder.Missing)] [Dense(2)] partial class Net { }")]
    [InlineData("partial class Net { const int Own = Own + 1; [Network(Own)] [Dense(2)] partial class Inner { } }")]
    public void An_unseen_argument_is_no_matter_where_another_error_is_the_reason(string declaration, params string[] ids)
    {
        GeneratorRun run = Run("using NetGen; [Network(4)] [Dense(8)] partial class Encoder { } " + declaration);

        Assert.Equal(ids, run.AnalyzerDiagnostics.Select(d => d.Id));
    }

    [Fact]
    public void Every_unseen_argument_is_reported()
    {
        GeneratorRun run = Run("""
            using NetGen;
            [Network(4)] [Dense(8)] partial class Encoder { }
            [Network(Encoder.OutputCount, Loss = Loss.Huber)] [Dense(16, Activation.Tanh)] [Dense(Encoder.InputCount)] partial class Decoder { }
            [Network(Decoder.OutputCount)] [Dense(1)] partial class Last { }
            """);

        // What is generated for Decoder are the members of a class that was not compiled: Last has its number from there.
        Assert.All(run.AnalyzerDiagnostics, d => Assert.Equal("NG0022", d.Id));
        Assert.Equal([2, 2, 3], run.AnalyzerDiagnostics.Select(d => d.Location.GetLineSpan().StartLinePosition.Line));
    }

    [Fact]
    public void A_constant_of_a_tool_is_fine_where_the_generator_sees_it()
    {
        (string, string)[] sources =
        [
            ("Net.cs", "[NetGen.Network(Sizes.In)] [NetGen.Dense(2)] partial class Net { }"),
            ("Sizes.g.cs", "static class Sizes { public const int In = 4; }"),
        ];

        Assert.Empty(CompileHelper.Run(sources).AnalyzerDiagnostics);

        // As if another generator had added it.
        Diagnostic unseen = Assert.Single(CompileHelper.Analyze(CompileHelper.CreateCompilation(sources, RunOptions.Default)));
        Assert.Equal("NG0022", unseen.Id);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Pragma_and_editorconfig_are_honoured(string id)
    {
        DiagnosticCase test = DiagnosticCase.All.First(c => c.Id == id);
        string source = "using NetGen; " + Markup.Parse(test.Markup).Source;

        Assert.Contains(id, Run(source, test).AnalyzerDiagnostics.Select(d => d.Id));
        Assert.Empty(Run($"#pragma warning disable {id}\n{source}", test).AnalyzerDiagnostics);
        Assert.Empty(Run(source, test, $"[*.cs]\ndotnet_diagnostic.{id}.severity = none\n").AnalyzerDiagnostics);
        Diagnostic info = Assert.Single(Run(source, test, $"[*.cs]\ndotnet_diagnostic.{id}.severity = suggestion\n").AnalyzerDiagnostics);
        Assert.Equal(DiagnosticSeverity.Info, info.Severity);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Has_a_page_whose_examples_are_true(string id)
    {
        DiagnosticDescriptor descriptor = Descriptors.All.Single(d => d.Id == id);
        string page = File.ReadAllText(RepositoryFile($"docs/diagnostics/{id}.md"));

        Assert.StartsWith($"# {id}: {descriptor.Title}\n", page, StringComparison.Ordinal);
        Assert.EndsWith($"/blob/main/docs/diagnostics/{id}.md", descriptor.HelpLinkUri, StringComparison.Ordinal);
        Assert.Contains("\n## When to suppress it\n", page, StringComparison.Ordinal);
        string[] examples = [.. Regex.Matches(page, @"```csharp\n(.*?)```", RegexOptions.Singleline).Select(m => "using NetGen;\n" + m.Groups[1].Value)];
        Assert.Equal(2, examples.Length);
        Assert.Equal([id], Run(examples[0], DiagnosticCase.All.First(c => c.Id == id)).AnalyzerDiagnostics.Select(d => d.Id));
        Assert.Empty(Run(examples[1]).AnalyzerDiagnostics);
    }

    [Fact]
    public void Every_row_has_a_release_entry_and_a_case()
    {
        string releases = File.ReadAllText(RepositoryFile("src/NetGen.Generator/AnalyzerReleases.Shipped.md"))
            + File.ReadAllText(RepositoryFile("src/NetGen.Generator/AnalyzerReleases.Unshipped.md"));
        foreach (DiagnosticDescriptor descriptor in Descriptors.All)
        {
            Assert.Matches(@$"(?m)^{descriptor.Id} +\| NetGen +\| {descriptor.DefaultSeverity} +\| {Regex.Escape(descriptor.Title.ToString())}$", releases);
            Assert.Contains(DiagnosticCase.All, test => test.Id == descriptor.Id);
        }

        DiagnosticDescriptor?[] fields = [.. typeof(Descriptors).GetFields().Select(f => (DiagnosticDescriptor?)f.GetValue(null))];
        Assert.Equal(fields.OfType<DiagnosticDescriptor>().Select(d => d.Id), Descriptors.All.Select(d => d.Id));
        Assert.Equal(Enumerable.Range(1, Descriptors.All.Count).Select(i => $"NG{i:0000}"), Descriptors.All.Select(d => d.Id));
        Assert.Equal(Descriptors.All.Count, Directory.GetFiles(RepositoryFile("docs/diagnostics"), "NG*.md").Length);
    }

    [Fact]
    public void Every_pair_of_activation_and_loss_is_judged_by_its_rows()
    {
        ImmutableArray<string> warnings = ["NG0016", "NG0017", "NG0018", "NG0034"];
        var source = new System.Text.StringBuilder("using NetGen;\n");
        var expected = new List<bool>();
        foreach (ActivationRow activation in Activations.All)
        {
            foreach (LossRow loss in Losses.All)
            {
                source.Append($"[Network(2, Loss = Loss.{loss.Name}, Simd = Simd.None)] [Dense(2, Activation.{activation.Name})] partial class {activation.Name}{loss.Name} {{ }}\n");
                bool fits = loss.FusedActivation == activation.Name
                    || (loss.NeedsProbability ? loss.FusedActivation != "Softmax" && activation.IsProbability : !activation.IsDistribution && activation.Name is not ("Relu" or "Relu6"));
                expected.Add(!fits);
            }
        }

        ImmutableArray<Diagnostic> diagnostics = Run(source.ToString()).AnalyzerDiagnostics;
        Assert.All(diagnostics, d => Assert.Contains(d.Id, warnings));
        Assert.Equal(
            expected.Select((bad, i) => (bad, i)).Where(p => p.bad).Select(p => p.i + 1),
            diagnostics.Select(d => d.Location.GetLineSpan().StartLinePosition.Line));
    }

    // Like null: in a project that lacks nothing.
    private static GeneratorRun Run(string source, DiagnosticCase? like = null, string? editorConfig = null) =>
        CompileHelper.Run(source, (like ?? new DiagnosticCase("", "", "")).Project with { EditorConfig = editorConfig });

    private static string RepositoryFile(string path, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", path);
}
