using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests;

/// <summary>Generated code compiles without a warning whatever the consumer's settings are.</summary>
public class HostileConsumerTests
{
    private const ConsumerFramework Net10 = ConsumerFramework.Net10;
    private const ConsumerFramework Net8 = ConsumerFramework.Net8;
    private const ConsumerFramework NetStandard20 = ConsumerFramework.NetStandard20;

    // Not every product of the settings, but every pair of a framework's or a version's with the others.
    private static readonly (ConsumerFramework Framework, LanguageVersion Version, bool IsChecked, NullableContextOptions Nullable, OptimizationLevel Optimization)[] All =
    [
        (Net10, LanguageVersion.Latest, false, NullableContextOptions.Enable, OptimizationLevel.Release),
        (Net10, LanguageVersion.Preview, true, NullableContextOptions.Disable, OptimizationLevel.Debug),
        (Net10, LanguageVersion.CSharp9, true, NullableContextOptions.Enable, OptimizationLevel.Debug),
        (Net10, LanguageVersion.CSharp9, false, NullableContextOptions.Disable, OptimizationLevel.Release),
        (Net8, LanguageVersion.Latest, true, NullableContextOptions.Enable, OptimizationLevel.Debug),
        (Net8, LanguageVersion.CSharp9, false, NullableContextOptions.Disable, OptimizationLevel.Debug),
        (Net8, LanguageVersion.CSharp9, true, NullableContextOptions.Enable, OptimizationLevel.Release),
        (Net8, LanguageVersion.CSharp12, false, NullableContextOptions.Annotations, OptimizationLevel.Release),
        (NetStandard20, LanguageVersion.CSharp9, true, NullableContextOptions.Disable, OptimizationLevel.Release),
        (NetStandard20, LanguageVersion.CSharp9, false, NullableContextOptions.Enable, OptimizationLevel.Debug),
        (NetStandard20, LanguageVersion.Latest, true, NullableContextOptions.Warnings, OptimizationLevel.Debug),
        (NetStandard20, LanguageVersion.Latest, false, NullableContextOptions.Enable, OptimizationLevel.Release),
    ];

    // In a full run all networks by all settings. By default few that have each setting, of which the last, the oldest, has all
    // networks, and the others share them.
    public static TheoryData<int, int, int> Settings
    {
        get
        {
            (int Setting, int, int)[] full = [.. All.Select((_, i) => (i, 0, 1))];
            int[] few = [.. Covering.Of(full.Select(f => f.Setting), i => [All[i].Framework, All[i].Version, All[i].IsChecked, All[i].Nullable, All[i].Optimization])];
            return new(TestSet.IsFull ? full : [.. few.Select((setting, i) => i == few.Length - 1 ? (setting, 0, 1) : (setting, i, few.Length - 1))]);
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Every_setting_compiles_without_a_warning(int setting, int first, int every)
    {
        (ConsumerFramework framework, LanguageVersion version, bool isChecked, NullableContextOptions nullable, OptimizationLevel optimization) = All[setting];
        TestContext.Current.TestOutputHelper?.WriteLine(All[setting].ToString());
        GeneratorRun run = CompileHelper.Run(NetworkSources.Part(first, every), new RunOptions
        {
            Framework = framework,
            LanguageVersion = version,
            Checked = isChecked,
            Nullable = nullable,
            Optimization = optimization,
        });

        Assert.NotEmpty(run.MustBeClean().Sources);
    }

    [Fact]
    public void The_networks_use_the_whole_catalogue()
    {
        NetworkModel[] networks = [.. Steps.Networks(CompileHelper.Run(NetworkSources.All)).Select(n => n!)];
        DenseLayer[] layers = [.. networks.SelectMany(n => Models.Layers(n)).Cast<DenseLayer>()];

        Assert.Equal(Names(Activations.All.Select(row => row.Name)), Names(layers.Select(l => l.Activation)));
        Assert.Equal(Names(Activations.All.Select(row => row.Name)), Names(networks.Where(n => n.Training).Select(n => Models.Layers(n)[^1].Activation)));
        Assert.Equal(Names(Initializers.All.Select(row => row.Name).Where(name => name != "Auto")), Names(layers.Select(l => l.Initializer)));
        Assert.Equal(Names(Losses.All.Select(row => row.Name)), Names(networks.Where(n => n.Training).Select(n => n.Loss)));
        Assert.Equal(Names(Losses.All.Select(row => row.Name)), Names(networks.Where(n => !n.Training).Select(n => n.Loss)));
        Assert.Equal(Names(Optimizers.All.Select(row => row.Name)), Names(networks.Where(n => n.Training).Select(n => n.Optimizer)));
        Assert.Equal(3, networks.Select(n => n.Unroll).Distinct().Count());
        Assert.Equal(2, layers.Select(l => l.HasBias).Distinct().Count());

        static IEnumerable<string> Names(IEnumerable<string> names) => names.Distinct().Order(StringComparer.Ordinal);
    }
}
