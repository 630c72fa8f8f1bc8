using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using NetGen.CodeFixes;

namespace NetGen.Generator.Tests;

/// <summary>Names that other libraries use lead to NetGen's.</summary>
public class MistakenMemberTests
{
    [Theory]
    [InlineData("Activation", "ReLU", "Relu")]
    [InlineData("Activation", "LeakyReLU", "LeakyRelu")]
    [InlineData("Activation", "LEAKY_RELU", "LeakyRelu")]
    [InlineData("Activation", "GELU", "Gelu")]
    [InlineData("Activation", "SiLU", "Silu")]
    [InlineData("Activation", "Swish", "Silu")]
    [InlineData("Activation", "ELU", "Elu")]
    [InlineData("Activation", "SELU", "Selu")]
    [InlineData("Activation", "Identity", "Linear")]
    [InlineData("Activation", "Sigmiod", "Sigmoid")]
    [InlineData("Activation", "SoftMax", "Softmax")]
    [InlineData("Loss", "MSE", "MeanSquaredError")]
    [InlineData("Loss", "MSELoss", "MeanSquaredError")]
    [InlineData("Loss", "mae", "MeanAbsoluteError")]
    [InlineData("Loss", "RMSE", "RootMeanSquaredError")]
    [InlineData("Loss", "BCE", "BinaryCrossEntropy")]
    [InlineData("Loss", "CrossEntropy", "CategoricalCrossEntropy")]
    [InlineData("Loss", "MeanSqaredError", "MeanSquaredError")]
    [InlineData("Loss", "SmoothL1Loss", "Huber")]
    [InlineData("Optimizer", "GradientDescent", "Sgd")]
    [InlineData("Optimizer", "SGD", "Sgd")]
    [InlineData("Optimizer", "RMSprop", "RmsProp")]
    [InlineData("Optimizer", "ADAM", "Adam")]
    [InlineData("Initializer", "Xavier", "XavierUniform")]
    [InlineData("Initializer", "GlorotNormal", "XavierNormal")]
    [InlineData("Initializer", "He", "HeNormal")]
    [InlineData("Initializer", "Kaiming", "HeNormal")]
    [InlineData("Initializer", "Zero", "Zeros")]
    [InlineData("Activation", "Transformer", null)]
    [InlineData("Optimizer", "X", null)]
    [InlineData("Loss", "", null)]
    public void Finds_what_is_meant(string type, string given, string? meant) =>
        Assert.Equal(meant, SimilarNames.Find(given, type, Members(type), Catalogue.Aliases(type)));

    [Theory]
    [InlineData("Activation")]
    [InlineData("Loss")]
    [InlineData("Optimizer")]
    [InlineData("Initializer")]
    public void An_alias_is_of_one_row_and_no_other_name(string type)
    {
        string[] all = [.. Members(type), .. Catalogue.Aliases(type).Select(a => a.Alias)];

        Assert.Equal(all.Length, all.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(Catalogue.Aliases(type), a => Assert.Equal(a.Name, SimilarNames.Find(a.Alias, type, Members(type), Catalogue.Aliases(type))));
    }

    [Theory]
    [InlineData("[Network(2)] [Dense(1, Activation.Missing)] partial class Net { }")]
    [InlineData("[Network(2)] [Dense(1, Activation.)] partial class Net { }")]
    [InlineData("enum Loss { A } [Network(2, Loss = Loss.MSE)] [Dense(1)] partial class Net { }")]
    [InlineData("class Sizes { public const int Relu = 2; } [Network(Sizes.ReLU)] [Dense(1)] partial class Net { }")]
    public void Nothing_is_said_of_what_is_like_no_member(string declaration) =>
        Assert.Empty(CompileHelper.Run("using NetGen; " + declaration, RunOptions.Default with { Framework = ConsumerFramework.NetStandard20 }).AnalyzerDiagnostics);

    [Fact]
    public async Task The_fix_writes_it()
    {
        const string Before = "using NetGen; [Network(2, Loss = Loss.MSE, Optimizer = /* a */ Optimizer.ADAM)] [Dense(1, Activation.ReLU)] partial class Net { }";
        const string After = "using NetGen; [Network(2, Loss = Loss.MeanSquaredError, Optimizer = /* a */ Optimizer.Adam)] [Dense(1, Activation.Relu)] partial class Net { }";
        using var workspace = new AdhocWorkspace();
        Document document = workspace.AddProject("Consumer", LanguageNames.CSharp)
            .WithParseOptions(RunOptions.Default.ParseOptions)
            .AddMetadataReferences(ConsumerReferences.Of(ConsumerFramework.Net10))
            .AddDocument("A.cs", Before);
        Compilation? compilation = await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken);
        Diagnostic[] mistakes = [.. CompileHelper.Analyze(compilation!)];
        Assert.Equal(["NG0032", "NG0032", "NG0032"], mistakes.Select(d => d.Id));

        // One by one, the last first, so that places stay.
        foreach (Diagnostic mistake in mistakes.Reverse())
        {
            var actions = new List<CodeAction>();
            await new UseMemberFix().RegisterCodeFixesAsync(new CodeFixContext(document, mistake, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
            var operations = await Assert.Single(actions).GetOperationsAsync(TestContext.Current.CancellationToken);
            document = Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution.GetDocument(document.Id)!;
        }

        Assert.Equal(After, (await document.GetTextAsync(TestContext.Current.CancellationToken)).ToString());
    }

    private static string[] Members(string type) => type switch
    {
        "Activation" => Enum.GetNames<Activation>(),
        "Loss" => Enum.GetNames<Loss>(),
        "Optimizer" => Enum.GetNames<Optimizer>(),
        _ => Enum.GetNames<Initializer>(),
    };
}
