using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests;

/// <summary>The cache boundary: what crosses it compares by value and holds on to nothing of the compiler's.</summary>
public class ModelTests
{
    private const string Source = """
        using NetGen;
        namespace A { partial class B { [Network(2)] [Dense(3, Activation.Relu)] [Dense(1)] partial class Net<T> { } } }
        [Network(2)] partial class Broken { }
        [OnnxNetwork("policy.onnx")] partial class Policy { }
        """;

    public static TheoryData<Type> Roots { get; } =
        [typeof(DeclaredNetwork), typeof(CompiledNetwork), typeof(ModelFile), typeof(ConsumerModel), typeof(NamedNetwork), typeof(GeneratedFile), typeof(HintedFile)];

    [Theory]
    [MemberData(nameof(Roots))]
    public void Holds_values_alone(Type root)
    {
        var seen = new HashSet<Type>();
        Check(root, root.Name);
        Assert.NotEmpty(seen);

        void Check(Type declared, string path)
        {
            // A value that may be missing is a value.
            Type type = Nullable.GetUnderlyingType(declared) ?? declared;
            if (type.IsPrimitive || type == typeof(string) || !seen.Add(type))
            {
                return;
            }

            if (type.IsEnum)
            {
                Assert.True(type.Assembly == typeof(NetworkModel).Assembly, $"{path}: {type} is an enum of another assembly");
            }
            else if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>))
            {
                Check(type.GetGenericArguments()[0], path + "[]");
            }
            else
            {
                bool isRecord = type.GetMethod("<Clone>$") is not null && type.Assembly == typeof(NetworkModel).Assembly;
                Assert.True(isRecord, $"{path}: {type} is neither a value, an EquatableArray nor a record");
                foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                {
                    Check(field.FieldType, $"{path}.{field.Name}");
                }

                foreach (Type derived in type.Assembly.GetTypes().Where(t => t.BaseType == type))
                {
                    Check(derived, path + " as " + derived.Name);
                }
            }
        }
    }

    [Fact]
    public void Nothing_of_the_compilers_is_reachable_from_a_step()
    {
        GeneratorRun run = CompileHelper.Run(Source, RunOptions.Default with { Files = ModelFiles.All });
        foreach (string step in TrackingNames.All)
        {
            Assert.NotEmpty(Steps.Values(run, step));
            Assert.All(Steps.Values(run, step), value => Assert.Null(ObjectGraph.FindCompilerObject(value)));
        }
    }

    [Fact]
    public void The_walk_finds_a_compilation_however_deep()
    {
        CSharpCompilation compilation = CompileHelper.CreateCompilation([("A.cs", Source)], RunOptions.Default);

        Assert.NotNull(ObjectGraph.FindCompilerObject(new[] { Tuple.Create<object>(new List<object> { compilation }) }));
        Assert.NotNull(ObjectGraph.FindCompilerObject(Tuple.Create(compilation.GlobalNamespace)));
        Assert.NotNull(ObjectGraph.FindCompilerObject(Tuple.Create(Location.None)));
    }

    [Fact]
    public void No_old_compilation_is_kept_alive()
    {
        (GeneratorDriver driver, WeakReference old) = RunTwice();
        for (int i = 0; i < 10 && old.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(old.IsAlive);
        GC.KeepAlive(driver);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (GeneratorDriver Driver, WeakReference Old) RunTwice()
    {
        RunOptions options = RunOptions.Default;
        CSharpCompilation first = CompileHelper.CreateCompilation([("A.cs", Source)], options);

        // Tracked steps would keep their inputs; the compiler does not track.
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new NetGenGenerator().AsSourceGenerator()], parseOptions: options.ParseOptions);
        driver = driver.RunGenerators(first);
        CSharpCompilation second = CompileHelper.CreateCompilation([("A.cs", Source + "\n")], options);
        return (driver.RunGenerators(second), new WeakReference(first));
    }
}
