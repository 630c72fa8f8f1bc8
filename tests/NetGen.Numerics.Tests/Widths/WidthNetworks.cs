using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator;
using NetGen.Testing;

namespace NetGen.Numerics.Tests.Widths;

/// <summary>
/// Networks whose code asks the test, in place of the processor, how long its vectors are: one compilation holds all
/// widths, and each of them runs on every machine. What a processor lacks, .NET carries out in software.
/// </summary>
internal sealed class WidthNetworks
{
    private const string Processor = """
        public static class Processor
        {
            public static int Lanes;
            public static bool Has512 => Lanes >= 16;
            public static bool Has256 => Lanes >= 8;
            public static bool Has128 => Lanes >= 4;
        }
        """;

    private static readonly BlockSyntax Missing = (BlockSyntax)SyntaxFactory.ParseStatement("{ throw new global::System.NotSupportedException(); }\n");

    private static readonly int[] AllLanes = [16, 8, 4, 0];

    // What a file's constants lie in is decided once: whether the processor has vectors never changes but here.
    private readonly Assembly _ofVectors;
    private readonly Assembly _ofScalars;

    public WidthNetworks(IEnumerable<NetworkSpec> networks, DeterminismMode determinism = DeterminismMode.SameProcessor)
        : this(networks.Select(spec => (spec, (IReadOnlyList<int>)AllLanes)), determinism)
    {
    }

    /// <summary>Of each network the vectors of so many floats alone, which are less to compile; 0 for the scalar form, which is always there.</summary>
    public WidthNetworks(IEnumerable<(NetworkSpec Spec, IReadOnlyList<int> Lanes)> networks, DeterminismMode determinism = DeterminismMode.SameProcessor)
        : this([.. networks.Select(n => (Model(n.Spec) with { Determinism = determinism }, n.Lanes))])
    {
    }

    public WidthNetworks(IReadOnlyList<(NetworkModel Model, IReadOnlyList<int> Lanes)> networks)
    {
        (string Path, string Text)[] files =
        [
            ("Processor.cs", Processor),
            ("Networks.cs", string.Concat(networks.Select(n => $"public partial class {n.Model.Type.FullName} {{ }}\n"))),
            .. networks.SelectMany(n => Compile(n.Model, n.Lanes)),
        ];
        string text = string.Join('\n', files.Select(f => f.Text));
        byte[] image = CompiledImages.GetOrCompile(text, () => CompileHelper.EmitGenerated(files, RunOptions.Default));
        _ofVectors = NetworkAssembly.Load(image);
        _ofScalars = NetworkAssembly.Load(image);
    }

    /// <summary>A network that runs vectors of so many floats until the next is created; 0 for the scalar form.</summary>
    public INetwork Create(string name, int lanes)
    {
        Assembly assembly = lanes == 0 ? _ofScalars : _ofVectors;
        assembly.GetType("Processor")!.GetField("Lanes")!.SetValue(null, lanes);
        return (INetwork)Activator.CreateInstance(assembly.GetType(name, throwOnError: true)!)!;
    }

    private static IEnumerable<(string Path, string Text)> Compile(NetworkModel model, IReadOnlyList<int> lanes)
    {
        var consumer = new ConsumerModel(HasMathF: true, HasVectors: true, HasMultiplyAddEstimate: true);
        string[] unwanted = [.. AllLanes.Where(width => width > 0 && !lanes.Contains(width)).Select(width => $"Vector{width * 32}")];
        IReadOnlyList<GeneratedFile> files = NetworkCompiler.Compile(model, consumer);

        // What the longest vectors leave to the next shorter ones is wanted with them.
        HashSet<string> longest = lanes.Contains(16) ? [.. files.Where(file => file.HintSuffix.StartsWith("Vector512", StringComparison.Ordinal)).SelectMany(file => Methods(Root(file.Text))).Select(m => m.Identifier.Text)] : [];
        bool isLeft(string width, string method) => width == "Vector256" && longest.Count > 0 && !longest.Contains(method);
        return files.Select(file => (
            $"{model.Type.FullName}-{file.HintSuffix}.cs",
            unwanted.FirstOrDefault(width => file.HintSuffix.StartsWith(width, StringComparison.Ordinal)) is { } width ? Hollow(file.Text, method => isLeft(width, method)) : Ask(file)));
    }

    private static string Ask(GeneratedFile file)
    {
        string text = file.Text;
        foreach (int bits in new[] { 512, 256, 128 })
        {
            text = text.Replace(VectorText.Has(bits / 32), $"global::Processor.Has{bits}", StringComparison.Ordinal);
        }

        // All that asks the processor does so in one file, and there for every width.
        Assert.DoesNotContain(".IsHardwareAccelerated", text, StringComparison.Ordinal);
        Assert.DoesNotContain("CompilerServices.Processor", text, StringComparison.Ordinal);
        Assert.All(new[] { 512, 256, 128 }, bits => Assert.Equal(file.HintSuffix == "Vectors", text.Contains($"global::Processor.Has{bits}", StringComparison.Ordinal)));
        return text;
    }

    // The methods of a width that no test runs: what calls them compiles, and they do not take the time of it.
    private static string Hollow(string text, Func<string, bool> isKept)
    {
        SyntaxNode root = Root(text);
        return root.ReplaceNodes(Methods(root).Where(method => !isKept(method.Identifier.Text)), (method, _) => method.WithBody(Missing)).ToFullString();
    }

    private static SyntaxNode Root(string text) => CSharpSyntaxTree.ParseText(text, RunOptions.Default.ParseOptions).GetRoot();

    private static IEnumerable<MethodDeclarationSyntax> Methods(SyntaxNode root) =>
        root.DescendantNodes().OfType<MethodDeclarationSyntax>().Where(method => method.Body is not null);

    private static NetworkModel Model(NetworkSpec spec) => new(
        new TypeModel("", [], new TypeDeclaration("class", spec.Name, [])),
        new LayerChain(spec.Inputs, spec.Layers.Select(l => (LayerModel)new DenseLayer(l.Units, l.Activation, l.Bias, "XavierUniform") { Options = NetworkSpec.Values(l.Options) }).ToEquatableArray()),
        spec.Loss,
        spec.Optimizer,
        Training: true,
        (UnrollMode)spec.Unroll,
        (SimdMode)spec.Simd)
    {
        Options = NetworkSpec.Values(spec.Options),
    };
}
