using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Unity.Tests;

/// <summary>The package's contents, in the hands of Unity's compiler.</summary>
public sealed class CompilationTests(UnityPackage package) : IDisposable
{
    private static readonly string[] Predicting = ["Forward", "ForwardBatch", "Save", "Load", "ExportOnnx", "Share"];
    private static readonly string[] Training = ["Backward", "BackwardFrom", "SgdStep", "Step", "TrainStep", "TrainBatch", "Evaluate"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netgen-unity-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_compiler_of_these_tests_is_that_of_Unity()
    {
        Assembly compiler = typeof(CSharpCompilation).Assembly;

        Assert.Equal(new Version(4, 3, 0, 0), compiler.GetName().Version);
        Assert.StartsWith("4.3.1-", compiler.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NullableContextOptions.Disable)]
    [InlineData(NullableContextOptions.Enable)]
    public void Networks_compile_without_a_warning(NullableContextOptions nullable)
    {
        UnityBuild build = new UnityCompiler(package) { Nullable = nullable, Files = [Model("policy.NetGen.Generator.additionalfile")] }
            .Compile(Scripts.Networks, Scripts.Policies, Scripts.Lesson);

        Assert.Empty(build.Problems);
        foreach (string network in new[] { "Xor", "XorEverywhere", "Wide", "PolicyEverywhere", "Limited" })
        {
            Assert.All([.. Predicting, .. Training], method => Assert.True(build.Has("Game." + network, method), $"{network} has no {method}."));
        }

        foreach (string network in new[] { "Predictor", "PredictorEverywhere", "Policy" })
        {
            Assert.All(Predicting, method => Assert.True(build.Has("Game." + network, method), $"{network} has no {method}."));
            Assert.All(Training.Except(["Evaluate"]), method => Assert.False(build.Has("Game." + network, method), $"{network} has {method}."));
        }
    }

    [Fact]
    public void A_file_that_a_response_file_lists_keeps_its_name()
    {
        UnityBuild build = new UnityCompiler(package) { Files = [Model("policy.onnx")] }.Compile(Scripts.Policies);

        Assert.Empty(build.Problems);
        Assert.True(build.Has("Game.Policy", "Forward"));
    }

    [Fact]
    public void A_file_that_is_missing_is_to_be_called_what_Unity_hands_out()
    {
        UnityBuild build = new UnityCompiler(package).Compile(Scripts.Policies);

        Assert.Equal(2, build.Problems.Length);
        Assert.All(build.Problems, problem => Assert.Contains(
            "error NG0025: There is no file to compile 'policy.onnx' from: the project has none that ends with .onnx; call it policy.NetGen.Generator.additionalfile and put it into Assets",
            problem,
            StringComparison.Ordinal));
    }

    [Fact]
    public void Other_assemblies_of_a_project_are_left_alone()
    {
        // Unity runs the compiler for all of them, those of other packages included.
        UnityBuild build = new UnityCompiler(package) { RefersToLibrary = false }.Compile("public class Other { }");

        Assert.Empty(build.Problems);
        Assert.Empty(build.Generated);
    }

    [Fact]
    public void The_sample_compiles()
    {
        UnityBuild build = new UnityCompiler(package).Compile(Scripts.Engine, package.Read("Samples~/Xor/XorLesson.cs"));

        Assert.Empty(build.Problems);
        Assert.True(build.Has("XorSample.XorNetwork", "TrainBatch"));
    }

    [Fact]
    public void What_was_compiled_learns()
    {
        UnityBuild build = new UnityCompiler(package).Compile(Scripts.Networks, Scripts.Lesson);
        string path = Path.Combine(_folder.FullName, "Assembly-CSharp.dll");
        build.Write(path);
        Assembly game = new PackageLoader(package.Library).LoadFromPath(path);
        Type lesson = game.GetType("Game.Lesson", throwOnError: true)!;

        foreach (string learn in new[] { "LearnHere", "LearnEverywhere" })
        {
            var outputs = (float[])lesson.GetMethod(learn)!.Invoke(null, null)!;
            Assert.Equal([0, 1, 1, 0], outputs.Select(output => MathF.Round(output)));
            Assert.All(outputs, output => Assert.True(Math.Abs(output - MathF.Round(output)) < 0.1f, $"{learn}: {string.Join(", ", outputs)}"));
        }

        // It ran on the package's library and on no other.
        Type library = game.GetType("Game.Xor")!.GetInterface("NetGen.INetwork")!;
        Assert.Equal(package.Library, library.Assembly.Location);
    }

    [Fact]
    public void The_sample_prints_what_it_learned()
    {
        UnityBuild build = new UnityCompiler(package).Compile(Scripts.Engine, package.Read("Samples~/Xor/XorLesson.cs"));
        string path = Path.Combine(_folder.FullName, "Sample.dll");
        build.Write(path);
        Assembly sample = new PackageLoader(package.Library).LoadFromPath(path);
        Type lesson = sample.GetType("XorSample.XorLesson", throwOnError: true)!;

        lesson.GetMethod("Start", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(Activator.CreateInstance(lesson), null);

        var lines = (List<string>)sample.GetType("UnityEngine.Debug")!.GetProperty("Lines")!.GetValue(null)!;
        Assert.Equal(["0 xor 0 = 0.0", "0 xor 1 = 1.0", "1 xor 0 = 1.0", "1 xor 1 = 0.0"], lines.Take(4).Select(Rounded));
        Assert.Contains(" epochs, best loss ", lines[4], StringComparison.Ordinal);
    }

    private static string Rounded(string line) => $"{line[..^5]}{float.Parse(line[^5..], System.Globalization.CultureInfo.InvariantCulture):F1}";

    private string Model(string name)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.Copy(Path.Combine(BuildInfo.Get("Onnx"), "mlp_relu_9.onnx"), path);
        return path;
    }
}
