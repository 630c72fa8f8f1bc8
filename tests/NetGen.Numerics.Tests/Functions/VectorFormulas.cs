using NetGen.Generator;
using NetGen.Testing;

namespace NetGen.Numerics.Tests;

/// <summary>
/// The elementary functions and the activations' formulas as they are generated for each length of vectors, by name:
/// <c>Exp</c>, <c>GeluValue</c>, <c>GeluSlope</c>.
/// </summary>
internal static class VectorFormulas
{
    /// <summary>What one call may take: a multiple of every length of vectors.</summary>
    public const int Block = 4096;

    private static readonly Lazy<Type> Probe = new(Compile);

    public delegate void Map(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> result);

    public static IReadOnlyList<int> Lanes { get; } = [4, 8, 16];

    /// <summary>The formula for many elements, which are a multiple of 16; y is what slopes are written over.</summary>
    public static Map Get(string name, int lanes) => Probe.Value.GetMethod($"{name}{lanes}")!.CreateDelegate<Map>();

    /// <summary>A function of one element, in all lanes of a vector; they must agree.</summary>
    public static float One(string name, int lanes, float x)
    {
        Span<float> xs = stackalloc float[16];
        Span<float> results = stackalloc float[16];
        xs.Fill(x);
        Get(name, lanes)(xs, xs, results);
        foreach (float result in results)
        {
            Assert.Equal(results[0], result);
        }

        return results[0];
    }

    // The probe stands where generated code calls the functions from: in the class that has them.
    private static Type Compile()
    {
        var type = new TypeModel("", [], new TypeDeclaration("class", "Net", []));
        var model = new NetworkModel(
            type, new LayerChain(1, [new DenseLayer(1, "Linear", true, "XavierUniform")]), "MeanSquaredError", "Sgd", true, UnrollMode.Auto, SimdMode.Auto);
        var consumer = new ConsumerModel(HasMathF: true, HasVectors: true, HasMultiplyAddEstimate: true);
        ClassPlan plan = Planner.Plan(model, model.Build(), consumer.Widths(SimdMode.Auto, DeterminismMode.SameProcessor), CostModel.Default);
        IEnumerable<(string Path, string Text)> files = NetworkCompiler.Compile(model, consumer)
            .Where(file => file.HintSuffix != "Vectors")
            .Select(file => ($"Net-{file.HintSuffix}.cs", file.Text));
        var functions = new CodeWriter();
        VectorSupportWriter.WriteAliases(plan, functions);
        InFormulas(functions, () => new VectorSupportWriter(plan, consumer, functions).Write([.. Functions.All.Select(f => f.Name)]));
        var probe = new CodeWriter();
        VectorSupportWriter.WriteAliases(plan, probe);
        InFormulas(probe, () => Write(probe, new VectorText(consumer, rounds: false)));
        return NetworkAssembly.CompileGenerated([.. files, ("Functions.cs", functions.ToString()), ("Probe.cs", probe.ToString())])
            .GetType("Net+Formulas+Probe", throwOnError: true)!;
    }

    private static void InFormulas(CodeWriter writer, Action write)
    {
        using CodeWriter.Block net = writer.Braces("partial class Net");
        using CodeWriter.Block formulas = writer.Braces("private static partial class Formulas");
        write();
    }

    private static void Write(CodeWriter writer, VectorText csharp)
    {
        using CodeWriter.Block probe = writer.Braces("public static class Probe");
        foreach (int lanes in Lanes)
        {
            foreach (FunctionRow row in Functions.All)
            {
                Write(row.Name, Expr.Call(row.Name, Expr.X), lanes);
            }

            foreach (ActivationRow row in Activations.All.Where(a => a.OverLayer is null))
            {
                Write(row.Name + "Value", row.Value, lanes);
                Write(row.Name + "Slope", row.Slope, lanes);
            }
        }

        void Write(string name, Expr formula, int lanes)
        {
            string simd = VectorText.Alias(lanes);
            Expr value = MultiplyAdds.Fuse(formula.Apply([new Expr.Local("x"), new Expr.Local("y")]), SumOrder.OfSpeed);
            using CodeWriter.Block method = writer.Braces(
                $"public static void {name}{lanes}(System.ReadOnlySpan<float> xs, System.ReadOnlySpan<float> ys, System.Span<float> results)");
            using CodeWriter.Block loop = writer.Braces($"for (int i = 0; i < results.Length; i += {lanes})");
            writer.Line($"var x = {simd}.Create(xs.Slice(i));");
            writer.Line($"var y = {simd}.Create(ys.Slice(i));");
            writer.Line($"{simd}.CopyTo({csharp.Print(value, lanes)}, results.Slice(i));");
        }
    }
}
