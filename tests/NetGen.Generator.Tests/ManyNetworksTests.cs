using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests;

/// <summary>In a program of many networks an edit compiles the one that it is about, wherever that stands among the others.</summary>
public class ManyNetworksTests
{
    private static readonly string[] Names = ["Ant", "Bee", "Cow", "Dog", "Eel", "Fox"];

    /// <summary>What becomes of the declarations, and the networks that this compiles.</summary>
    public static TheoryData<string, bool, string> Edits { get; } = new(
        from edit in new[]
        {
            ("add first", "New"),
            ("add last", "New"),
            ("add one that takes a name", "ANT"),
            ("remove", ""),
            ("rename", "Ape"),
            ("half type", ""),
            ("break", ""),
            ("move last", ""),
            ("change", "Bee"),
            ("add comment", ""),
        }
        from oneFile in new[] { true, false }
        select (edit.Item1, oneFile, edit.Item2));

    [Theory]
    [MemberData(nameof(Edits))]
    public void Only_what_is_edited_is_compiled(string edit, bool oneFile, string compiled)
    {
        List<string> declarations = [.. Names.Select(Declare)];
        Run(declarations, oneFile, () => Edit(declarations, edit), out string[] again, out GeneratorDriver driver);

        Assert.Equal(compiled.Length == 0 ? [] : [compiled], again);

        // What was generated is what a new driver generates.
        GeneratorDriver fresh = CompileHelper.CreateDriver(RunOptions.Default).RunGenerators(Compile(declarations, oneFile), TestContext.Current.CancellationToken);
        Assert.Equal(Files(fresh), Files(driver));
    }

    [Fact]
    public void Steps_of_other_files_are_cached()
    {
        List<string> declarations = [.. Names.Select(Declare)];
        Run(declarations, oneFile: false, () => declarations[1] = Declare("Ape"), out _, out GeneratorDriver driver);

        IReadOnlyDictionary<string, IReadOnlyList<IncrementalStepRunReason>> reasons = Caching.Reasons(driver);
        Assert.Equal(1, reasons[TrackingNames.Compile].Count(r => r != IncrementalStepRunReason.Cached));
        Assert.Equal(1, reasons["Output"].Count(r => r != IncrementalStepRunReason.Cached));
    }

    [Fact]
    public void What_nobody_holds_is_forgotten()
    {
        var memo = new WeakMemo<int, object>();
        int made = 0;
        object held = memo.Get(1, Make);
        Let(go: 2);
        GC.Collect();

        Assert.Same(held, memo.Get(1, Make));
        Assert.Equal(2, made);
        Assert.NotNull(memo.Get(2, Make));
        Assert.Equal(3, made);
        GC.KeepAlive(held);

        [MethodImpl(MethodImplOptions.NoInlining)]
        void Let(int go) => memo.Get(go, Make);

        object Make(int key)
        {
            made++;
            return new object();
        }
    }

    private static string Declare(string name) => $"[NetGen.Network(2, Simd = NetGen.Simd.None)] [NetGen.Dense(3)] partial class {name} {{ }}\n";

    private static void Edit(List<string> declarations, string edit)
    {
        switch (edit)
        {
            case "add first":
                declarations.Insert(0, Declare("New"));
                break;
            case "add last":
                declarations.Add(Declare("New"));
                break;
            case "add one that takes a name":
                declarations.Insert(2, Declare("ANT"));
                break;
            case "remove":
                declarations.RemoveAt(0);
                break;
            case "rename":
                declarations[1] = Declare("Ape");
                break;
            case "half type":
                declarations[1] = declarations[1].Replace("[NetGen.Dense(3)]", "[NetGen.Dense()]", StringComparison.Ordinal);
                break;
            case "break":
                declarations[1] = declarations[1].Replace("partial ", "", StringComparison.Ordinal);
                break;
            case "move last":
                declarations.Add(declarations[0]);
                declarations.RemoveAt(0);
                break;
            case "change":
                declarations[1] = declarations[1].Replace("Dense(3)", "Dense(4)", StringComparison.Ordinal);
                break;
            default:
                declarations.Insert(0, "// A comment\n");
                break;
        }
    }

    private static void Run(List<string> declarations, bool oneFile, Action edit, out string[] again, out GeneratorDriver driver)
    {
        var compiled = new List<string>();
        driver = CompileHelper.CreateDriver(RunOptions.Default with { Entered = (name, stage) => compiled.AddRange(stage == nameof(Stage.Plan) ? [name] : []) });
        CSharpCompilation first = Compile(declarations, oneFile);
        driver = driver.RunGenerators(first);
        Assert.Equal(Names, compiled.Order(StringComparer.Ordinal));

        compiled.Clear();
        edit();
        driver = driver.RunGenerators(Next(first, declarations, oneFile));
        again = [.. compiled];
    }

    private static CSharpCompilation Compile(List<string> declarations, bool oneFile) => CompileHelper.CreateCompilation(Sources(declarations, oneFile), RunOptions.Default);

    // As an editor does: files that stay are the same trees.
    private static CSharpCompilation Next(CSharpCompilation first, List<string> declarations, bool oneFile)
    {
        SyntaxTree[] trees = [.. Sources(declarations, oneFile).Select(s => first.SyntaxTrees.FirstOrDefault(t => t.ToString() == s.Text) ?? CSharpSyntaxTree.ParseText(s.Text, RunOptions.Default.ParseOptions, s.Path))];
        if (trees.Length == first.SyntaxTrees.Length && trees.Count(first.ContainsSyntaxTree) == trees.Length - 1)
        {
            return first.ReplaceSyntaxTree(first.SyntaxTrees.Single(t => !trees.Contains(t)), trees.Single(t => !first.ContainsSyntaxTree(t)));
        }

        return first.RemoveAllSyntaxTrees().AddSyntaxTrees(trees);
    }

    private static IEnumerable<(string Path, string Text)> Sources(List<string> declarations, bool oneFile) => oneFile
        ? [("All.cs", string.Concat(declarations))]
        : declarations.Select((text, i) => ($"File{i}.cs", text));

    private static IEnumerable<(string, string)> Files(GeneratorDriver driver) => driver.GetRunResult().Results[0].GeneratedSources
        .Select(s => (s.HintName, s.SourceText.ToString()))
        .OrderBy(s => s.HintName, StringComparer.Ordinal);
}
