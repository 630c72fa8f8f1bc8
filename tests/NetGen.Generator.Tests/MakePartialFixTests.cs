using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.CodeFixes;

namespace NetGen.Generator.Tests;

public class MakePartialFixTests
{
    [Theory]
    [InlineData(
        "[Network(2)] [Dense(1)] class Net { }",
        "[Network(2)] [Dense(1)] partial class Net { }")]
    [InlineData(
        "[Network(2)]\n[Dense(1)]\npublic /* a */ sealed // b\n    class /* c */ Net\n{\n}\n",
        "[Network(2)]\n[Dense(1)]\npublic /* a */ sealed // b\n    partial class /* c */ Net\n{\n}\n")]
    [InlineData(
        "#pragma warning disable NG0023\r\n/// <summary>Doc.</summary>\r\n[Network(2)] [Dense(1)]\r\npublic record class Net;",
        "#pragma warning disable NG0023\r\n/// <summary>Doc.</summary>\r\n[Network(2)] [Dense(1)]\r\npublic partial record class Net;")]
    [InlineData(
        "public static class Outer { [Network(2)] [Dense(1)] partial class Net { } }",
        "public static partial class Outer { [Network(2)] [Dense(1)] partial class Net { } }")]
    [InlineData(
        "// Lead.\nrecord struct Outer { [Network(2)] [Dense(1)] partial class Net { } }",
        "// Lead.\npartial record struct Outer { [Network(2)] [Dense(1)] partial class Net { } }")]
    public async Task Adds_the_modifier_and_keeps_the_rest(string before, string after)
    {
        using var workspace = new AdhocWorkspace();
        Document document = Create(workspace, before);
        Diagnostic diagnostic = Assert.Single(await Diagnose(document.Project));
        CodeAction action = await Offer(document, diagnostic);

        Solution fixedSolution = await Apply(action);
        Assert.Equal(after, await Text(fixedSolution.GetDocument(document.Id)!));
        Assert.Empty(await Diagnose(fixedSolution.GetProject(document.Project.Id)!));
    }

    [Fact]
    public async Task Fixes_all_in_a_project()
    {
        const string Before = """
            class A
            {
                class B
                {
                    [Network(2)] [Dense(1)] class One { }
                    [Network(2)] [Dense(1)] class Two { }
                }
            }
            """;
        using var workspace = new AdhocWorkspace();
        Document document = Create(workspace, Before);
        Document second = document.Project.AddDocument("B.cs", "class C { [Network(2)] [Dense(1)] class Net { } }");
        document = second.Project.GetDocument(document.Id)!;

        // One id at a time, as an IDE does.
        Solution solution = document.Project.Solution;
        foreach (string id in new[] { "NG0001", "NG0002" })
        {
            Project project = solution.GetProject(document.Project.Id)!;
            Diagnostic[] diagnostics = [.. (await Diagnose(project)).Where(d => d.Id == id)];
            Assert.NotEmpty(diagnostics);
            var fix = new MakePartialFix();
            CodeAction first = await Offer(project.GetDocument(diagnostics[0].Location.SourceTree)!, diagnostics[0]);
            CodeAction? all = await fix.GetFixAllProvider().GetFixAsync(new FixAllContext(
                project.GetDocument(document.Id)!,
                fix,
                FixAllScope.Project,
                first.EquivalenceKey!,
                [id],
                new Provider(diagnostics),
                TestContext.Current.CancellationToken));
            solution = await Apply(all!);
        }

        Assert.Equal(Before.Replace("class", "partial class", StringComparison.Ordinal), await Text(solution.GetDocument(document.Id)!));
        Assert.Equal("partial class C { [Network(2)] [Dense(1)] partial class Net { } }", await Text(solution.GetDocument(second.Id)!));
        Assert.Empty(await Diagnose(solution.GetProject(document.Project.Id)!));
    }

    private static Document Create(AdhocWorkspace workspace, string text)
    {
        Project project = workspace.AddProject("Consumer", LanguageNames.CSharp)
            .WithParseOptions(RunOptions.Default.ParseOptions)
            .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .AddMetadataReferences(ConsumerReferences.Of(ConsumerFramework.Net10))
            .AddDocument("Usings.cs", "global using NetGen;").Project;
        return project.AddDocument("A.cs", text);
    }

    private static async Task<IReadOnlyList<Diagnostic>> Diagnose(Project project)
    {
        Compilation? compilation = await project.GetCompilationAsync(TestContext.Current.CancellationToken);
        return CompileHelper.Analyze(compilation!);
    }

    private static async Task<CodeAction> Offer(Document document, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        await new MakePartialFix().RegisterCodeFixesAsync(
            new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        return Assert.Single(actions);
    }

    private static async Task<Solution> Apply(CodeAction action)
    {
        var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        return Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution;
    }

    private static async Task<string> Text(Document document) =>
        (await document.GetTextAsync(TestContext.Current.CancellationToken)).ToString();

    private sealed class Provider(IReadOnlyList<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            SyntaxTree? tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return diagnostics.Where(d => d.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
