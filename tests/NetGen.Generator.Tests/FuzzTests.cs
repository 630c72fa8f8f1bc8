using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests;

/// <summary>Half-typed, doubled and nonsensical source: generator and analyzer must take it all without an exception.</summary>
public class FuzzTests
{
    private static readonly int Sources = TestSet.Choose(byDefault: 150, full: 2_000, exhaustive: 20_000);

    // Every so often a consumer that has vectors.
    private const int WithVectors = 20;

    // A source takes milliseconds; what hangs takes for ever. A busy machine may stand still for a while.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string[] Seeds =
    [
        """
        using NetGen;
        namespace A.B
        {
            public static partial class Outer
            {
                partial record struct Middle
                {
                    [Network(4, Loss = Loss.CategoricalCrossEntropy, Optimizer = Optimizer.Adam, Training = true, Unroll = Unroll.Full)]
                    [Dense(8, Activation.Relu, Bias = false, Initializer = Initializer.HeNormal, Name = "fc.1")]
                    [Dense(activation: Activation.Softmax, units: 3)]
                    public sealed partial class Net<T> where T : class { private int x = 1; void Forward(int a) { } }
                }
            }
        }
        """,
        """
        using NetGen;
        [Network(2)] public partial class Net { public float Step { get; } }
        [Dense(8, (Activation)3), Dense(1 + 1)] public partial class Net : System.IDisposable { public void Dispose() { } }
        [Network(2), Dense(3)] file record Local(int Backward);
        [NetGen.NetworkAttribute(inputs: 7), NetGen.Dense(2)] internal partial class @class { void INetwork.Step(float x) { } }
        [Dense(1)] partial interface I { } [Network(1)] enum E { A } [Network(1), Dense(2)] delegate void D();
        """,
    ];

    private static readonly string[] Odd =
    [
        "int.MaxValue", "-2147483648", "99999999999999999999", "0", "-1", "1e308", "null", "default", "\"text\"", "'c'", "\"", "/*", "//",
        "Missing", "Activation.Missing", "(Activation)int.MinValue", "typeof(int)", "new[] { 1 }", "new int[0]", "nameof(Network)",
        "[", "]", "(", ")", "{", "}", "<", ">", ",", ";", "=", ":", "@", "#", "\\u0041", "\0", "\ud800", "[Network]", "[Network()]", "[Dense]",
        "[Dense(1, 2, 3, 4)]", "[Network(1)]", "[Network(1)]", "file", "partial", "static", "struct", "record", "interface", "enum", "namespace",
        "extension(int x)", "class", "class { }", "<Step>", "<T, T>", "#if X\n", "#endif\n", "#pragma warning disable\n", "global::", "dynamic", "unsafe",
        "[assembly: Network(3)]", "[module: Dense(3)]", "[type: Network(2)]", "[return: Dense(2)]", "[Obsolete]", "ref", "params", "async", "await",
    ];

    [Fact]
    public void Nothing_makes_them_throw()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var random = new Random(20260101);
        RunOptions options = RunOptions.Default;
        CSharpCompilation[] empty =
        [
            CompileHelper.CreateCompilation([], options),
            CompileHelper.CreateCompilation([], options with { Framework = ConsumerFramework.NetStandard20 }),
        ];

        // Their references are bound once; the compilations made from them share that.
        Assert.All(empty, e => Assert.NotNull(e.GetTypeByMetadataName(NetworkParser.AttributeName)));
        GeneratorDriver start = CompileHelper.CreateDriver(options);
        int generated = 0;
        int reported = 0;
        for (int i = 0; i < Sources; i++)
        {
            string source = Mutate(Seeds[random.Next(Seeds.Length)], random);
            var clock = Stopwatch.StartNew();
            SyntaxTree tree = CSharpSyntaxTree.ParseText(source, options.ParseOptions, "Fuzz.cs", cancellationToken: cancellation);

            // Vectors make long files, which differ little from source to source.
            CSharpCompilation input = empty[i % WithVectors == 0 ? 0 : 1].AddSyntaxTrees(tree);
            GeneratorDriver driver = start.RunGeneratorsAndUpdateCompilation(input, out Compilation output, out ImmutableArray<Diagnostic> diagnostics, cancellation);
            Assert.True(diagnostics.IsEmpty, $"Source {i}: {string.Join("\n", diagnostics)}\n{source}");

            ImmutableArray<Diagnostic> analysis = CompileHelper.Analyze(output);
            Assert.True(analysis.All(d => d.Id.StartsWith("NG", StringComparison.Ordinal)), $"Source {i}: {string.Join("\n", analysis)}\n{source}");
            Assert.True(clock.Elapsed < Patience, $"Source {i} took {clock.Elapsed}:\n{source}");
            generated += driver.GetRunResult().GeneratedTrees.Length;
            reported += analysis.Length;
        }

        // Too gentle or too harsh a fuzzer would exercise one side alone.
        Assert.InRange(generated, Sources / 20, Sources * 4);
        Assert.InRange(reported, Sources / 4, Sources * 50);
    }

    private static string Mutate(string seed, Random random)
    {
        List<string> tokens = [.. CSharpSyntaxTree.ParseText(seed).GetRoot().DescendantTokens().Select(t => t.ToFullString())];
        for (int count = random.Next(1, 6); count > 0; count--)
        {
            int at = random.Next(tokens.Count);
            switch (random.Next(6))
            {
                case 0:
                    tokens.RemoveAt(at);
                    break;
                case 1:
                    tokens.Insert(at, tokens[at]);
                    break;
                case 2:
                    int other = random.Next(tokens.Count);
                    (tokens[at], tokens[other]) = (tokens[other], tokens[at]);
                    break;
                case 3:
                    tokens[at] = " " + Odd[random.Next(Odd.Length)] + " ";
                    break;
                case 4:
                    tokens.Insert(at, " " + Odd[random.Next(Odd.Length)] + " ");
                    break;
                default:
                    // Rarely, so that most sources keep something to read.
                    tokens = random.Next(4) == 0 ? tokens[..Math.Max(at, 1)] : tokens;
                    break;
            }

            if (tokens.Count == 0)
            {
                break;
            }
        }

        return string.Concat(tokens);
    }
}
