using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace NetGen.Generator.Tests;

/// <summary>Each edit with the reason it must give to each step.</summary>
public class IncrementalityTests
{
    // The files of a network are one output. Adam takes a square root, which frameworks spell differently.
    private const string Net = "using NetGen;\n[Network(2, Optimizer = Optimizer.Adam)]\n[Dense(3)]\npublic partial class Net { }\n";
    private const string Other = "using NetGen;\n[Network(4, Optimizer = Optimizer.Adam)]\n[Dense(1)]\npublic partial class Other { }\n";

    [Fact]
    public void A_new_file_changes_nothing() =>
        Check(c => c.AddSyntaxTrees(Parse("class Unrelated { }", "C.cs")), parse: [Unchanged, Unchanged], consumer: [Unchanged], compile: [Cached, Cached], output: [Cached, Cached]);

    [Fact]
    public void A_moved_line_changes_nothing() =>
        Check(c => Edit(c, "\n\n// A comment\n" + Net), parse: [Unchanged, Unchanged], consumer: [Unchanged], compile: [Cached, Cached], output: [Cached, Cached]);

    [Fact]
    public void A_new_member_changes_nothing() =>
        Check(c => Edit(c, Net.Replace("{ }", "{ public int Mine; }", StringComparison.Ordinal)), parse: [Unchanged, Unchanged], consumer: [Unchanged], compile: [Cached, Cached], output: [Cached, Cached]);

    [Fact]
    public void A_changed_layer_changes_its_own_network_alone() =>
        Check(c => Edit(c, Net.Replace("[Dense(3)]", "[Dense(5)]", StringComparison.Ordinal)), parse: [Modified, Unchanged], consumer: [Unchanged], compile: [Modified, Cached], output: [Modified, Cached]);

    // Its error leaves one network.
    [Fact]
    public void Another_part_in_another_file_changes_its_network() =>
        Check(c => c.AddSyntaxTrees(Parse("partial class Net { int Step; }", "C.cs")), parse: [Modified, Unchanged], consumer: [Unchanged], compile: [Modified, Cached], output: [Modified, Cached]);

    [Fact]
    public void A_changed_framework_changes_what_it_must() =>
        Check(c => c.WithReferences(ConsumerReferences.Of(ConsumerFramework.NetStandard20)), parse: [Unchanged, Unchanged], consumer: [Modified], compile: [Modified, Modified], output: [Modified, Modified]);

    private static void Check(
        Func<CSharpCompilation, CSharpCompilation> edit,
        IncrementalStepRunReason[] parse,
        IncrementalStepRunReason[] consumer,
        IncrementalStepRunReason[] compile,
        IncrementalStepRunReason[] output)
    {
        RunOptions options = RunOptions.Default;
        CSharpCompilation first = CompileHelper.CreateCompilation([("A.cs", Net), ("B.cs", Other)], options);
        GeneratorDriver driver = CompileHelper.CreateDriver(options).RunGenerators(first);
        Assert.All(Caching.Reasons(driver), step => Assert.All(step.Value, reason => Assert.Equal(New, reason)));

        IReadOnlyDictionary<string, IReadOnlyList<IncrementalStepRunReason>> reasons =
            Caching.Reasons(driver.RunGenerators(edit(first)));
        Assert.Equal(parse, reasons[TrackingNames.Parse]);
        Assert.Equal(consumer, reasons[TrackingNames.Consumer]);
        Assert.Equal(compile, reasons[TrackingNames.Compile]);
        Assert.Equal(output, reasons["Output"]);
    }

    private static CSharpCompilation Edit(CSharpCompilation compilation, string text)
    {
        SyntaxTree old = compilation.SyntaxTrees.First();
        return compilation.ReplaceSyntaxTree(old, old.WithChangedText(SourceText.From(text)));
    }

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, RunOptions.Default.ParseOptions, path);
}
