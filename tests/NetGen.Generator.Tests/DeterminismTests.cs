using System.Globalization;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests;

public class DeterminismTests
{
    private static readonly (string Path, string Text)[] Files =
    [
        ("a.cs", "using NetGen; namespace X { [Network(2)] public partial class Net { } }"),
        ("b.cs", "using NetGen; namespace X { [Dense(3, Activation.Selu)] [Dense(1)] public partial class Net { } }"),
        ("c.cs", "using NetGen; namespace X { [Network(5, Simd = Simd.None)] [Dense(3)] public partial class NET { } }"),
        ("d.cs", "using NetGen; namespace Y { [Network(1000, Simd = Simd.Vector128)] [Dense(3, Activation.Gelu)] [Dense(2, Activation.Softmax)] partial class Net { } }"),
        ("e.cs", "using NetGen; [Network(2)] [Dense(2)] partial class Scattered { }"),
        ("f.cs", "using NetGen; [Network(2)] [Dense(1)] partial class Scattered { }"),
        ("g.cs", "using NetGen; [Dense(3)] partial class Scattered { int Step; }"),
        ("h.cs", "using NetGen; [Network(int.MaxValue)] [Dense(0 - 7)] partial class Wrong { int Step; }"),
    ];

    [Fact]
    public void The_order_of_files_does_not_matter()
    {
        (string text, string diagnostics) = Describe(Files);
        Assert.Contains("NG0008", diagnostics, StringComparison.Ordinal);
        var random = new Random(1);
        for (int i = 0; i < TestSet.Choose(byDefault: 4, full: 20, exhaustive: 20); i++)
        {
            (string Path, string Text)[] shuffled = [.. Files];
            random.Shuffle(shuffled);
            Assert.Equal((text, diagnostics), Describe(shuffled));
        }
    }

    [Fact]
    public void The_culture_does_not_matter()
    {
        (string text, string diagnostics) = Describe(Files);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Culture(decimals: ",", groups: ".", minus: "-");
            Assert.Equal((text, diagnostics), Describe(Files));
            CultureInfo.CurrentCulture = Culture(decimals: ",", groups: "\u00a0", minus: "\u2212");
            Assert.Equal((text, diagnostics), Describe(Files));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    // By default the one that differs in all.
    public static TheoryData<string, string, string, string> Cultures => TestSet.IsFull
        ? new() { Persian, { "de-DE", ",", ".", "-" }, { "tr-TR", ",", ".", "-" }, { "sv-SE", ",", "\u00a0", "\u2212" } }
        : new() { Persian };

    private static TheoryDataRow<string, string, string, string> Persian => new("fa-IR", "٫", "٬", "\u200e\u2212");

    [Theory]
    [MemberData(nameof(Cultures))]
    public void The_text_of_the_whole_catalogue_is_the_same_in_each_culture(string name, string decimals, string groups, string minus)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        bool isReal = !(AppContext.TryGetSwitch("System.Globalization.Invariant", out bool isInvariant) && isInvariant);
        CSharpCompilation networks = CompileHelper.CreateCompilation([("Networks.cs", NetworkSources.All)], RunOptions.Default);
        string expected = Generate(CultureInfo.InvariantCulture);
        Assert.Contains("-0.5f", expected, StringComparison.Ordinal);
        Assert.Contains("float Exp(", expected, StringComparison.Ordinal);

        Assert.Equal(expected, Generate(isReal ? new CultureInfo(name) : Culture(decimals, groups, minus)));

        // A generator of its own, so that what it computes once is computed in the culture too.
        string Generate(CultureInfo culture)
        {
            (CultureInfo before, CultureInfo beforeUI) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
            var context = new AssemblyLoadContext(name: null, isCollectible: true);
            try
            {
                (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
                Type type = context.LoadFromAssemblyPath(typeof(NetGenGenerator).Assembly.Location).GetType(typeof(NetGenGenerator).FullName!)!;
                Assert.NotSame(typeof(NetGenGenerator), type);
                GeneratorRunResult result = CSharpGeneratorDriver
                    .Create([((IIncrementalGenerator)Activator.CreateInstance(type)!).AsSourceGenerator()], parseOptions: RunOptions.Default.ParseOptions)
                    .RunGenerators(networks, cancellation)
                    .GetRunResult()
                    .Results[0];
                Assert.Null(result.Exception);
                return string.Concat(result.GeneratedSources.Select(s => $"{s.HintName}\n{s.SourceText}\n"));
            }
            finally
            {
                (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeUI);
                context.Unload();
            }
        }
    }

    [Fact]
    public void Line_ends_are_line_feeds()
    {
        GeneratorRun run = CompileHelper.Run(Files.Select(f => (f.Path, f.Text.Replace("; ", ";\r\n", StringComparison.Ordinal))));

        Assert.NotEmpty(run.Sources);
        Assert.DoesNotContain(run.Sources, s => s.Text.Contains('\r', StringComparison.Ordinal));
        Assert.All(run.Sources, s => Assert.EndsWith("\n", s.Text, StringComparison.Ordinal));
    }

    // Number formats made by hand: the tests run without the machine's culture data too.
    private static CultureInfo Culture(string decimals, string groups, string minus)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = decimals;
        culture.NumberFormat.NumberGroupSeparator = groups;
        culture.NumberFormat.NegativeSign = minus;
        Assert.Equal($"{minus}1{groups}234{decimals}5", (-1234.5).ToString("N1", culture));
        return culture;
    }

    private static (string Text, string Diagnostics) Describe((string Path, string Text)[] files)
    {
        GeneratorRun run = CompileHelper.Run(files);
        Assert.Empty(run.DriverDiagnostics);
        string text = string.Concat(run.Sources.OrderBy(s => s.HintName, StringComparer.Ordinal).Select(s => $"{s.HintName}\n{s.Text}\n"));
        return (text, string.Join("\n", run.AnalyzerDiagnostics.Select(d => d.ToString())));
    }
}
