namespace NetGen.Generator;

/// <param name="HintSuffix">Tells the file from the network's others; may be empty.</param>
/// <param name="Text">C#, with \n line ends.</param>
internal sealed record GeneratedFile(string HintSuffix, string Text);

/// <summary>The whole compiler: model → graph → adjoints → plan → text.</summary>
internal static class NetworkCompiler
{
    /// <summary>Characters of a file after which no further method is begun.</summary>
    private const int LongFile = 100_000;

    private const string Formulas = $"private static partial class {GeneratedMembers.Formulas}";

    public static EquatableArray<GeneratedFile> Compile(NetworkModel model, ConsumerModel consumer, CancellationToken cancellation = default) =>
        Compile(model, consumer, CostModel.Default, new StageTracker(cancellation));

    /// <param name="costs">Other numbers than the default are for those who measure them.</param>
    /// <returns>Nothing where the source of the network is at fault, which the analyzer says.</returns>
    public static EquatableArray<GeneratedFile> Compile(NetworkModel model, ConsumerModel consumer, CostModel costs, StageTracker stages)
    {
        CancellationToken cancellation = stages.Cancellation;
        NetworkGraph network;
        try
        {
            stages.Enter(Stage.Build);
            ForwardGraph forward = model.Source.Build(cancellation);
            stages.Enter(Stage.Differentiate);
            network = model.Differentiate(forward);
        }
        catch (FrontEndException)
        {
            return [];
        }

        stages.Enter(Stage.Plan);
        ClassPlan plan = Planner.Plan(model, network, consumer.Widths(model.Simd, model.Determinism), costs, cancellation);
        stages.Enter(Stage.Emit);
        bool rounds = model.Determinism == DeterminismMode.CrossPlatform;
        var csharp = new CSharpText(consumer, rounds: rounds);
        var files = new List<GeneratedFile>
        {
            Mathematics(plan, csharp, cancellation),
            Contract(plan),
        };

        if (plan.IsTrained || plan.Constants.Count > 0)
        {
            files.Add(Data(plan));
        }

        stages.Enter(Stage.Export);
        files.Add(Export(plan, network));

        stages.Enter(Stage.Emit);
        string[] functions = [.. plan.Functions.OrderBy(name => name, StringComparer.Ordinal)];
        if (functions.Length > 0)
        {
            files.Add(Elementary(plan, functions, csharp));
        }

        if (plan.Vectors is { } vectors)
        {
            files.Add(Support(plan, functions, consumer));
            files.AddRange(vectors.Bodies.Where(body => body.Lanes > 1).SelectMany(body => Width(plan, body, new VectorText(consumer, rounds), cancellation)));
        }

        return files.ToEquatableArray();
    }

    private static GeneratedFile Support(ClassPlan plan, string[] functions, ConsumerModel consumer)
    {
        CodeWriter writer = Begin();
        writer.Line("// What the code for all lengths of vectors shares.");
        VectorSupportWriter.WriteAliases(plan, writer);
        Class(plan, "", writer, () =>
        {
            using (writer.Braces(Formulas))
            {
                new VectorSupportWriter(plan, consumer, writer).Write(functions);
            }
        });
        return new GeneratedFile("Vectors", writer.ToString());
    }

    // Editors are slow with long files: the methods of a deep network fill several.
    private static IEnumerable<GeneratedFile> Width(ClassPlan plan, VectorBody body, VectorText csharp, CancellationToken cancellation)
    {
        int written = 0;
        for (int number = 1; written < body.Methods.Count; number++)
        {
            CodeWriter writer = Begin();
            writer.Line($"// The mathematics with vectors of up to {Literal.Of(body.Lanes)} floats.");
            VectorSupportWriter.WriteAliases(plan, writer);
            Class(plan, "", writer, () =>
            {
                using (writer.Braces(Formulas))
                {
                    written += new VectorMethodsWriter(body, csharp, writer).Write(written, LongFile, cancellation);
                }
            });
            yield return new GeneratedFile(number == 1 ? body.Name : $"{body.Name}-{Literal.Of(number)}", writer.ToString());
        }
    }

    private static GeneratedFile Mathematics(ClassPlan plan, CSharpText csharp, CancellationToken cancellation)
    {
        CodeWriter writer = Begin();
        new HeaderWriter(plan, writer).Write();
        Class(plan, $" : {ContractWriter.Interface(plan)}", writer, () =>
        {
            writer.Generated();
            using (writer.Braces(Formulas))
            {
                new MethodsWriter(plan, csharp, writer).Write(cancellation);
            }
        });
        return new GeneratedFile("", writer.ToString());
    }

    private static GeneratedFile Contract(ClassPlan plan)
    {
        CodeWriter writer = Begin();
        writer.Line("// The public members. They check their arguments; the mathematics is in the file without a suffix.");
        writer.Line("#pragma warning disable CS3001 // a seed is a ulong, which assemblies that are CLS-compliant are warned of");
        Class(plan, "", writer, () => ContractWriter.Write(plan, writer), isPublic: true);
        return new GeneratedFile("Contract", writer.ToString());
    }

    private static GeneratedFile Export(ClassPlan plan, NetworkGraph network)
    {
        CodeWriter writer = Begin();
        writer.Line("// The network as an ONNX file.");
        Class(plan, "", writer, () => ExportWriter.Write(plan, network, writer), isPublic: true);
        return new GeneratedFile("Onnx", writer.ToString());
    }

    private static GeneratedFile Data(ClassPlan plan)
    {
        CodeWriter writer = Begin();
        writer.Line("// The numbers of the file that the network was compiled from.");
        Class(plan, "", writer, () => new StaticDataWriter(plan, writer).WriteData());
        return new GeneratedFile("Data", writer.ToString());
    }

    private static GeneratedFile Elementary(ClassPlan plan, string[] functions, CSharpText csharp)
    {
        CodeWriter writer = Begin();
        writer.Line("// The elementary functions, as plain arithmetic.");
        Class(plan, "", writer, () =>
        {
            using (writer.Braces(Formulas))
            {
                FunctionsWriter.Write(functions, plan.Model.MathMode, csharp, writer);
            }
        });
        return new GeneratedFile("Functions", writer.ToString());
    }

    private static CodeWriter Begin()
    {
        var writer = new CodeWriter();
        writer.Line("// <auto-generated/>");
        return writer;
    }

    /// <param name="isPublic">
    /// Its signatures are the user's: their references are marked as never null. Elsewhere the compiler would search for
    /// nulls in vain, for a quarter of its time.
    /// </param>
    private static void Class(ClassPlan plan, string bases, CodeWriter writer, Action writeMembers, bool isPublic = false)
    {
        writer.Line(isPublic ? "#nullable enable" : "#nullable disable");
        writer.Line();
        PartialClass.Write(plan.Model.Type, bases, writer, writeMembers);
    }
}
