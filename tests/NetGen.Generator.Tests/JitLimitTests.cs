using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests;

/// <summary>Every emitted method stays far from where the just-in-time compiler stops optimising.</summary>
public class JitLimitTests
{
    // Past any of these, RyuJIT compiles a method without optimisation (jit/compiler.h, DEFAULT_MIN_OPTS_*).
    private static readonly EmittedMethod Limits = new("limits", Bytes: 60_000, Instructions: 20_000, Blocks: 2_000, Locals: 2_000, References: 8_000);

    // What is inlined counts as well, only 1,024 locals can be in registers, and the limits are the JIT's to change.
    private static readonly EmittedMethod Allowed = new("allowed", Bytes: 40_000, Instructions: 13_000, Blocks: 1_000, Locals: 1_000, References: 5_000);

    private static readonly Lazy<CSharpCompilation> Networks = new(() => Compile([.. WorstCases(), .. Random(20)], Models.Consumer));

    // What a compiler that does not optimise makes of the same text is longer, but by less than what is allowed keeps free.
    public static TheoryData<OptimizationLevel> Levels => TestSet.IsFull ? [OptimizationLevel.Release, OptimizationLevel.Debug] : [OptimizationLevel.Release];

    [Theory]
    [MemberData(nameof(Levels))]
    public void No_method_is_near_a_limit(OptimizationLevel level)
    {
        IReadOnlyList<EmittedMethod> methods = Emit(Networks.Value, level);

        Hold("bytes", m => m.Bytes);
        Hold("instructions", m => m.Instructions);
        Hold("blocks", m => m.Blocks);
        Hold("locals", m => m.Locals);
        Hold("references", m => m.References);

        void Hold(string what, Func<EmittedMethod, int> count)
        {
            EmittedMethod largest = methods.MaxBy(count)!;
            string text = $"{count(largest)} {what}, allowed {count(Allowed)}, limit {count(Limits)}: {largest}";
            TestContext.Current.TestOutputHelper?.WriteLine(text);
            Assert.True(count(largest) <= count(Allowed) && count(Allowed) < count(Limits), text);

            // Networks that come nowhere near would prove nothing.
            Assert.True(count(largest) > count(Allowed) / 4, text);
        }
    }

    // By default a wide one, a deep one and one that is written out as far as that goes.
    public static TheoryData<string> Chains => TestSet.IsFull
        ? ["2-8-1", "3-4-5", "17-33-65-5", "31-63-31", "63-63-63-63", "129-130-131", "784-256-128-10", "1-250-1", "1000-1-1000", "7-9-11-13-15-17-19-21-23-25-27", "3-15-15-15-15-15-15-15-15-15-15-15-15-15-15-15-15-15-15-15-15-15-15-15-15-15-15-15-15-15-15-2"]
        : ["784-256-128-10", "7-9-11-13-15-17-19-21-23-25-27", "63-63-63-63"];

    // Vectors loop wherever a network is not tiny, so that few of their methods come near.
    [Theory]
    [MemberData(nameof(Chains))]
    public void No_method_with_vectors_is_near_a_limit(string sizes)
    {
        NetworkModel[] both =
        [
            Models.Of(sizes, "Mish", "Softmax", "CategoricalCrossEntropy"),
            Models.Of(sizes, "HardSwish", "HardSigmoid", "Huber", bias: false),
        ];
        NetworkModel[] models = TestSet.IsFull ? both : [both[sizes.Length % 2]];
        IReadOnlyList<EmittedMethod> methods =
        [
            .. Emit(Compile(models, Models.ConsumerWithVectors), OptimizationLevel.Release).Where(m => m.Name.StartsWith("Vector", StringComparison.Ordinal)),
        ];

        Assert.InRange(methods.Count, 3 * 9 * models.Length, int.MaxValue);
        Hold("bytes", m => m.Bytes);
        Hold("instructions", m => m.Instructions);
        Hold("blocks", m => m.Blocks);
        Hold("locals", m => m.Locals);
        Hold("references", m => m.References);

        void Hold(string what, Func<EmittedMethod, int> count)
        {
            EmittedMethod largest = methods.MaxBy(count)!;
            Assert.True(count(largest) <= count(Allowed), $"{count(largest)} {what}, allowed {count(Allowed)}: {largest}");
        }
    }

    [Fact]
    public void The_planner_knows_how_long_methods_become()
    {
        foreach (NetworkModel model in WorstCases())
        {
            Assert.All(Models.Plan(model).Methods, method => Assert.True(
                method.Blocks.Sum(b => b.Kernel.Cost) <= JitBudget.InstructionsPerMethod
                    || method.Blocks.All(b => !b.Kernel.IsUnrolled),
                method.Name));
        }
    }

    [Fact]
    public void What_is_counted_is_what_is_there()
    {
        const string Source = """
            public static class C
            {
                public static int Count(int n, int[] items)
                {
                    int sum = 0;
                    for (int i = 0; i < n; i++)
                    {
                        switch (items[i]) { case 1: sum += 1; break; case 2: sum += 10; break; case 3: sum += 100; break; }
                    }

                    return sum > 5L ? sum : -1;
                }
            }
            """;

        EmittedMethod count = Emit(CompileHelper.CreateCompilation([("C.cs", Source)], RunOptions.Default), OptimizationLevel.Release)
            .Single(m => m.Name == "C.Count");

        // n, items; sum, i, and the switch's value.
        Assert.Equal(5, count.Locals);
        Assert.InRange(count.Blocks, 8, 12);
        Assert.InRange(count.Instructions, 30, 50);
        Assert.InRange(count.References, 14, 22);
        Assert.InRange(count.Bytes, count.Instructions, 3 * count.Instructions);
    }

    private static IEnumerable<NetworkModel> WorstCases()
    {
        // Layers just below and above what Unroll.Full writes out.
        yield return Full("31-32-31-32", "Mish");
        yield return Full("31-32-31-32", "Gelu", "Softmax", "CategoricalCrossEntropy");
        yield return Full("32-32-32", "Gelu");
        yield return Full("16-62-16", "Selu", "Sigmoid", "BinaryCrossEntropy");

        // Few multiply-adds and many elements: long formulas, comparisons and locals.
        foreach (string activation in (string[])["Mish", "HardSigmoid", "HardSwish", "Softsign", "Softmax", "Gelu"])
        {
            yield return Full("1-250-1", activation);
        }

        yield return Full("1-128-1-128", "HardSwish", "HardSigmoid", "Huber");
        yield return Full("1-64-1-64-1-64", "Softplus", "Softmax", "CategoricalCrossEntropy");
        yield return Full("1000-1-1000", "Mish", "HardSwish", "Huber");
        yield return Full("1000-1-1000", "Mish", "Softmax", "CategoricalCrossEntropy");
        yield return Full("1-2000-1", "Softmax", "Sigmoid", "BinaryCrossEntropy");

        // The most that is written out unasked.
        yield return Models.Of("22-22-22", "Mish", "Gelu", "RootMeanSquaredError");
        yield return Models.Of("1-64-1-64-1-64-1-64", "HardSigmoid", "HardSwish", "Huber");
        yield return Models.Of("15-64", output: "Softmax", loss: "CategoricalCrossEntropy");
        yield return Models.Of("784-256-128-10", "Relu", "Softmax", "CategoricalCrossEntropy");
        yield return Models.Of("784-256-128-10", "Gelu", unroll: UnrollMode.Full);
        yield return Models.Of("8-8-8-8-8-8-8", "Mish", unroll: UnrollMode.Loops);

        static NetworkModel Full(string sizes, string hidden, string output = "HardSwish", string loss = "Huber") =>
            Models.Of(sizes, hidden, output, loss, UnrollMode.Full);
    }

    private static IEnumerable<NetworkModel> Random(int count)
    {
        var random = new Random(1);
        for (int i = 0; i < count; i++)
        {
            LossRow loss = Among(Losses.All);
            LayerModel[] layers = [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => Layer(Among(Activations.All).Name))];
            if (loss.NeedsProbability)
            {
                layers[^1] = Layer(loss.FusedActivation!);
            }

            yield return Models.Of(Size(), layers, loss.Name, (UnrollMode)random.Next(3), training: random.Next(5) > 0);
        }

        T Among<T>(EquatableArray<T> rows)
            where T : IEquatable<T> => rows[random.Next(rows.Count)];

        // Narrow layers more often than even chance gives: they are what is written out.
        int Size() => random.Next(2) == 0 ? random.Next(1, 10) : random.Next(10, 71);

        LayerModel Layer(string activation) => new DenseLayer(Size(), activation, random.Next(4) > 0, "XavierUniform");
    }

    private static CSharpCompilation Compile(IReadOnlyList<NetworkModel> models, ConsumerModel consumer) => CompileHelper.CreateCompilation(
        models
            .Select((model, i) => model with { Type = new TypeModel("", [], new TypeDeclaration("class", Name(model, i), [])) })
            .SelectMany(model => NetworkCompiler.Compile(model, consumer)
                .Select(file => ($"{model.Type.FullName}{file.HintSuffix}.cs", file.Text))),
        RunOptions.Default);

    // Says in a failure which network it was.
    private static string Name(NetworkModel model, int i) =>
        $"Net{i}_{((LayerChain)model.Source).Inputs}_{string.Join('_', Models.Layers(model).Select(l => l.Units + l.Activation))}_{model.Loss}_{model.Unroll}";

    private static IReadOnlyList<EmittedMethod> Emit(CSharpCompilation compilation, OptimizationLevel level)
    {
        using var image = new MemoryStream();
        var result = compilation.WithOptions(compilation.Options.WithOptimizationLevel(level)).Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(10)));
        image.Position = 0;
        return EmittedMethod.ReadAll(image);
    }
}
