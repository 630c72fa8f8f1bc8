namespace NetGen.Generator.Tests;

/// <summary>Loops and written-out code of one network are the same program.</summary>
public class LoweringTests
{
    // The order of a sum differs: some 40 terms through three layers.
    private const float Tolerance = 2e-5f;

    public static TheoryData<string, string, string> Combinations
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (ActivationRow activation in Activations.All)
            {
                data.Add(activation.Name, activation.Name, "MeanSquaredError");
            }

            foreach (LossRow loss in Losses.All)
            {
                data.Add("Tanh", loss.FusedActivation ?? "Linear", loss.Name);
                data.Add("Softmax", "Sigmoid", loss.Name);
                data.Add("Mish", "Softmax", loss.Name);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Loops_and_written_out_code_compute_the_same(string hidden, string output, string loss)
    {
        foreach (string sizes in (string[])["5-4-3", "1-1-1", "3-40-2", "17-1-18"])
        {
            AssertSame(sizes, hidden, output, loss);
        }
    }

    [Theory]
    [InlineData("31-32-31", "Gelu", "Softmax", "CategoricalCrossEntropy")]
    [InlineData("33-20-33", "Tanh", "Linear", "Huber")]
    [InlineData("40-30-2", "Softmax", "HardSwish", "MeanSquaredError")]
    [InlineData("1-300-2", "Softmax", "HardSwish", "RootMeanSquaredError")]
    public void They_do_when_a_program_is_cut_or_mixed(string sizes, string hidden, string output, string loss)
    {
        ClassPlan plan = Models.Plan(Models.Of(sizes, hidden, output, loss, UnrollMode.Full));
        Assert.True(
            plan.Of(EntryPoints.Descend).Count() > 1 || plan.Methods.SelectMany(m => m.Blocks).Select(b => b.Kernel.IsUnrolled).Distinct().Count() == 2,
            "neither cut nor mixed");
        AssertSame(sizes, hidden, output, loss);
    }

    [Fact]
    public void A_function_that_a_formula_uses_often_is_called_once_for_each_element()
    {
        foreach (UnrollMode unroll in Enum.GetValues<UnrollMode>())
        {
            ClassPlan plan = Models.Plan(Models.Of("4-6", output: "Mish", unroll: unroll));
            PlanInterpreter run = Prepare(plan);

            run.Run(EntryPoints.Forward);
            Assert.Equal(6, run.Calls["Exp"]);
            run.Calls.Clear();
            run["outputGradient"] = new float[6];
            run.Run(EntryPoints.OutputGradient);
            Assert.Equal(6, run.Calls["Exp"]);
        }
    }

    [Fact]
    public void A_softmax_takes_one_exponential_for_each_element()
    {
        foreach (UnrollMode unroll in Enum.GetValues<UnrollMode>())
        {
            PlanInterpreter run = Prepare(Models.Plan(Models.Of("4-7", output: "Softmax", loss: "CategoricalCrossEntropy", unroll: unroll)));

            run.Run(EntryPoints.Forward);

            Assert.Equal(7, run.Calls["Exp"]);
        }
    }

    [Fact]
    public void A_step_at_once_moves_by_the_gradient_that_would_be_stored()
    {
        foreach (UnrollMode unroll in Enum.GetValues<UnrollMode>())
        {
            ClassPlan plan = Models.Plan(Models.Of("5-6-7-4", "Tanh", "HardSwish", "Huber", unroll));
            PlanInterpreter run = Prepare(plan);
            run["t"] = [0.3f, -2, 0.1f, 3];
            run.Run(EntryPoints.Forward);
            run.Run(EntryPoints.LossGradient);
            float[] before = [.. run.Parameters];

            run.Run(EntryPoints.BackPropagate);
            run.Run(EntryPoints.Descend, learningRate: 0.5f);

            // A weight that moved before its last reader would give the layers below another gradient.
            Assert.DoesNotContain(run.Gradients, g => g == 0);
            Assert.All(before.Select((p, i) => p - (0.5f * run.Gradients[i])).Zip(run.Parameters), pair =>
                Assert.Equal(pair.First, pair.Second, 1e-6f));
        }
    }

    private static void AssertSame(string sizes, string hidden, string output, string loss)
    {
        string what = $"{sizes} {hidden} {output} {loss}";
        Dictionary<string, float[]> loops = Results(sizes, hidden, output, loss, UnrollMode.Loops);
        Dictionary<string, float[]> full = Results(sizes, hidden, output, loss, UnrollMode.Full);
        foreach ((string name, float[] expected) in loops)
        {
            Assert.DoesNotContain(expected, float.IsNaN);
            float scale = Math.Max(0.01f, expected.Max(Math.Abs));
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.True(
                    Math.Abs(expected[i] - full[name][i]) <= Tolerance * scale,
                    $"{what}: {name}[{i}] is {expected[i]} in loops and {full[name][i]} written out");
            }
        }
    }

    private static Dictionary<string, float[]> Results(string sizes, string hidden, string output, string loss, UnrollMode unroll)
    {
        NetworkModel model = Models.Of(sizes, hidden, output, loss, unroll);
        ClassPlan plan = Models.Plan(model);
        PlanInterpreter run = Prepare(plan);
        var random = new Random(2);
        run["t"] = Draw(random, plan.OutputCount, 0.1f, 0.9f);
        run["outputGradient"] = Draw(random, plan.OutputCount, -1, 1);
        run["inputGradient"] = new float[plan.InputCount];

        run.Run(EntryPoints.Forward);
        TensorPlan y = plan.Get(plan.Network.Output.Name);
        var results = new Dictionary<string, float[]> { ["y"] = run.Scratch[y.Offset..(y.Offset + plan.OutputCount)] };
        results["L"] = [run.Run(EntryPoints.LossGradient)];
        run.Run(EntryPoints.BackPropagate);
        results["gradient"] = [.. run.Gradients];
        run.Run(EntryPoints.InputGradient);
        results["input gradient"] = [.. run["inputGradient"]];
        run.Run(EntryPoints.OutputGradient);
        run.Run(EntryPoints.BackPropagate);
        results["both gradients"] = [.. run.Gradients];
        run.Run(EntryPoints.InputGradient);
        results["input gradient from output"] = [.. run["inputGradient"]];
        run.Run(EntryPoints.Descend, learningRate: 0.5f);
        results["parameters"] = [.. run.Parameters];
        return results;
    }

    private static PlanInterpreter Prepare(ClassPlan plan)
    {
        var run = new PlanInterpreter(plan);
        var random = new Random(1);
        Draw(random, run.Parameters.Length, -0.5f, 0.5f).CopyTo(run.Parameters, 0);
        TensorPlan x = plan.Get("x");
        Draw(random, x.Shape.Count, -1, 1).CopyTo(run.Scratch, x.Offset);
        return run;
    }

    private static float[] Draw(Random random, int count, float low, float high) =>
        [.. Enumerable.Range(0, count).Select(_ => low + ((high - low) * random.NextSingle()))];
}
