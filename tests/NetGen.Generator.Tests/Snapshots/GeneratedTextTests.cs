using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator.Tests.Snapshots;

/// <summary>What users step into, word for word. A change of the emitter shows here as a diff to be read.</summary>
public partial class GeneratedTextTests
{
    private const string Mathematics = "";
    private const string Contract = "-Contract";
    private const string Functions = "-Functions";

    // Several inputs and outputs, and numbers that are never learned.
    private const string FromFile = """
        [OnnxNetwork("pilot.onnx", Training = true, Simd = Simd.None)]
        public partial class Net { }
        """;

    // The catalogue's rows follow from the enums, and the enums from the rows: a new row asks for a new snapshot.
    public static TheoryData<Activation> Activations => [.. Enum.GetValues<Activation>()];

    public static TheoryData<Loss> Losses => [.. Enum.GetValues<Loss>()];

    public static TheoryData<Optimizer> Optimizers => [.. Enum.GetValues<Optimizer>()];

    /// <summary>The networks of the samples, whole.</summary>
    [Fact]
    public void Xor() => Snapshot.Verify(Generate("""
        [Network(2)]
        [Dense(8, Activation.Tanh)]
        [Dense(1, Activation.Sigmoid)]
        internal partial class Net { }
        """, Mathematics, Contract, Functions));

    [Fact]
    public void Digits() => Snapshot.Verify(Generate("""
        [Network(64, Loss = Loss.CategoricalCrossEntropy, Optimizer = Optimizer.Adam)]
        [Dense(32, Activation.Relu)]
        [Dense(10, Activation.Softmax)]
        public partial class Net { }
        """, Mathematics, Contract, Functions));

    [Theory]
    [MemberData(nameof(Activations))]
    public void Of_activation(Activation activation) => Snapshot.Verify(
        Generate($$"""
            [Network(2, Simd = Simd.None)]
            [Dense(2, Activation.{{activation}})]
            [Dense(2)]
            public partial class Net { }
            """, Mathematics, Functions),
        hint: activation.ToString());

    [Theory]
    [MemberData(nameof(Losses))]
    public void Of_loss(Loss loss) => Snapshot.Verify(
        Members(Generate($$"""
            [Network(2, Loss = Loss.{{loss}}, Simd = Simd.None)]
            [Dense(3, Activation.{{Before(loss)}})]
            public partial class Net { }
            """, Mathematics), "LossGradient"),
        hint: loss.ToString());

    /// <summary>Not fused with an activation.</summary>
    [Theory]
    [InlineData(Loss.BinaryCrossEntropy)]
    [InlineData(Loss.CategoricalCrossEntropy)]
    public void Of_loss_of_probabilities(Loss loss) => Snapshot.Verify(
        Members(Generate($$"""
            [Network(2, Loss = Loss.{{loss}}, Simd = Simd.None)]
            [Dense(3, Activation.HardSigmoid)]
            public partial class Net { }
            """, Mathematics), "LossGradient"),
        hint: loss.ToString());

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Of_optimizer(Optimizer optimizer) => Snapshot.Verify(
        Members(Generate($$"""
            [Network(2, Optimizer = Optimizer.{{optimizer}}, Simd = Simd.None)]
            [Dense(1)]
            public partial class Net { }
            """, Contract), "_optimizer", "Initialize", "Step"),
        hint: optimizer.ToString());

    [Fact]
    public void Of_numbers_that_are_declared() => Snapshot.Verify(Members(
        Generate("""
            [Network(2, Loss = Loss.Huber, Delta = 2, Optimizer = Optimizer.RmsProp, Beta2 = 0.9f, Momentum = 0.5f, WeightDecay = 0.01f, ClipNorm = 5, ClipValue = 0.5f, Simd = Simd.None)]
            [Dense(3, Activation.Elu, Alpha = 0.3f)]
            [Dense(1)]
            public partial class Net { }
            """, Mathematics, Contract), "_optimizer", "SgdUpdate", "Update", "LossGradient", "Forward", "Step", "TrainBatch"));

    [Fact]
    public void Of_a_wide_network() => Snapshot.Verify(Generate("""
        [Network(784, Loss = Loss.CategoricalCrossEntropy, Simd = Simd.None)]
        [Dense(256, Activation.Gelu)]
        [Dense(128, Activation.Gelu)]
        [Dense(10, Activation.Softmax)]
        public partial class Net { }
        """, Mathematics));

    [Fact]
    public void Of_a_network_that_only_predicts() => Snapshot.Verify(Generate("""
        [Network(2, Training = false)]
        [Dense(2, Activation.Relu, Bias = false, Initializer = Initializer.XavierNormal)]
        [Dense(1)]
        public partial class Net { }
        """, Mathematics, Contract));

    [Fact]
    public void Of_a_network_for_all_platforms() => Snapshot.Verify(Generate("""
        [Network(2, Training = false, Determinism = Determinism.CrossPlatform)]
        [Dense(3, Activation.Tanh)]
        [Dense(1)]
        public partial class Net { }
        """, Mathematics, Contract));

    [Fact]
    public void Of_a_method_that_is_cut() => Snapshot.Verify(Outline(Generate("""
        [Network(24, Unroll = Unroll.Full, Simd = Simd.None)]
        [Dense(30, Activation.Relu)]
        [Dense(30, Activation.Relu)]
        [Dense(30, Activation.Relu)]
        [Dense(2)]
        public partial class Net { }
        """, Mathematics)));

    [Fact]
    public void Of_a_nested_class_in_a_namespace() => Snapshot.Verify(Generate("""
        namespace Games.@event
        {
            public partial struct Level
            {
                private partial record Enemy<T>
                {
                }

                internal partial class Ally
                {
                    [Network(1)]
                    [Dense(1)]
                    private protected sealed partial class Net { }
                }
            }
        }
        """, Mathematics, Contract));

    [Fact]
    public void Of_a_file() => Snapshot.Verify(Generate(FromFile, Mathematics));

    [Fact]
    public void Of_the_members_of_a_file() => Snapshot.Verify(Members(Generate(FromFile, Contract), "_", "Forward", "LoadParameters", "LoadConstants"));

    // What depends on the row of the catalogue: methods by name and fields by the start of theirs, with their comments.
    private static string Members(string text, params string[] names) => string.Join("\n", CSharpSyntaxTree
        .ParseText(text)
        .GetRoot()
        .DescendantNodes()
        .OfType<MemberDeclarationSyntax>()
        .Where(member => member switch
        {
            MethodDeclarationSyntax method => names.Contains(method.Identifier.Text),
            FieldDeclarationSyntax { Declaration: var field } => names.Any(name => field.Variables[0].Identifier.Text.StartsWith(name, StringComparison.Ordinal)),
            _ => false,
        })
        .Select(member => member.ToFullString().TrimStart('\n')));

    // The head, the methods and what each computes.
    private static string Outline(string text) => string.Concat(text
        .Split('\n')
        .Where(line => !line.StartsWith("            ", StringComparison.Ordinal) || line.StartsWith("            //", StringComparison.Ordinal))
        .Select(line => line + "\n"));

    private static string Before(Loss loss) => loss switch
    {
        Loss.BinaryCrossEntropy => nameof(Activation.Sigmoid),
        Loss.CategoricalCrossEntropy => nameof(Activation.Softmax),
        _ => nameof(Activation.Linear),
    };

    private static string Generate(string source, params string[] suffixes)
    {
        // Some of the networks would train badly, which is not what these tests are about.
        GeneratorRun run = CompileHelper.Run($"#pragma warning disable NG0015, NG0016, NG0017, NG0018, NG0034, NG0035\nusing NetGen;\n\n{source}\n", RunOptions.Default with { Files = ModelFiles.All }).MustBeClean();
        IEnumerable<string> files = suffixes
            .Select(suffix => run.Sources.SingleOrDefault(s => s.HintName.EndsWith($"Net{suffix}.g.cs", StringComparison.Ordinal)))
            .OfType<GeneratedText>()
            .Select(file => suffixes.Length == 1 ? file.Text : $"//// {file.HintName}\n{file.Text}");
        return Version().Replace(string.Join("\n", files), "NetGen$1VERSION");
    }

    // A new version changes no snapshot.
    [GeneratedRegex("NetGen( |\", \")[0-9]+\\.[0-9]+\\.[0-9]+")]
    private static partial Regex Version();
}
