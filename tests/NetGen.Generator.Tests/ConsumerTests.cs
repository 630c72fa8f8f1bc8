using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests;

public class ConsumerTests
{
    private const string Source = "using NetGen; [Network(2)] [Dense(1)] public partial class Net { public static System.Type Runtime => typeof(DenseAttribute); }";

    [Theory]
    [InlineData(ConsumerFramework.Net10, true)]
    [InlineData(ConsumerFramework.Net8, true)]
    [InlineData(ConsumerFramework.NetStandard20, false)]
    public void Facts_are_those_of_the_consumers_references(ConsumerFramework framework, bool hasMathF)
    {
        GeneratorRun run = CompileHelper.Run(Source, RunOptions.Default with { Framework = framework, LanguageVersion = LanguageVersion.CSharp9 });

        ConsumerModel consumer = Assert.Single(Steps.Values<ConsumerModel>(run, TrackingNames.Consumer))!;
        Assert.Equal(hasMathF, consumer.HasMathF);
        run.MustBeClean();
    }

    [Fact]
    public void A_type_that_is_kept_internal_does_not_count()
    {
        const string Poly = "namespace System { internal static class MathF { static float Sqrt(float x) => x; static float Abs(float x) => x; } }";
        GeneratorRun run = CompileHelper.Run(Source + Poly, RunOptions.Default with { Framework = ConsumerFramework.NetStandard20 });

        Assert.False(Assert.Single(Steps.Values<ConsumerModel>(run, TrackingNames.Consumer))!.HasMathF);
    }

    [Fact]
    public void What_was_compiled_can_be_loaded()
    {
        Assembly assembly = NetworkAssembly.Compile(Source);

        Assert.Equal(typeof(DenseAttribute), assembly.GetType("Net")!.GetProperty("Runtime")!.GetValue(null));
    }

    [Fact]
    public void What_does_not_compile_says_why()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => NetworkAssembly.Compile("[Network(2)] [Dense(0)] public partial class Net { int Missing() => x; }"));

        Assert.Contains("NG0010", error.Message, StringComparison.Ordinal);
        Assert.Contains("CS0103", error.Message, StringComparison.Ordinal);
    }
}
