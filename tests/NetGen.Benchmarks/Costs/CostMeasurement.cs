using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Benchmarks.Generation;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Peers;
using NetGen.Generator;
using CompiledNetwork = NetGen.Benchmarks.Generation.CompiledNetwork;

namespace NetGen.Benchmarks.Costs;

/// <summary>Compiles a network by each alternative of a number, and measures the programs in turn.</summary>
internal static class CostMeasurement
{
    // Predictions are compared after so many calls of each operation.
    private const int CheckedCalls = 2;

    public static IReadOnlyList<CostCurve> Measure(CostNumber number, int rounds)
    {
        // Operations of one network share its programs.
        Subject[] subjects = [.. number.Cases.GroupBy(c => (c.Shape.Name, c.Style, c.Rows)).Select(cases => Compile(number, [.. cases]))];
        Jit.Settle(() =>
        {
            foreach (Subject subject in subjects)
            {
                foreach (CostCase measured in subject.Cases)
                {
                    Array.ForEach(subject.Programs, program => program.Touch(measured.Operation));
                }
            }
        });

        var curves = new List<CostCurve>();
        foreach (Subject subject in subjects)
        {
            Array.ForEach(subject.Programs, program => program.Reset());
            Agreement.Check(subject.Problem, [.. subject.Programs.Select((program, i) => ($"{number.Name}, program {i}", (IPeerNetwork)program))], CheckedCalls);
            foreach (CostCase measured in subject.Cases)
            {
                double[] seconds = Interleaved.MeasureQuartiles([.. subject.Programs.Select(program => program[measured.Operation])], rounds);
                curves.Add(new CostCurve(measured, [.. subject.ProgramOf.Select(program => seconds[program])], seconds.Length));
            }
        }

        return curves;
    }

    private static Subject Compile(CostNumber number, CostCase[] cases)
    {
        NetworkShape shape = cases[0].Shape;
        var programs = new List<(SyntaxTree[] Trees, CompiledNetwork Network)>();
        var programOf = new List<int>();
        foreach (Alternative alternative in number.Alternatives)
        {
            NetworkStyle style = cases[0].Style;
            style = style with { Options = style.Options + alternative.Options };
            CSharpCompilation declared = NetworkCompilation.Create([NetworkSource.WithLoops(shape, style)]);
            SyntaxTree[] trees = Generate(declared, shape, alternative.Costs);
            int same = number.IsControl ? -1 : programs.FindIndex(program => AreSame(program.Trees, trees));
            programOf.Add(same >= 0 ? same : programs.Count);
            if (same < 0)
            {
                programs.Add((trees, CompiledNetwork.Of(shape, NetworkCompilation.Load(declared.AddSyntaxTrees(trees)))));
            }
        }

        var problem = new Problem(programs[0].Network, cases[0].Rows);
        return new Subject(cases, problem, [.. programs.Select(program => new NetGenNetwork(problem, program.Network))], programOf);
    }

    // The generator, by other numbers than its own.
    private static SyntaxTree[] Generate(CSharpCompilation declared, NetworkShape shape, CostModel costs)
    {
        INamedTypeSymbol type = declared.GetTypeByMetadataName(NetworkSource.ClassName(shape))!;
        NetworkModel model = NetworkParser.Parse(type, declared, options: null, new StageTracker(CancellationToken.None)).Model
            ?? throw new InvalidOperationException($"{shape} is declared wrongly.");
        return [.. NetworkCompiler.Compile(model, ConsumerParser.Parse(declared), costs, new StageTracker(CancellationToken.None)).Select(file => NetworkCompilation.Parse(file.Text))];
    }

    // But for comments, which give the numbers as reasons.
    private static bool AreSame(SyntaxTree[] left, SyntaxTree[] right) =>
        left.Length == right.Length && left.Zip(right).All(pair => SyntaxFactory.AreEquivalent(pair.First, pair.Second, topLevel: false));

    private sealed record Subject(CostCase[] Cases, Problem Problem, NetGenNetwork[] Programs, IReadOnlyList<int> ProgramOf);
}
